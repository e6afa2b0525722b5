"""Stripe's own HTTP client, which counts its calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import stripe
from typing_extensions import override

from connects.billing.calls import note_call


class CountedRequests(stripe.RequestsClient):
    """Counts each call, repetitions of the library's own included."""

    @override
    def request(  # type: ignore[override]  # the library's own classes disagree, and this is the nearer
        self, method: str, url: str, headers: Mapping[str, str] | None, post_data: Any = None
    ) -> tuple[bytes, int, Mapping[str, str]]:
        try:
            answer = super().request(method, url, headers, post_data)
        except Exception:
            note_call("stripe", "failed")
            raise
        note_call("stripe", "failed" if answer[1] >= 500 else "answered")
        return answer

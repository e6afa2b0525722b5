"""Telling an account what it was given: one notice for each grant that brought something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from connects.journal.port import Outcome, Posted
from connects.movements.grant_connects import Grant
from connects.vocabulary.events import Event

Cause = Literal["badge", "interview", "promo", "courtesy"]


def grant_notices(
    grants: Sequence[Grant], outcomes: Sequence[Outcome], cause: Cause, about: str = ""
) -> Iterator[Event]:
    """The notices of grants that were just made; none for repeats and for what did not fit at all.

    `about` is what the cause concerns: the job of an interview, the name of a badge, a promo code.
    """
    for grant, outcome in zip(grants, outcomes, strict=True):
        if not isinstance(outcome, Posted) or outcome.repeated or outcome.record is None:
            continue
        entry = outcome.record.entry
        if not entry.credits:
            continue
        yield Event(
            key=f"granted:{grant.party.account}:{grant.reason}",
            account=grant.party.account,
            code="connects-granted",
            parameters={
                "connects": entry.credits,
                "withheld": grant.credits - entry.credits,
                "balance": outcome.wallet.balance,
                "cause": cause,
                "about": about,
            },
        )

"""A process of its own that sends each request of a host's several times at once.

    python -m tests.faults.calling_at_once

Prints, for each request, the statuses that came back, and how many of the answers were replays.
"""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import django

THREADS = 6
PAID = {"reference": "r-1", "cents": 150, "currency": "USD"}
TO_JOB = {"account": "u-7", "max_connects": 50}
HOW = ("not_hiring", "filled", "removed", "expired")
STORY: list[tuple[str, str, Any]] = [
    ("PUT", "accounts/n-1", {"kind": "client", "email": "n-1@test.example"}),
    ("PUT", "grants/small", {"account": "u-7", "credits": 1, "reason": "A race"}),
    ("PUT", "grants/large", {"account": "u-7", "credits": 2_000, "reason": "A race"}),
    ("PUT", "purchases/o-1", {"account": "u-7", "credits": 10, "paid": PAID}),
    ("POST", "purchases/o-1/reverse", None),
    ("PUT", "proposals/paid", {**TO_JOB, "job": "1"}),
    ("PUT", "proposals/held", {**TO_JOB, "job": "2", "hold_seconds": 600}),
    ("POST", "proposals/held/submit", None),
    ("PUT", "proposals/let-go", {**TO_JOB, "job": "3", "hold_seconds": 600}),
    ("POST", "proposals/let-go/withdraw", None),
    ("POST", "proposals/paid/opened", None),
    ("POST", "proposals/paid/offered", None),
    ("POST", "proposals/paid/accepted", None),
    ("POST", "proposals/held/withdraw", None),
    ("PUT", "jobs/1/invitations/u-8", None),
    ("PUT", "agencies/g-1/members/u-8", {"spends_most": 5}),
    ("DELETE", "agencies/g-1/members/u-8", None),
    *(("POST", f"jobs/{number}/end", {"how": how}) for number, how in enumerate(HOW, 2)),
]


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "connects.project.settings"
    django.setup()
    from django.db import connection

    from tests.api.hosts import Host, server_key

    secret = server_key()
    host = Host(secret)
    for name, kind in (("u-7", "freelancer"), ("u-8", "freelancer"), ("g-1", "agency")):
        host.put(f"accounts/{name}", {"kind": kind})
    for number in range(1, 6):
        host.job(str(number))

    def answers(method: str, path: str, body: Any) -> list[Any]:
        together = Barrier(THREADS)

        def call(_: int) -> Any:
            caller = Host(secret)
            together.wait()
            try:
                return getattr(caller, method.lower())(
                    path, *([] if method == "DELETE" else [body or {}])
                )
            finally:
                connection.close()

        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(call, range(THREADS)))

    told = {}
    for method, path, body in STORY:
        came = answers(method, path, body)
        replays = sum(answer.headers.get("Idempotent-Replayed") == "true" for answer in came)
        told[f"{method} {path}"] = [sorted(answer.status_code for answer in came), replays]
    wallet = host.get("accounts/u-7/wallet").json()
    json.dump({"told": told, "balance": wallet["balance"], "debt": wallet["debt"]}, sys.stdout)


if __name__ == "__main__":
    main()

"""Locking what many items are about, before any of them is done in one transaction with the others.

Each item locks its job, then its wallet. Done one after another in one transaction they would lock a
job after a wallet, and could wait in a circle with others; see docs/locking.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from connects.bootstrap.journals import journal
from connects.market.jobs.models import Job
from connects.market.jobs.selectors import jobs_called
from connects.market.people.models import Account
from connects.market.people.selectors import accounts_called
from connects.vocabulary.parties import AccountKind


def lock_in_order(bodies: Iterable[Any]) -> None:
    """Lock the jobs that items name, then the wallets, each by their ids."""
    said = list(bodies)
    jobs = jobs_called(_names(said, "job"))
    accounts = accounts_called([*_names(said, "account"), *_names(said, "agency")])
    pks = [job.pk for job in jobs.values()]
    list(Job.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
    wallets = {row.pk for row in accounts.values() if _has_wallet(row)}
    if wallets:
        journal().lock(sorted(wallets))


def _names(bodies: Iterable[Any], field: str) -> list[str]:
    return sorted({name for body in bodies if (name := getattr(body, field, None)) is not None})


def _has_wallet(account: Account) -> bool:
    return AccountKind(account.kind).holds_wallet

"""Locking what many commands are about, before they are done one after another in one transaction.

Each locks its job, then its wallet. Done one after another in one transaction they would lock a job
after a wallet, and could wait in a circle with others; see docs/locking.md.
"""

from __future__ import annotations

from collections.abc import Iterable

from connects.bootstrap.journals import journal
from connects.market.jobs.models import Job
from connects.market.people.models import Account
from connects.vocabulary.parties import AccountKind


def lock_jobs_then_wallets(jobs: Iterable[Job], accounts: Iterable[Account]) -> None:
    """Lock these jobs, then these accounts' wallets, each by their ids, until the transaction ends."""
    pks = {job.pk for job in jobs}
    list(Job.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
    wallets = {row.pk for row in accounts if AccountKind(row.kind).holds_wallet}
    if wallets:
        journal().lock(sorted(wallets))

"""Who proposes to which jobs, by what a host calls them: for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, QuerySet, Value

from connects.market.by_lists import ByLists, rows_together
from connects.market.external_ids import by_name, called
from connects.market.jobs.models import Job
from connects.market.many_rows import read_row
from connects.market.people.models import Account
from connects.market.proposals.models import HeldProposal


@dataclass(frozen=True, slots=True)
class Called:
    """Accounts and the numbers of jobs by their names, and which names reservations have."""

    accounts: dict[str, Account]
    jobs: dict[str, int]
    reserved: set[str]


def called_together(accounts: Sequence[str], jobs: Sequence[str], names: Sequence[str]) -> Called:
    """What is called so, with two queries in one round trip.

    Of accounts only what a proposal asks for is read.
    """
    rows, named = rows_together(_ACCOUNTS.of(accounts), _NAMES.of(jobs, names))
    people = [read_row(Account, dict(zip(_OF_AN_ACCOUNT, row, strict=True))) for row in rows]
    found = Called(by_name(people, "handle"), {}, set())
    for kind, number, external_id, public_id in named:
        if kind == "held":
            found.reserved.add(external_id or public_id)
        elif external_id is None:
            # A host's own id wins over the name in our address.
            found.jobs.setdefault(public_id, number)
        else:
            found.jobs[external_id] = number
    return found


_OF_AN_ACCOUNT = ("id", "handle", "external_id", "name", "kind", "suspended", "spends_most")
_ACCOUNTS = ByLists(
    lambda names: called(Account.objects.all(), names, "handle").values_list(*_OF_AN_ACCOUNT), str
)


def _names(jobs: list[str], names: list[str]) -> QuerySet[Any, Any]:
    found = called(Job.objects.all(), jobs, "public_id").order_by()
    held = called(HeldProposal.objects.all(), names, "public_id").order_by()
    columns = ("pk", "external_id", "public_id")
    return found.values_list(Value("job", CharField()), *columns).union(
        held.values_list(Value("held", CharField()), *columns), all=True
    )


_NAMES = ByLists(_names, str, str)

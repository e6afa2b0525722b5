"""What the lines of the activity log are about, by the names that people know it by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from connects.market.jobs.models import Job
from connects.market.people.models import Account
from connects.market.trust.models import StaffAct


@dataclass(frozen=True, slots=True)
class NamedAct:
    """A line of the log with the name of what it is about: an account's own, or a job's title."""

    row: StaffAct
    about: str


def with_names(rows: Sequence[StaffAct]) -> tuple[NamedAct, ...]:
    """The lines with the names of what they are about, with two queries for all of them."""
    handles, ids = _named(rows, "account"), _named(rows, "job")
    accounts = Account.objects.filter(handle__in=handles).values_list("handle", "name")
    jobs = Job.objects.filter(public_id__in=ids).values_list("public_id", "title")
    names = {f"account:{handle}": name for handle, name in (accounts if handles else ())}
    names |= {f"job:{public_id}": title for public_id, title in (jobs if ids else ())}
    return tuple(NamedAct(row, names.get(row.subject) or _plain(row.subject)) for row in rows)


def _named(rows: Sequence[StaffAct], kind: str) -> set[str]:
    parts = [row.subject.partition(":") for row in rows]
    return {name for found, _, name in parts if found == kind}


def _plain(subject: str) -> str:
    """`appeal:7` as `appeal 7`, and `list:accounts` by the list's name."""
    return subject.removeprefix("list:").replace(":", " ", 1)

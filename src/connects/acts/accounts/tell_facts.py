"""What a host tells of an account later: its name, country, and record; it overwrites what it told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from connects.market.people.models import Account
from connects.vocabulary.countries import is_country
from connects.vocabulary.names import name_problem
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid


@dataclass(frozen=True, slots=True)
class ToldRecord:
    """What became of a client's posts at the host: how many ended, were left open, led to a hire."""

    posts_ended: int
    left_open: int
    hires: int

    def columns(self) -> dict[str, object]:
        """The same as a row's columns."""
        return {
            "told_posts_ended": self.posts_ended,
            "told_left_open": self.left_open,
            "told_hires": self.hires,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFacts:
    """What a host tells. None is what it does not say, which stays as it is."""

    name: str | None = None
    country: str | None = None
    payment_verified: bool | None = None
    registered: datetime | None = None
    record: ToldRecord | None = None

    def columns(self) -> dict[str, object]:
        """The same as a row's columns."""
        told: dict[str, object] = {
            "name": self.name,
            "country": self.country,
            "payment_verified": self.payment_verified,
            "registered": self.registered,
        }
        if self.record is not None:
            told |= self.record.columns()
        return {name: value for name, value in told.items() if value is not None}


def tell_facts(
    account: Account, facts: AccountFacts, check: Callable[[int], None]
) -> Account | Refused:
    """Bring the account to what the host says; its revision counts what changed.

    `check` is given the present revision under the lock, and raises where another was meant.

    Refused with `invalid` where the name holds what cannot be seen, or there is no such country.
    """
    problem = None if facts.name is None else name_problem(facts.name)
    if problem is not None:
        return invalid(problem, field="name")
    if facts.country and not is_country(facts.country):
        return invalid(Problem.NOT_A_COUNTRY, field="country")
    with transaction.atomic():
        row = Account.objects.select_for_update().get(pk=account.pk)
        check(row.revision)
        columns = facts.columns()
        if all(getattr(row, name) == value for name, value in columns.items()):
            return row
        for name, value in columns.items():
            setattr(row, name, value)
        row.revision += 1
        row.save(update_fields=[*columns, "revision"])
        return row

"""Putting accounts under rule books."""

from __future__ import annotations

from datetime import datetime

from connects.market.members.editions import edition_of
from connects.market.members.models import Enrolment, RuleBookEdition
from connects.market.people.models import Account
from connects.policy.terms import RuleBook


def begin_under(account: Account, book: RuleBook, now: datetime) -> RuleBookEdition:
    """Put a new account under a rule book."""
    edition = edition_of(book, now)
    Enrolment.objects.create(account=account, edition=edition, effective=now)
    return edition

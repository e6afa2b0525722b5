"""Putting accounts under rule books."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from connects.market.members.editions import edition_of, known_book
from connects.market.members.models import Enrolment
from connects.market.people.models import Account
from connects.policy.terms import RuleBook
from connects.vocabulary.refusals import RefusalCode, Refused


def begin_under(account: Account, name: str | None, now: datetime) -> RuleBook | Refused:
    """Put a new account under the rule book of that name, or under the marketplace's own.

    Refused with `rule_book_unknown`.
    """
    book = known_book(name or settings.DEFAULT_RULE_BOOK)
    if book is None:
        return Refused(RefusalCode.RULE_BOOK_UNKNOWN, {"name": name})
    Enrolment.objects.create(account=account, edition=edition_of(book, now), effective=now)
    return book

"""The accounts that a rule book holds for, as cohorts see them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from connects.market.members.models import Enrolment, RuleBookEdition
from connects.market.people.models import Account
from connects.market.plans.models import Subscription
from connects.market.rollout.cohorts import Candidate

CHUNK = 5_000


def accounts_under(edition: RuleBookEdition, now: datetime) -> set[int]:
    """The ids of the accounts that this edition holds for now."""
    rows = Enrolment.objects.filter(effective__lte=now).order_by("effective", "id")
    latest = dict(rows.values_list("account_id", "edition_id").iterator(CHUNK))
    return {account for account, held in latest.items() if held == edition.pk}


def candidates_under(edition: RuleBookEdition, now: datetime) -> Iterator[Candidate]:
    """Those accounts, in the order of their ids, with one query for each kind of fact."""
    under = accounts_under(edition, now)
    plans = dict(Subscription.objects.values_list("account_id", "plan").iterator(CHUNK))
    rows = Account.objects.order_by("id").values_list("id", "handle", "country")
    for account, handle, country in rows.iterator(CHUNK):
        if account in under:
            yield Candidate(account, handle, country, plans.get(account, ""))

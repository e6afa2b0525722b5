"""What a member's last proposals would have cost under other rules, by prices that their jobs have."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from connects.market.jobs.models import JobPrice
from connects.market.members.models import RuleBookEdition
from connects.market.people.models import Account
from connects.market.proposals.models import Proposal

LAST = 60


@dataclass(frozen=True, slots=True)
class PricedAgain:
    """So many proposals, what was paid for them, and what their jobs ask for under the other rules."""

    proposals: int
    paid: int
    price: int


def priced_again(account: Account, edition: RuleBookEdition) -> PricedAgain | None:
    """The account's last paid proposals under other rules than these; None where it has none.

    Only jobs that have a price under these rules are counted, at the revision that was paid for. What is
    taken off for newcomers is not known here, so that the price may be the higher one.
    """
    price = JobPrice.objects.filter(
        job=OuterRef("job"), revision=OuterRef("revision"), digest=edition.digest
    )
    rows = (
        Proposal.objects.filter(account=account, paid__gt=0)
        .exclude(rule_book=f"{edition.name}@{edition.version}")
        .annotate(again=Subquery(price.values("connects")[:1]))
        .order_by("-submitted")
        .values_list("paid", "again")[:LAST]
    )
    priced = [(paid, again) for paid, again in rows if again is not None]
    if not priced:
        return None
    paid, again = (sum(column) for column in zip(*priced, strict=True))
    return PricedAgain(len(priced), paid, again)

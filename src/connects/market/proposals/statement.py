"""A month of an account's proposals: what was spent, what came back, what answers it brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum

from connects.market.people.models import Account
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.vocabulary.amounts import Connects
from connects.vocabulary.moments import add_months


@dataclass(frozen=True, slots=True)
class MonthlyStatement:
    """`month` is its first instant, UTC. `a_hire_cost` is None where nobody hired."""

    month: datetime
    proposals: int
    spent: Connects
    came_back: Connects
    opened: int
    interviews: int
    hires: int

    @property
    def kept(self) -> Connects:
        """What the month's proposals have really cost."""
        return self.spent - self.came_back

    @property
    def a_hire_cost(self) -> Connects | None:
        return -(-self.kept // self.hires) if self.hires else None


def monthly_statement(account: Account, month: datetime) -> MonthlyStatement:
    """The statement of the month that begins at that instant, of proposals sent in it."""
    sent = Proposal.objects.filter(
        account=account, submitted__gte=month, submitted__lt=add_months(month, 1)
    )
    sums = sent.aggregate(
        proposals=Count("id"),
        spent=Sum("paid"),
        came_back=Sum("returned"),
        opened=Count("id", filter=Q(opened__isnull=False)),
        interviews=Count("id", filter=Q(messaged__isnull=False)),
        hires=Count("id", filter=Q(status=ProposalStatus.HIRED)),
    )
    return MonthlyStatement(month, **{name: number or 0 for name, number in sums.items()})

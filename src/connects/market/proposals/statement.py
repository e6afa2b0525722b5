"""What an account's proposals of a span of time cost, what came back, and what they brought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Aggregate, Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from connects.market.people.models import Account
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.vocabulary.amounts import Connects
from connects.vocabulary.moments import add_months

LATELY_MONTHS = 6
"""How far back pages look to say what an account usually does."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The proposals that were sent in a span of time, as they stand now.

    `since` is the span's first instant, UTC. `a_hire_cost` is None where nobody hired.
    """

    since: datetime
    proposals: int
    spent: Connects
    came_back: Connects
    opened: int
    interviews: int
    hires: int

    @property
    def kept(self) -> Connects:
        """What the proposals have really cost."""
        return self.spent - self.came_back

    def covered_by(self, connects: Connects) -> int:
        """About how many proposals so many Connects pay for, at what these cost; 0 if they were free."""
        return connects * self.proposals // self.spent if self.spent else 0

    @property
    def a_hire_cost(self) -> Connects | None:
        return -(-self.kept // self.hires) if self.hires else None


def monthly_statement(account: Account, month: datetime) -> Outcome:
    """The outcome of the month that begins at that instant."""
    rows = _sent(account, month).filter(submitted__lt=add_months(month, 1))
    return outcome_of(month, rows.aggregate(**_SUMS))


def outcomes_by_month(account: Account, now: datetime, months: int) -> tuple[Outcome, ...]:
    """The outcome of each of the last calendar months, this one last, with one query."""
    this = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    each = [add_months(this, number) for number in range(1 - months, 1)]
    rows = _sent(account, each[0]).annotate(month=TruncMonth("submitted", tzinfo=UTC))
    found = rows.values("month").annotate(**_SUMS).order_by().values("month", *_SUMS)
    sums = {row["month"]: row for row in found}
    return tuple(outcome_of(month, sums.get(month, _NOTHING)) for month in each)


def whole_months(
    outcomes: Sequence[Outcome], registered: datetime, most: int
) -> tuple[Outcome, ...]:
    """The latest months that are over and began after the account did: what it does in a month."""
    over = [each for each in outcomes[:-1] if each.since >= registered]
    return tuple(over[-most:])


def added_up(outcomes: Iterable[Outcome]) -> Outcome:
    """Outcomes of spans that follow one another, as one; there is at least one."""
    every = tuple(outcomes)
    return Outcome(
        since=every[0].since,
        **{name: sum(getattr(each, name) for each in every) for name in _NAMES},
    )


def sums_of(which: Q | None = None) -> dict[str, Aggregate]:
    """What a query adds up for `outcome_of`: of all of its proposals, or of some.

    The names are no columns', by which Django takes no sum.
    """

    def counted(more: Q) -> Aggregate:
        return Count("id", filter=more if which is None else which & more)

    return {
        "sum_proposals": Count("id", filter=which),
        "sum_spent": Sum("paid", filter=which),
        "sum_came_back": Sum("returned", filter=which),
        "sum_opened": counted(Q(opened__isnull=False)),
        "sum_interviews": counted(Q(messaged__isnull=False)),
        "sum_hires": counted(Q(status=ProposalStatus.HIRED)),
    }


def outcome_of(since: datetime, sums: Mapping[str, int | None]) -> Outcome:
    """The outcome that a query with `sums_of` found."""
    return Outcome(since, *(sums[name] or 0 for name in _SUMS))


_SUMS = sums_of()
_NOTHING: dict[str, int | None] = dict.fromkeys(_SUMS, 0)
_NAMES = tuple(name.removeprefix("sum_") for name in _SUMS)


def _sent(account: Account, since: datetime) -> QuerySet[Proposal]:
    return Proposal.objects.filter(account=account, submitted__gte=since)

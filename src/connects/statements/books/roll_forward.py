"""The month close: how what is owed to members came from the month's first day to its last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date

from connects.statements.books.chart import (
    CONNECT,
    DEFERRED,
    EXPIRED,
    TRIMMED,
    WALLETS,
    Transaction,
)
from connects.statements.books.period import Period
from connects.vocabulary.amounts import Cents, Connects


@dataclass(frozen=True, slots=True)
class RollForward:
    """An account that stood at `opening`, changed by `changes` (by cause), and stands at `closing`.

    What is owed counts as positive.
    """

    opening: int
    changes: dict[str, int]
    closing: int

    @property
    def adds_up(self) -> bool:
        return self.opening + sum(self.changes.values()) == self.closing


@dataclass(frozen=True, slots=True)
class Close:
    """A month's figures: deferred revenue in cents of `currency`, Connects outstanding, income.

    `breakage` is what was paid for Connects that expired or did not roll over. `income` is by account,
    as it was earned: positive.
    """

    month: date
    currency: str
    deferred: RollForward
    connects: RollForward
    breakage: Cents
    income: dict[str, Cents] = field(default_factory=dict)
    expenses: dict[str, Cents] = field(default_factory=dict)
    promotions: Connects = 0

    def figures(self) -> dict[str, object]:
        """As plain values, to be kept."""
        return {**asdict(self), "month": self.month.isoformat()}


def month_after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def close(month: date, transactions: Iterable[Transaction], currency: str) -> Close:
    """The report of the month that begins on that day."""
    period = Period(month, month_after(month))
    causes: Causes = {}
    for moved in period.moves(transactions):
        _add_causes(causes, moved)
    changes = _changes(period, currency)
    income = {a: -units for a, units in changes.items() if a.startswith("Income:")}
    promoted = _changes(period, CONNECT)
    return Close(
        month=month,
        currency=currency,
        deferred=_rolled(period, (DEFERRED, currency), causes),
        connects=_rolled(period, (WALLETS, CONNECT), causes),
        breakage=income.get(EXPIRED, 0) + income.get(TRIMMED, 0),
        income=income,
        expenses={a: units for a, units in changes.items() if a.startswith("Expenses:")},
        promotions=sum(n for a, n in promoted.items() if a.startswith("Expenses:Promotions:")),
    )


Causes = dict[tuple[str, str], dict[str, int]]


def _add_causes(causes: Causes, moved: Transaction) -> None:
    cause = moved.what.partition(" ")[0]
    for posting in moved.postings:
        by_cause = causes.setdefault((posting.account, posting.commodity), {})
        by_cause[cause] = by_cause.get(cause, 0) - posting.units


def _changes(period: Period, commodity: str) -> dict[str, int]:
    """How far each account moved in the period."""
    return {
        account: units - period.opening.get((account, held_in), 0)
        for (account, held_in), units in sorted(period.closing.items())
        if held_in == commodity
    }


def _rolled(period: Period, place: tuple[str, str], causes: Causes) -> RollForward:
    return RollForward(
        opening=-period.opening.get(place, 0),
        changes=causes.get(place, {}),
        closing=-period.closing.get(place, 0),
    )

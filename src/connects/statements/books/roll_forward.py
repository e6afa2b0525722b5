"""The month close: how what is owed to members came from the month's first day to its last."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from connects.statements.books.chart import (
    CONNECT,
    DEFERRED,
    EXPIRED,
    TRIMMED,
    WALLETS,
    Transaction,
)
from connects.statements.books.period import Balances
from connects.vocabulary.amounts import Cents, Connects


@dataclass(frozen=True, slots=True)
class RollForward:
    """An account that stood at `opening`, changed by `changes` (by cause), and stands at `closing`.

    What is owed counts as positive.
    """

    opening: int
    changes: dict[str, int]
    closing: int


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

    @property
    def name(self) -> str:
        """What the month is called: `2026-10`."""
        return f"{self.month:%Y-%m}"


def from_figures(figures: dict[str, Any]) -> Close:
    """A close that was kept (`Close.figures`)."""
    return Close(
        **{
            **figures,
            "month": date.fromisoformat(figures["month"]),
            "deferred": RollForward(**figures["deferred"]),
            "connects": RollForward(**figures["connects"]),
        }
    )


def month_after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


@dataclass(slots=True)
class Months:
    """What moved in each month, by account and commodity, and what of it by which cause.

    One pass through the books fills it, however many months are closed then.
    """

    moved: dict[date, Balances] = field(default_factory=dict)
    causes: dict[date, dict[tuple[str, str], dict[str, int]]] = field(default_factory=dict)

    def add(self, moved: Transaction) -> None:
        """Count a transaction."""
        month, cause = moved.on.replace(day=1), moved.what.partition(" ")[0]
        sums = self.moved.setdefault(month, {})
        causes = self.causes.setdefault(month, {})
        for posting in moved.postings:
            place = (posting.account, posting.commodity)
            sums[place] = sums.get(place, 0) + posting.units
            by_cause = causes.setdefault(place, {})
            by_cause[cause] = by_cause.get(cause, 0) - posting.units

    def close(self, month: date, currency: str) -> Close:
        """The report of the month that begins on that day."""
        income = self._changes(month, "Income:", currency, -1)
        promoted = self._changes(month, "Expenses:Promotions:", CONNECT, 1)
        return Close(
            month=month,
            currency=currency,
            deferred=self._rolled(month, (DEFERRED, currency)),
            connects=self._rolled(month, (WALLETS, CONNECT)),
            breakage=income.get(EXPIRED, 0) + income.get(TRIMMED, 0),
            income=income,
            expenses=self._changes(month, "Expenses:", currency, 1),
            promotions=sum(promoted.values()),
        )

    def _changes(self, month: date, prefix: str, commodity: str, sign: int) -> dict[str, int]:
        """How far each account of that beginning moved in the month."""
        return {
            account: sign * units
            for (account, held_in), units in sorted(self.moved.get(month, {}).items())
            if account.startswith(prefix) and held_in == commodity
        }

    def _rolled(self, month: date, place: tuple[str, str]) -> RollForward:
        before = sum(sums.get(place, 0) for at, sums in self.moved.items() if at < month)
        moved = self.moved.get(month, {}).get(place, 0)
        causes = self.causes.get(month, {}).get(place, {})
        return RollForward(-before, causes, -(before + moved))

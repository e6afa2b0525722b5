"""The wallet: what an account holds after its last journal entry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from connects.ledger.lots import Lot, LotKind
from connects.vocabulary.amounts import Connects

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wallet:
    """What an account holds.

    `lots` are the open lots in burn order and `balance` is their sum. `debt` is what was spent of
    purchases whose money went back. `held` are Connects that holds have set aside: they are in no lot,
    and come back with a release. `last_entry` is the number of the last journal entry (0 in a
    new wallet) and `moment` the instant at which it took effect: no later entry takes effect
    before it, so a wallet's history can be cut at any past instant.

    A wallet with very many lots may be shown in part: `overflow_lots` further ones then follow those
    in `lots`, and count in `balance`. What such a wallet may be asked is said by `covers`.
    """

    id: int
    balance: Connects = 0
    debt: Connects = 0
    last_entry: int = 0
    moment: datetime = BEGINNING
    lots: tuple[Lot, ...] = ()
    overflow_lots: int = 0
    held: Connects = 0

    def covers(self, credits: Connects, moment: datetime) -> bool:
        """Whether paying the credits at that moment leaves something of the lots that are shown."""
        if not self.lots or not self.lots[-1].live_at(moment):
            return False
        return sum(lot.credits for lot in self.lots if lot.live_at(moment)) > credits

    def lot(self, number: int) -> Lot | None:
        """The open lot of that number, or None."""
        return next((lot for lot in self.lots if lot.number == number), None)

    def with_lots(self, lots: tuple[Lot, ...], *, debt: Connects | None = None) -> Wallet:
        """The wallet holding these lots (in burn order), before any entry is counted."""
        return replace(
            self,
            lots=lots,
            balance=sum(lot.credits for lot in lots),
            debt=self.debt if debt is None else debt,
        )

    @property
    def next_expiry(self) -> datetime | None:
        """When the next lot expires. The burn order puts it first."""
        return self.lots[0].expires if self.lots else None

    def counted(self, *, plan_too: bool) -> Connects:
        """The credits that count towards a balance limit, with or without the plan's own."""
        if plan_too:
            return self.balance
        return sum(lot.credits for lot in self.lots if lot.kind is not LotKind.PLAN)

"""Journal entries: what the ledger decided, line by line."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from connects.ledger.lots import Lot, LotKind
from connects.ledger.wallet import Wallet
from connects.vocabulary.amounts import Cents, Connects


class EntryKind(StrEnum):
    """What a line of a wallet's history says.

    The first six issue a lot of the same kind; a reinstatement or a release may issue one of kind
    `return`. A hold sets Connects aside: they are in no lot, neither spent nor the wallet's to spend,
    until they are released.
    """

    SIGNUP = "signup"
    PLAN = "plan"
    BONUS = "bonus"
    COURTESY = "courtesy"
    PURCHASE = "purchase"
    RETURN = "return"
    SPEND = "spend"
    BOOST = "boost"
    EXPIRE = "expire"
    FORFEIT = "forfeit"
    REVERSE = "reverse"
    REINSTATE = "reinstate"
    VOID = "void"
    HOLD = "hold"
    RELEASE = "release"
    WRITE_OFF = "write-off"


CHARGES = frozenset({EntryKind.SPEND, EntryKind.BOOST})
"""What Connects are used for."""

SPENDING = CHARGES | {EntryKind.HOLD}
"""What takes Connects out of lots, and what they can come back of."""

RETURNS = frozenset({EntryKind.RETURN, EntryKind.RELEASE})
"""What brings them back: returns those of charges, releases those of holds."""


LOT_KINDS = {kind: LotKind(kind.value) for kind in EntryKind if kind.value in set(LotKind)}
LOT_KINDS[EntryKind.REINSTATE] = LOT_KINDS[EntryKind.RELEASE] = LotKind.RETURN
"""The kind of the lot that an entry issues, if it issues one."""


class Draw(NamedTuple):
    """How one entry changes one lot: credits and their cost in cents, negative when taken.

    A reversal's first draw names its lot, even where nothing was left of it to be taken.
    """

    lot: int
    credits: Connects
    cost_cents: Cents


class Entry(NamedTuple):
    """One line of a wallet's history. Never changed, never deleted.

    `credits` is the change of the balance and `balance` the balance after it. `lot` is the lot that
    the entry issued, whole; `draws` are then applied, to it too (a debt is paid from a lot as it is
    issued). `debt_change` is negative when debt was paid; `withheld` are credits that a grant did
    not bring because the balance limit cut it. `reference` says what the line is about
    (`proposal:8412`), `key` is the command's idempotency key and `digest` that of its body.
    """

    wallet: int
    number: int
    kind: EntryKind
    credits: Connects
    balance: Connects
    draws: tuple[Draw, ...]
    lot: Lot | None
    debt_change: Connects
    withheld: Connects
    reference: str
    key: str
    digest: bytes
    rule_book: str
    effective: datetime

    @property
    def held_change(self) -> Connects:
        """How the entry changes what is held; what a release pays of a debt is held no longer, too."""
        if self.kind is EntryKind.HOLD:
            return -self.credits
        if self.kind is EntryKind.RELEASE:
            return self.debt_change - self.credits
        return 0


class Booked(NamedTuple):
    """An accepted command: the wallet as it now is, and the entries that made it so.

    One entry bears the command's key. Expiries that had come due stand before it, and those of lots
    that had ended when it filled them again stand behind it.
    """

    wallet: Wallet
    entries: tuple[Entry, ...]

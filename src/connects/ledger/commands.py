"""Commands of the ledger. Each is complete: it needs no clock and no database."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from connects.ledger.entries import EntryKind
from connects.ledger.lots import LotKind
from connects.vocabulary.amounts import Cents, Connects

DIGEST_BYTES = 16


def _digest(*body: str) -> bytes:
    return hashlib.sha256("\x1f".join(body).encode()).digest()[:DIGEST_BYTES]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Command:
    """What all commands have.

    `wallet` is its id; `key` the idempotency key, unique within the wallet; `reference` what the
    entry is about; `rule_book` the name and version that decided it; `effective` the instant at
    which it takes effect.
    """

    wallet: int
    key: str
    reference: str
    rule_book: str
    effective: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue(_Command):
    """Issue a lot: a purchase, a grant, or a plan's monthly Connects.

    `cost_cents` is what the whole lot cost. `balance_limit` is the most that the wallet may hold
    after it (None: no limit), counting plan Connects or not; over the limit a purchase is refused
    and everything else is cut to fit.
    """

    kind: LotKind
    credits: Connects
    cost_cents: Cents = 0
    expires: datetime | None
    balance_limit: Connects | None = None
    limit_counts_plan: bool = True

    def digest(self) -> bytes:
        """Digest of what was asked; times are left out, since a retry comes later."""
        return _digest("issue", self.kind, str(self.credits), str(self.cost_cents), self.reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spend(_Command):
    """Pay for something from the open lots, in burn order; a `hold` sets the Connects aside for it."""

    credits: Connects
    kind: EntryKind = EntryKind.SPEND

    def digest(self) -> bytes:
        return _digest("spend", self.kind, str(self.credits), self.reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class Return(_Command):
    """Give back credits of an earlier spend; those of a hold, by a `release`.

    `spend` is the number of the entry that spent them, `already_returned` how many of its credits
    came back before, as far as the caller knows; the ledger counts for itself, too. What came from a
    lot that has expired, or that would within `grace`, comes back as a new lot that lives for the
    grace. There is no grace (None) where the member caused the return, and never a second one for
    what came from such a new lot: a lot that has ended by then is filled, and expires at once.
    """

    spend: int
    credits: Connects
    already_returned: Connects = 0
    grace: timedelta | None
    kind: EntryKind = EntryKind.RETURN

    def digest(self) -> bytes:
        return _digest(
            self.kind,
            str(self.spend),
            str(self.credits),
            str(self.already_returned),
            self.reference,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture(_Command):
    """Pay for something with all that is held by the entry `hold`, whatever has happened meanwhile.

    It writes the release and the charge, at one instant. What was held pays even where its lot has
    ended since, and where the wallet has come to owe something: it was promised when it was held.
    """

    hold: int
    kind: EntryKind = EntryKind.SPEND

    def digest(self) -> bytes:
        return _digest("capture", self.kind, str(self.hold), self.reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expire(_Command):
    """Expire every lot whose time has come by `effective`."""

    def digest(self) -> bytes:
        return _digest("expire", self.reference)


@dataclass(frozen=True, slots=True)
class Carried:
    """What a wallet held when it moved to another rule book keeps the limits of its own time.

    Of the lots issued up to `moved`, a rollover leaves at least `keep` credits (None: all of them),
    and takes bought ones only where `bought_too`.
    """

    moved: datetime
    keep: Connects | None
    bought_too: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Forfeit(_Command):
    """Trim the wallet at a rollover to at most `keep` credits; bought ones only where `bought_too`.

    `carried` protects what was held when the rules changed.
    """

    keep: Connects
    bought_too: bool
    carried: Carried | None = None

    def digest(self) -> bytes:
        return _digest("forfeit", str(self.keep), str(self.bought_too), self.reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reverse(_Command):
    """Take back a lot whose money went back; what was spent of it becomes the wallet's debt.

    Where only a part of the money went back, `up_to` is how many of the lot's Connects are to have
    been taken back in all by now, those of earlier reversals with them; what is left of the lot goes
    first, and the rest is debt. None takes all that there is, and no reversal follows it.
    """

    lot: int
    up_to: Connects | None = None

    def digest(self) -> bytes:
        if self.up_to is None:
            return _digest("reverse", str(self.lot), self.reference)
        return _digest("reverse", str(self.lot), str(self.up_to), self.reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reinstate(_Command):
    """Undo one reversal: its money did not go back after all, or is here again.

    `reversal` is the number of its entry, `lot` the lot that it was about. What it took goes back to
    where it was taken from, and what it made debt is owed no longer; where that debt was paid
    meanwhile, as many Connects come back. A lot that has expired, or that would within `grace`, comes
    back as returns do.
    """

    reversal: int
    lot: int
    grace: timedelta | None

    def digest(self) -> bytes:
        return _digest("reinstate", str(self.reversal), str(self.lot), self.reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class Void(_Command):
    """Take back `credits` of what is left of a lot, for nothing: a grant was a mistake, or abused."""

    lot: int
    credits: Connects

    def digest(self) -> bytes:
        return _digest("void", str(self.lot), str(self.credits), self.reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOff(_Command):
    """Forgive `credits` of the wallet's debt."""

    credits: Connects

    def digest(self) -> bytes:
        return _digest("write-off", str(self.credits), self.reference)


Command: TypeAlias = (
    Issue | Spend | Return | Capture | Expire | Forfeit | Reverse | Reinstate | Void | WriteOff
)

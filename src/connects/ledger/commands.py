"""What may be asked of the ledger. Each command is complete: it needs no clock and no database."""

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
    """Pay for something from the open lots, in burn order."""

    credits: Connects
    kind: EntryKind = EntryKind.SPEND

    def digest(self) -> bytes:
        return _digest("spend", self.kind, str(self.credits), self.reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class Return(_Command):
    """Give back credits of an earlier spend.

    `spend` is the number of the entry that spent them, `already_returned` how many of its credits
    came back before. A lot that has expired, or that would within `grace`, is not filled again:
    its share comes back as a new lot that expires after the grace.
    """

    spend: int
    credits: Connects
    already_returned: Connects = 0
    grace: timedelta

    def digest(self) -> bytes:
        return _digest(
            "return",
            str(self.spend),
            str(self.credits),
            str(self.already_returned),
            self.reference,
        )


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
    """Take back a lot whose money went back; what was spent of it becomes the wallet's debt."""

    lot: int

    def digest(self) -> bytes:
        return _digest("reverse", str(self.lot), self.reference)


Command: TypeAlias = Issue | Spend | Return | Expire | Forfeit | Reverse

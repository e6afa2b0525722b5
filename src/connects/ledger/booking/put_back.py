"""Putting Connects back where they came from: what comes back of a spend, or of a reversal.

The hard cases: a lot that has expired since, or that would within the grace, is not filled again; its
share comes back as a lot of kind `return` that lives for the grace. Where there is no grace, or where
the lot is such a one itself, the lot is filled whenever it ends, and where it has ended it expires at
the same instant, as a line of its own: nothing lives for ever by being spent and coming back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from connects.ledger.booking.expire import expire_lots
from connects.ledger.booking.line import write_line
from connects.ledger.commands import Reinstate, Return
from connects.ledger.entries import Booked, Draw, EntryKind
from connects.ledger.lots import Lot, LotKind
from connects.ledger.wallet import Wallet
from connects.vocabulary.amounts import Connects


@dataclass(frozen=True, slots=True)
class Parts:
    """What comes back: to the lots themselves, and as a new one."""

    timely: tuple[Draw, ...]
    late: tuple[Draw, ...]


def put_back(
    wallet: Wallet,
    command: Return | Reinstate,
    parts: Sequence[Draw],
    origins: Mapping[int, Lot],
    paid_to_debt: Connects,
    paying: Sequence[Draw] = (),
) -> Booked:
    """Write the line that puts the parts back, and the expiries that follow from it at once.

    A reinstatement names its lot with its first draw, even where that fills nothing. `origins` are
    the lots of the parts, as they were issued, by number; `paid_to_debt` credits come back beside
    the parts, and pay the wallet's debt; `paying` are those of the parts themselves that do.
    """
    # A clock that was put back revives no lot that has expired: the wallet's own time has gone on.
    at = max(command.effective, wallet.moment)
    split = split_parts(parts, origins, at, command.grace)
    if isinstance(command, Reinstate):
        kind, draws = EntryKind.REINSTATE, naming(command.lot, split.timely)
    else:
        late, fresh = {part.lot for part in split.late}, wallet.last_entry + 1
        moved = (draw._replace(lot=fresh) if draw.lot in late else draw for draw in paying)
        kind, draws = command.kind, (*split.timely, *moved)
    booked = write_line(
        wallet,
        command,
        kind,
        draws,
        lot=_fresh_lot(wallet.last_entry + 1, split.late, at, command.grace),
        debt_change=-paid_to_debt,
        origins=origins,
    )
    filled = {part.lot for part in split.timely}
    ended = [lot for lot in booked.wallet.lots if lot.number in filled and not lot.live_at(at)]
    gone = expire_lots(booked.wallet, ended, command)
    return Booked(gone.wallet, booked.entries + gone.entries)


def naming(lot: int, draws: Sequence[Draw]) -> tuple[Draw, ...]:
    """The draws, of which the first is of that lot, be it of nothing."""
    own = [draw for draw in draws if draw.lot == lot] or [Draw(lot, 0, 0)]
    return (*own, *(draw for draw in draws if draw.lot != lot))


def split_parts(
    parts: Sequence[Draw], origins: Mapping[int, Lot], at: datetime, grace: timedelta | None
) -> Parts:
    """Which parts go back to their own lots at that instant, and which come back as a new one."""
    late = tuple(part for part in parts if _is_late(origins[part.lot], at, grace))
    return Parts(tuple(part for part in parts if part not in late), late)


def _is_late(origin: Lot, at: datetime, grace: timedelta | None) -> bool:
    if grace is None or origin.kind is LotKind.RETURN or origin.expires is None:
        return False
    return origin.expires - at < grace


def _fresh_lot(
    number: int, late: tuple[Draw, ...], at: datetime, grace: timedelta | None
) -> Lot | None:
    if not late or grace is None:
        return None
    credits = sum(part.credits for part in late)
    cost_cents = sum(part.cost_cents for part in late)
    return Lot(number, LotKind.RETURN, credits, cost_cents, at, at + grace)

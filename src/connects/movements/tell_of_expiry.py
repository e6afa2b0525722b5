"""Tell of expiry: what a member has lost, out of which lot, and what they have left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from connects.ledger.entries import Entry
from connects.ledger.lots import Lot
from connects.vocabulary.events import Event
from connects.vocabulary.refusals import Parameter


def tell_of_expiry(
    expiries: Iterable[Entry], lots: Mapping[tuple[int, int], Lot]
) -> tuple[Event, ...]:
    """One notice for each wallet and instant, whatever the number of lots that ended then.

    `lots` are those that expired, as they were issued, by wallet and number. What came back into a lot
    that had ended went at once, later than the lot itself, and the notice of its return has said so.
    """
    gone: dict[tuple[int, datetime], list[Entry]] = defaultdict(list)
    for entry in expiries:
        if entry.effective == _lot_of(entry, lots).expires:
            gone[entry.wallet, entry.effective].append(entry)
    return tuple(_event(sorted(entries, key=_number), lots) for entries in gone.values())


def _event(entries: list[Entry], lots: Mapping[tuple[int, int], Lot]) -> Event:
    """The notice of what expired at one instant, in the order in which it did."""
    last = entries[-1]
    parameters: dict[str, Parameter] = {
        "connects": -sum(entry.credits for entry in entries),
        "expired": last.effective.isoformat(),
        "balance": last.balance,
    }
    whence = {(lot.kind, lot.issued.date()) for lot in (_lot_of(each, lots) for each in entries)}
    if len(whence) == 1:
        ((kind, day),) = whence
        parameters |= {"kind": kind.value, "issued": day.isoformat()}
    return Event(
        key=f"expired:{last.wallet}:{last.effective.isoformat()}",
        account=last.wallet,
        code="connects-expired",
        parameters=parameters,
    )


def _lot_of(entry: Entry, lots: Mapping[tuple[int, int], Lot]) -> Lot:
    return lots[entry.wallet, entry.draws[0].lot]


def _number(entry: Entry) -> int:
    return entry.number

"""Beancount books the same histories with lots, and comes to the same lots.

The ledger is held against a program that others wrote, which knows nothing of it: what the entries say
is exported as postings, and Beancount does the booking. Under STRICT booking it must find each lot that
an entry draws on, by its label, with enough in it. Under FIFO booking it is told nothing but how much
is spent, and chooses the lots itself: a lot's date there is the day on which it expires, so that the
first in is the first to expire.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from beancount import loader
from beancount.core import data
from beancount.core.inventory import Inventory
from hypothesis import given, settings
from hypothesis import strategies as st

from connects.ledger.entries import SPENDING, Draw, Entry, EntryKind
from connects.ledger.lots import Lot
from tests.ledger.histories import START, Book, histories

NEVER = "9999-12-31"
OPEN = """
2000-01-01 open Assets:Wallet CONNECT,CENT "{booking}"
2000-01-01 open Equity:World UNIT
"""


def export(entries: Iterable[Entry], booking: str) -> str:
    """The entries as a book in Beancount's language."""
    lots: dict[int, Lot] = {}
    lines = [OPEN.format(booking=booking)]
    for entry in entries:
        if entry.lot is not None:
            lots[entry.number] = entry.lot
        # A debt is paid out of a lot as it is issued; Beancount finds lots of earlier transactions only.
        # So is one out of what a release puts back.
        then = [draw for draw in entry.draws if draw.credits < 0]
        first = [draw for draw in entry.draws if draw not in then]
        for postings in (
            list(_issue(entry)),
            list(_draws(entry, first, lots, booking)),
            list(_draws(entry, then, lots, booking)),
        ):
            if postings:
                lines.append(f'{entry.effective:%Y-%m-%d} * "{entry.number} {entry.kind.value}"')
                lines += [*postings, "  Equity:World"]
    return "\n".join(lines) + "\n"


def _issue(entry: Entry) -> Iterator[str]:
    if entry.lot is not None:
        cost = _cost(entry.lot)
        yield from _posting(entry.lot.credits, "CONNECT", cost)
        yield from _posting(entry.lot.cost_cents, "CENT", cost)


def _draws(
    entry: Entry, draws: Iterable[Draw], lots: dict[int, Lot], booking: str
) -> Iterator[str]:
    if draws and booking == "FIFO" and entry.kind in SPENDING:
        yield from _posting(entry.credits, "CONNECT", "")
        return
    for draw in draws:
        yield from _draw(draw, lots[draw.lot])


def _draw(draw: Draw, lot: Lot) -> Iterator[str]:
    # What is put back is told in full, as it was issued; what is taken, Beancount has to find.
    cost = _cost(lot) if draw.credits > 0 else f'"{lot.number}"'
    yield from _posting(draw.credits, "CONNECT", cost)
    yield from _posting(draw.cost_cents, "CENT", cost)


def _cost(lot: Lot) -> str:
    day = NEVER if lot.expires is None else f"{lot.expires:%Y-%m-%d}"
    return f'1 UNIT, {day}, "{lot.number}"'


def _posting(units: int, currency: str, cost: str) -> Iterator[str]:
    if units:
        yield f"  Assets:Wallet  {units} {currency} {{{cost}}}"


def booked(book: str) -> dict[tuple[str, str], int]:
    """What Beancount holds in the end: units by currency and lot."""
    entries, errors, _ = loader.load_string(book)
    assert errors == [], [error.message for error in errors]
    held = Inventory()
    for posting in _wallet_postings(entries):
        held.add_position(posting)
    return {(p.units.currency, p.cost.label): int(p.units.number) for p in held}


def _wallet_postings(entries: Iterable[data.Directive]) -> Iterator[data.Posting]:
    for entry in entries:
        if isinstance(entry, data.Transaction):
            yield from (p for p in entry.postings if p.account == "Assets:Wallet")


def ours(book: Book, *, costs: bool = True) -> dict[tuple[str, str], int]:
    held = {("CONNECT", str(lot.number)): lot.credits for lot in book.wallet.lots}
    if costs:
        held |= {("CENT", str(lot.number)): lot.cost_cents for lot in book.wallet.lots}
    return {place: units for place, units in held.items() if units}


@given(histories())
@settings(max_examples=60)
def test_beancount_books_every_history_to_the_same_lots_and_costs(book: Book) -> None:
    assert booked(export(book.entries, "STRICT")) == ours(book)


STEPS = st.one_of(
    st.tuples(st.just("issue"), st.integers(1, 40), st.integers(1, 300)),
    st.tuples(st.just("spend"), st.integers(1, 50), st.just(0)),
    st.tuples(st.just("wait"), st.integers(1, 60), st.just(0)),
)


@given(st.lists(STEPS, min_size=3, max_size=30))
@settings(max_examples=60)
def test_beancount_spends_first_what_expires_first_as_we_do(
    steps: list[tuple[str, int, int]],
) -> None:
    book, days_taken = Book(), set[int]()
    for what, number, days in steps:
        if what == "issue":
            # Beancount knows days only, so no two lots expire on the same.
            day = (book.now - START).days + days
            while day in days_taken:
                day += 1
            days_taken.add(day)
            book.issue(number, days=day - (book.now - START).days)
        elif what == "spend":
            book.spend(number)
        else:
            book.now += timedelta(days=number)
            book.expire()

    assert booked(export(book.entries, "FIFO")) == ours(book, costs=False)
    assert {entry.kind for entry in book.entries} <= {
        EntryKind.SIGNUP,
        EntryKind.SPEND,
        EntryKind.EXPIRE,
    }

"""Writing the books out: in Beancount's language, or as CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import IO

from connects.market.books.reading import main_currency, standing_by_rows, transactions
from connects.market.books.snapshot import snapshot
from connects.statements.books import beancount
from connects.statements.books.chart import OPENING, Transaction
from connects.statements.books.period import Balances, Period

COLUMNS = ("date", "account", "amount", "commodity", "what", "reference")
FIRST_DAY = date(1970, 1, 1)


def write_beancount(out: IO[str], first: date | None, end: date | None, today: date) -> Balances:
    """Write a period as a Beancount file; where accounts stand otherwise than by other rows.

    Days are UTC; `end` is the first that is not in it. A file that reaches to today asserts the balances
    that wallets, payments and earnings say; one that ends earlier, what its own lines come to.
    """
    period = Period(first, end)
    with snapshot():
        for line in beancount.header(main_currency()):
            print(line, file=out)
        for moved in period.moves(transactions()):
            for line in beancount.written(moved):
                print(line, file=out)
        is_open = end is None or end > today
        stands = period.standing()
        expected = standing_by_rows() if is_open else stands
    if first is not None:
        for line in beancount.written(period.opening_transaction()):
            print(line, file=out)
    accounts = {account for account, _ in (*period.closing, *expected)}
    for line in beancount.opened([*accounts, OPENING], FIRST_DAY):
        print(line, file=out)
    for line in beancount.asserted(
        expected, today + timedelta(days=1) if is_open else end or today
    ):
        print(line, file=out)
    return differences(stands, expected)


def differences(stands: Balances, expected: Balances) -> Balances:
    """By how much each account stands higher than it should."""
    places = sorted({*stands, *expected})
    off = {place: stands.get(place, 0) - expected.get(place, 0) for place in places}
    return {place: units for place, units in off.items() if units}


def write_csv(out: IO[str], first: date | None, end: date | None, today: date) -> Balances:
    """Write a period as CSV, a line for each posting. Returns what `write_beancount` does."""
    period = Period(first, end)
    lines = csv.writer(out)
    lines.writerow(COLUMNS)
    with snapshot():
        for moved in period.moves(transactions()):
            lines.writerows(_rows(moved))
        is_open = end is None or end > today
        stands = period.standing()
        expected = standing_by_rows() if is_open else stands
    if first is not None:
        lines.writerows(_rows(period.opening_transaction()))
    return differences(stands, expected)


def _rows(moved: Transaction) -> Iterator[tuple[str, ...]]:
    for posting in moved.postings:
        number, _, commodity = beancount.amount(posting.units, posting.commodity).partition(" ")
        yield (
            moved.on.isoformat(),
            posting.account,
            number,
            commodity,
            _plain(moved.what),
            _plain(moved.reference),
        )


def _plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in "=+-@\t\r" and text else text


Writer = Callable[[IO[str], date | None, date | None, date], Balances]

WRITERS: dict[str, Writer] = {"beancount": write_beancount, "csv": write_csv}

"""The books in Beancount's language, so that `bean-check` vouches for them and Fava shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from connects.statements.books.chart import CONNECT, Transaction
from connects.statements.books.period import Balances
from connects.vocabulary.amounts import decimal_from_cents

ROOT_TITLE = "Connects"


def header(currency: str) -> Iterator[str]:
    """How the file begins."""
    yield f'option "title" "{ROOT_TITLE}"'
    yield f'option "operating_currency" "{currency}"'
    yield ""


def opened(accounts: Iterable[str], on: date) -> Iterator[str]:
    """The accounts, from the first day on."""
    for account in sorted(set(accounts)):
        yield f"{on.isoformat()} open {account}"
    yield ""


def written(moved: Transaction) -> Iterator[str]:
    """A transaction."""
    yield f"{moved.on.isoformat()} * {quoted(moved.what)}"
    if moved.reference:
        yield f"  reference: {quoted(moved.reference)}"
    for posting in moved.postings:
        yield f"  {posting.account}  {amount(posting.units, posting.commodity)}"
    yield ""


def asserted(balances: Balances, on: date) -> Iterator[str]:
    """What must stand on these accounts when that day begins."""
    for (account, commodity), units in sorted(balances.items()):
        number, _, _ = amount(units, commodity).partition(" ")
        # Without the tolerance of its own, Beancount lets an assertion pass that is a cent off.
        yield f"{on.isoformat()} balance {account}  {number} ~ 0 {commodity}"


def amount(units: int, commodity: str) -> str:
    """Cents or Connects as a number with its commodity: `-1.50 USD`, `10 CONNECT`."""
    if commodity == CONNECT:
        return f"{units} {commodity}"
    return f"{decimal_from_cents(units, commodity)} {commodity}"


def quoted(text: str) -> str:
    """A text as a string that Beancount reads."""
    plain = "".join(character if character.isprintable() else " " for character in text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'

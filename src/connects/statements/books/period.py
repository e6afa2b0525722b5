"""A period of the books: what stood before it, what moved in it, and what stands after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from connects.statements.books.chart import OPENING, Posting, Transaction, transaction

Balances = dict[tuple[str, str], int]
"""What stands on an account in a commodity, in cents or Connects; debits are positive."""

_CLOSED_INTO_EQUITY = ("Income:", "Expenses:")


@dataclass(slots=True)
class Period:
    """The days from `first` to the day before `end`; None: from the beginning, without an end.

    Iterate `moves` to the end, then `opening` and `closing` are known.
    """

    first: date | None = None
    end: date | None = None
    opening: Balances = field(default_factory=dict)
    closing: Balances = field(default_factory=dict)

    def moves(self, transactions: Iterable[Transaction]) -> Iterator[Transaction]:
        """The transactions of the period; those before it add to its opening."""
        for moved in transactions:
            if self.end is not None and moved.on >= self.end:
                continue
            is_earlier = self.first is not None and moved.on < self.first
            for posting in moved.postings:
                _add(self.closing, posting)
                if is_earlier:
                    _add(self.opening, posting)
            if not is_earlier and moved.postings:
                yield moved

    def opening_transaction(self) -> Transaction:
        """What the period begins with; the income and expenses before it are equity."""
        assert self.first is not None
        changes = [
            (OPENING if account.startswith(_CLOSED_INTO_EQUITY) else account, units, commodity)
            for (account, commodity), units in sorted(self.opening.items())
        ]
        return transaction(self.first, "opening balances", "", *changes)

    def standing(self) -> Balances:
        """Where each account of the balance sheet that is not empty stands at the end."""
        return {
            place: units
            for place, units in sorted(self.closing.items())
            if place[0].startswith(("Assets:", "Liabilities:"))
        }


def _add(balances: Balances, posting: Posting) -> None:
    place = (posting.account, posting.commodity)
    balances[place] = balances.get(place, 0) + posting.units

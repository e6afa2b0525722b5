"""The chart of accounts, and what stands in a book.

Money is counted in cents of its currency, Connects in `CONNECT`. What a member has paid for Connects is
owed to them until they use it (deferred revenue); Connects that were given away have cost nothing and are
counted as promotions, in Connects.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CONNECT = "CONNECT"

UNDELIVERED = "Liabilities:Undelivered"
"""Money that came for something that was not delivered: in between, or another amount than asked."""
DEFERRED = "Liabilities:DeferredRevenue"
HELD = "Liabilities:Connects:Held"
"""What was paid for Connects that are set aside, neither used nor free; and those Connects."""
REFUNDABLE = "Liabilities:Refundable"
"""What was taken back from members whose money is on its way back to them."""
TAX = "Liabilities:Tax"
EARNINGS = "Liabilities:Earnings"
BANK = "Assets:Bank"
"""Where providers pay out to."""
MARKETPLACE = "Assets:Marketplace"
"""The marketplace's own account, from which earnings come and into which none go."""
USED = "Income:Connects:Used"
RETURNED = "Income:Connects:Returned"
DEBT_PAID = "Income:Connects:DebtPaid"
MEMBERSHIPS = "Income:Memberships"
EXPIRED = "Income:Breakage:Expired"
TRIMMED = "Income:Breakage:NotRolledOver"
VOIDED = "Income:Breakage:Voided"
REFUNDS = "Income:Refunds"

WALLETS = "Liabilities:Wallets"
DEBT = "Assets:Debt"

OPENING = "Equity:Opening"


def cash(provider: str) -> str:
    """The account of the money at a provider; earnings are the members' own."""
    return EARNINGS if provider == "earnings" else f"Assets:Cash:{provider.capitalize()}"


def fees(provider: str) -> str:
    """What a provider takes for itself."""
    return f"Expenses:Fees:{provider.capitalize()}"


@dataclass(frozen=True, slots=True)
class Posting:
    """One line: how an account changes, in cents or Connects. Debits are positive."""

    account: str
    units: int
    commodity: str


@dataclass(frozen=True, slots=True)
class Transaction:
    """Postings that add up to nothing in each commodity, on a day (UTC), and what they are about."""

    on: date
    what: str
    reference: str
    postings: tuple[Posting, ...]


def transaction(on: date, what: str, reference: str, *changes: tuple[str, int, str]) -> Transaction:
    """A transaction of those changes that are any. They must add up to nothing."""
    sums: dict[tuple[str, str], int] = {}
    for account, units, commodity in changes:
        sums[account, commodity] = sums.get((account, commodity), 0) + units
    postings = tuple(
        Posting(account, units, commodity) for (account, commodity), units in sums.items() if units
    )
    for commodity in {posting.commodity for posting in postings}:
        assert sum(p.units for p in postings if p.commodity == commodity) == 0, (what, reference)
    return Transaction(on, what, reference, postings)

"""The books of the whole marketplace, from its rows; and where they must stand by other rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from django.conf import settings
from django.db.models import F, Model, QuerySet, Sum

from connects.bootstrap.journals import journal
from connects.bootstrap.providers import EARNINGS as EARNINGS_PROVIDER
from connects.journal.port import HistoryQuery
from connects.ledger.admission import MOST
from connects.ledger.entries import Entry, EntryKind
from connects.market.books.models import CashMovement
from connects.market.earnings.models import EarningsBalance, EarningsMovement
from connects.market.members.editions import accounts_in_other_currencies, book_by_label, known_book
from connects.market.plans.models import PlanPayment
from connects.market.purchases.models import Purchase
from connects.market.settlement.models import Repayment
from connects.statements.books.cash import CashKind
from connects.statements.books.chart import (
    BANK,
    CONNECT,
    DEBT,
    DEFERRED,
    EARNINGS,
    HELD,
    MARKETPLACE,
    REFUNDABLE,
    TAX,
    UNDELIVERED,
    WALLETS,
    Transaction,
    cash,
)
from connects.statements.books.journal_lines import of_entry
from connects.statements.books.money_lines import of_cash, of_earnings, of_refund
from connects.statements.books.period import Balances

AT_ONCE = 2_000
_HOLDING = (EntryKind.HOLD, EntryKind.RELEASE)
KINDS: tuple[type[Purchase], type[PlanPayment]] = (Purchase, PlanPayment)


def main_currency() -> str:
    """The currency that newcomers pay in."""
    book = known_book(settings.DEFAULT_RULE_BOOK)
    assert book is not None
    return book.currency


def transactions() -> Iterator[Transaction]:
    """All that ever moved: money first, then each wallet's lines. Not in the order of days."""
    for movement in _in_pages(CashMovement.objects.all()):
        yield of_cash(movement.cash())
    yield from _earnings()
    yield from _refunds()
    for record in journal().every_record():
        yield transaction_of(record.entry)


def transaction_of(entry: Entry) -> Transaction:
    """A line of a wallet's history in the books, in the currency of its rule book."""
    return of_entry(entry, book_by_label(entry.rule_book).currency)


def _refunds() -> Iterator[Transaction]:
    """Refunds of ours that were not answered on the day on which they were asked for."""
    for row in _in_pages(Repayment.objects.filter(by_us=True, net_cents__gt=0)):
        if row.answered is not None and row.answered.date() == row.began.date():
            continue
        yield of_refund(row.began, row.subject, row.net_cents, row.currency)
        if row.answered is not None:
            yield of_refund(row.answered, row.subject, -row.net_cents, row.currency)


def _earnings() -> Iterator[Transaction]:
    """Earnings that came and went; what was paid out of them, and back, are cash movements."""
    for row in _in_pages(own_earnings()):
        yield of_earnings(
            row.happened, row.what, f"{row.account_id}:{row.key}", row.cents, row.currency
        )


def own_earnings() -> QuerySet[EarningsMovement]:
    """What came from the marketplace's purse or went there."""
    return EarningsMovement.objects.filter(what__in=("earned", "withdrawn"))


def standing_by_rows() -> Balances:
    """Where the balance sheet must stand now, by rows that the books are not made of."""
    found: Balances = {}
    for row in own_earnings().values("currency").annotate(Sum("cents")):
        _add(found, MARKETPLACE, row["cents__sum"], row["currency"])
    for row in EarningsBalance.objects.values("currency").annotate(Sum("cents")):
        _add(found, EARNINGS, -row["cents__sum"], row["currency"])
    _add_wallets(found)
    for kind in KINDS:
        _add_payments(kind.objects.exclude(received_currency=""), found)
    for asked in Repayment.objects.filter(by_us=True, answered__isnull=True):
        _add(found, REFUNDABLE, -asked.net_cents, asked.currency)
    _add_own_lines(found)
    return found


def _add_wallets(found: Balances) -> None:
    """What wallets hold and owe, and what their lots have cost in the currency of each wallet."""
    main = main_currency()
    others = accounts_in_other_currencies(main)
    for stored in journal().wallets():
        wallet, currency = stored.wallet, others.get(stored.wallet.id, main)
        _add(found, WALLETS, -wallet.balance, CONNECT)
        _add(found, DEBT, wallet.debt, CONNECT)
        _add(found, DEFERRED, -sum(lot.cost_cents for lot in wallet.lots), currency)
        if wallet.held:
            _add(found, HELD, -wallet.held, CONNECT)
            for entry, *_ in journal().history(HistoryQuery(wallet.id, MOST, kinds=_HOLDING)):
                for posting in of_entry(entry, currency).postings:
                    if (posting.account, posting.commodity) == (HELD, currency):
                        # What was paid for them stands in no lot, so only their lines say it.
                        _add(found, HELD, posting.units, currency)


def _add_own_lines(found: Balances) -> None:
    """What providers keep and pay out, which only their lists say."""
    movements = CashMovement.objects.exclude(provider=EARNINGS_PROVIDER)
    for kept in movements.values("provider", "currency").annotate(Sum("fee_cents")):
        _add(found, cash(kept["provider"]), -(kept["fee_cents__sum"] or 0), kept["currency"])
    own = movements.filter(kind__in=(CashKind.PAYOUT, CashKind.FEE))
    for line in own.values("provider", "kind", "currency").annotate(Sum("cents")):
        _add(found, cash(line["provider"]), line["cents__sum"], line["currency"])
        if line["kind"] == CashKind.PAYOUT:
            _add(found, BANK, -line["cents__sum"], line["currency"])


def _add_payments(rows: QuerySet[Purchase] | QuerySet[PlanPayment], found: Balances) -> None:
    """What payments stand for: money at providers, taxes owed, what is to be given back."""
    kept = F("received_cents") - F("returned_cents")
    elsewhere = rows.exclude(provider=EARNINGS_PROVIDER)
    for kept_at in elsewhere.values("provider", "received_currency").annotate(kept=Sum(kept)):
        place = cash(kept_at["provider"] or "none")
        _add(found, place, kept_at["kept"], kept_at["received_currency"])
    as_asked = {
        "received_cents": F("price_cents") + F("tax_cents"),
        "received_currency": F("currency"),
    }
    taxed = rows.filter(**as_asked).values("currency")
    for owed in taxed.annotate(tax=Sum(F("tax_cents") - F("returned_tax_cents"))):
        _add(found, TAX, -owed["tax"], owed["currency"])
    for row in rows.exclude(**as_asked):
        _add(found, UNDELIVERED, row.returned_cents - row.received_cents, row.received_currency)
    for row in rows.filter(**as_asked, returned_cents__gt=F("received_cents")):
        _add(found, UNDELIVERED, row.returned_cents - row.received_cents, row.received_currency)


def _add(found: Balances, account: str, units: int, commodity: str) -> None:
    found[account, commodity] = found.get((account, commodity), 0) + units


M = TypeVar("M", bound=Model)


def _in_pages(rows: QuerySet[M]) -> Iterator[M]:
    """Rows by their ids, a page at a time."""
    last = 0
    while True:
        page = list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE])
        yield from page
        if len(page) < AT_ONCE:
            return
        last = page[-1].pk

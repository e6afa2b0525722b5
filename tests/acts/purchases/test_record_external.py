"""What a host was paid for elsewhere: its Connects are here, its money in the books, both once."""

import pytest

from connects.acts.purchases.buy import order
from connects.acts.purchases.record_external import ExternalPurchase, record_external
from connects.acts.purchases.reverse_external import reverse_external
from connects.bootstrap.journals import journal
from connects.market.books.models import CashMovement
from connects.market.invoices.models import Document
from connects.market.payments.models import PaymentStatus
from connects.market.people.models import Account
from connects.market.purchases.models import Purchase
from connects.market.purchases.selectors import purchase_called
from connects.vocabulary.amounts import Money
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from tests.market.people import registered

pytestmark = pytest.mark.django_db


def reported(credits: int = 40, cents: int = 600, currency: str = "USD") -> ExternalPurchase:
    return ExternalPurchase(
        external_id="o-1",
        credits=credits,
        paid=Money(cents, currency),
        reference="ch_1",
        sent_fields={"credits": "a"},
    )


def recorded(account: Account) -> Purchase:
    answer = record_external(account, reported())
    assert isinstance(answer, Purchase), answer
    return answer


def test_the_lot_has_the_cost_and_the_money_stands_at_external() -> None:
    ana = registered("ana", AccountKind.FREELANCER)

    purchase = recorded(ana)

    lot = journal().wallet(ana.pk).lot(purchase.lot or 0)
    assert lot is not None
    assert (lot.credits, lot.cost_cents) == (40, 600)
    cash = CashMovement.objects.get()
    assert (cash.provider, cash.provider_reference, cash.cents, cash.fee_cents) == (
        *("external", "ch_1"),
        *(600, 0),
    )
    assert purchase_called("o-1") == purchase


def test_the_same_name_is_not_recorded_twice() -> None:
    ana = registered("ana", AccountKind.FREELANCER)
    recorded(ana)
    before = journal().wallet(ana.pk)

    answer = record_external(ana, reported())

    assert isinstance(answer, Refused)
    assert answer.parameters["problem"] == "idempotency_key_reused"
    assert journal().wallet(ana.pk) == before


def test_another_currency_than_the_rule_books_is_refused() -> None:
    answer = record_external(registered("ana", AccountKind.FREELANCER), reported(currency="EUR"))

    assert isinstance(answer, Refused)
    assert answer.parameters["problem"] == "other_currency"
    assert not Purchase.objects.exists()


def test_a_reversal_takes_the_lot_back_once_and_writes_no_document() -> None:
    ana = registered("ana", AccountKind.FREELANCER)
    purchase = recorded(ana)
    held = journal().wallet(ana.pk).balance

    first = reverse_external(purchase)
    assert isinstance(first, Purchase)
    again = reverse_external(first)

    assert isinstance(again, Purchase)
    assert again.status == PaymentStatus.REFUNDED
    assert journal().wallet(ana.pk).balance == held - 40
    assert sum(CashMovement.objects.values_list("cents", flat=True)) == 0
    assert not Document.objects.exists()


def test_what_was_bought_here_is_not_reversed_by_a_host() -> None:
    bought = order(registered("ana", AccountKind.FREELANCER), 10, "k")
    assert isinstance(bought, Purchase), bought

    answer = reverse_external(bought)

    assert isinstance(answer, Refused)
    assert answer.parameters["problem"] == "not_paid"

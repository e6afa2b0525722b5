"""Receipts and credit notes are read by their account alone, newest first, page by page."""

import pytest

from connects.acts.money.refund import refund_payment
from connects.acts.purchases import buy
from connects.bootstrap.clock import held_at
from connects.market.invoices.models import Document
from connects.market.invoices.selectors import PAGE, documents_of, own_document, own_documents
from connects.market.people.models import Account
from connects.market.purchases.models import Purchase
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Account:
    with held_at(NOON):
        return registered("ana", AccountKind.FREELANCER)


def bought(account: Account, key: str = "first") -> Purchase:
    with held_at(NOON):
        answer = buy.order(account, 10, key)
    assert isinstance(answer, Purchase), answer
    return answer


def test_a_payment_has_its_receipt_and_once_it_went_back_a_credit_note(ana: Account) -> None:
    purchase, other = bought(ana), bought(ana, "second")
    (receipt,) = documents_of(purchase)
    assert (receipt.kind, receipt.total_cents) == ("receipt", 150)

    with held_at(NOON):
        refund_payment(purchase, None, "a whim")

    assert [row.kind for row in documents_of(purchase)] == ["receipt", "credit-note"]
    assert [row.kind for row in documents_of(other)] == ["receipt"]


def test_nobody_reads_anothers_documents(ana: Account) -> None:
    with held_at(NOON):
        ben = registered("ben", AccountKind.FREELANCER)
    (receipt,) = documents_of(bought(ana))

    assert own_documents(ana) == [receipt]
    assert own_documents(ben) == []
    assert own_document(ana, receipt.series, receipt.number) == receipt
    assert own_document(ben, receipt.series, receipt.number) is None
    assert own_document(ana, receipt.series, receipt.number + 1) is None


def test_documents_come_newest_first_with_one_more_where_there_is_a_next_page(
    ana: Account,
) -> None:
    Document.objects.bulk_create(
        Document(
            series="2019",
            number=number,
            kind="receipt",
            account=ana,
            subject=f"purchase:{number}",
            total_cents=150,
            currency="USD",
            content={},
            issued=NOON,
        )
        for number in range(1, PAGE + 4)
    )

    first = own_documents(ana)
    second = own_documents(ana, before=first[PAGE - 1].pk)

    assert [row.number for row in first] == list(range(PAGE + 3, 2, -1))
    assert [row.number for row in second] == [3, 2, 1]
    assert first[0].label == f"2019-{PAGE + 3:06d}"

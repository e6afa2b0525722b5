"""Refunds made at the provider, refunds that fail later, disputes: heard of, and booked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings

from connects.acts.books.reconcile import reconcile
from connects.acts.books.reconcile_day import reconcile_day
from connects.acts.money import refund
from connects.acts.money.set_tax import set_tax
from connects.acts.purchases import buy as purchases
from connects.acts.purchases import change_plan as plans
from connects.acts.purchases.continue_payments import continue_any_payment
from connects.billing.port import Unreachable
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.bootstrap.providers import provider_named
from connects.due.run import run
from connects.journal.proof.verify import verify
from connects.market.books.models import CashMovement
from connects.market.books.reading import standing_by_rows, transactions
from connects.market.invoices.models import Document
from connects.market.notices.models import OutboxEvent
from connects.market.payments.methods import kept_methods
from connects.market.people.models import User
from connects.market.plans.models import PlanPayment, Subscription
from connects.market.purchases.lists import PAYMENTS
from connects.market.purchases.models import Purchase
from connects.market.settlement.models import Repayment
from connects.market.trust.models import StaffAct
from connects.statements.books.period import Balances
from connects.vocabulary.amounts import Money
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import Refused
from tests.acts.money.test_paying_through_stripe import spend
from tests.market.listed import listed
from tests.market.people import registered
from tests.market.providers import (
    hear,
    paying_through_paypal,
    paying_through_stripe,
    with_account,
    with_card,
)
from tests.servers.web_server import StandIn

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


class Till:
    """A provider's stand-in, a member who pays through it, and what the provider's own staff may do."""

    def __init__(self, name: str, site: StandIn) -> None:
        self.name, self.site = name, site
        self.ana = registered("ana", AccountKind.FREELANCER, "fair-2026")
        if name == "stripe":
            with_card(self.ana, site)
        else:
            with_account(self.ana, site)

    def bought(self, credits: int = 40) -> Purchase:
        (kept,) = kept_methods(self.ana)
        row = purchases.order(self.ana, credits, f"buy {credits}", f"kept-{kept.pk}")
        assert isinstance(row, Purchase), row
        assert row.status == "paid"
        self.hear()
        return row

    def hear(self, **told: Any) -> None:
        hear(self.site, self.name, **told)

    def refund_there(self, row: Any, cents: int | None = None) -> str:
        amount = Money(cents or row.total.cents, "USD")
        made = provider_named(self.name).refund(
            f"by hand {cents}", row.provider_reference, amount, ""
        )
        return str(getattr(made, "reference", made))

    def dispute(self, row: Any, cents: int | None = None) -> str:
        told = {"payment": row.provider_reference, "amount": cents}
        return str(self.site.tell("dispute", **told)["id"])

    def close(self, dispute: str, *, won: bool) -> None:
        self.site.tell("close-dispute", dispute=dispute, won=won)

    def state(self, row: Any) -> tuple[str, int, int]:
        row.refresh_from_db()
        wallet = journal().wallet(self.ana.pk)
        return row.status, wallet.balance - 40, wallet.debt


@pytest.fixture(params=["stripe", "paypal"])
def till(request: pytest.FixtureRequest, settings: LazySettings) -> Iterator[Till]:
    paying = paying_through_stripe if request.param == "stripe" else paying_through_paypal
    with paying(settings) as stand_in, held_at(NOW):
        stand_in.tell("time", now=int(NOW.timestamp()))
        yield Till(request.param, stand_in)
        assert_books_agree()
        assert [proof for proof in verify(journal()) if proof.breaches] == []


def assert_books_agree() -> None:
    """What the books come to is what the rows say, account by account."""
    sums: Balances = {}
    for moved in transactions():
        for posting in moved.postings:
            place = (posting.account, posting.commodity)
            sums[place] = sums.get(place, 0) + posting.units
    standing = {place: units for place, units in standing_by_rows().items() if units}
    sheet = {
        place: units
        for place, units in sums.items()
        if units and place[0].startswith(("Assets:", "Liabilities:"))
    }
    assert sheet == standing


def cares() -> list[str]:
    return [row.care for row in listed(PAYMENTS, needs="review")]


def differences() -> list[str]:
    return [line for report in reconcile_day(NOW.date(), NOW) for line in report.differences]


def told() -> list[str]:
    events = OutboxEvent.objects.exclude(code__in=("payment-received", "purchase.paid"))
    return list(events.order_by("id").values_list("code", flat=True))


def test_a_refund_made_there_takes_its_connects_and_stands_in_books_and_papers(till: Till) -> None:
    row = till.bought()
    till.refund_there(row)
    till.hear()

    assert till.state(row) == ("refunded", 0, 0)
    assert Document.objects.filter(kind="credit-note", total_cents=6_00).count() == 1
    assert StaffAct.objects.filter(act="refunded-at-provider").count() == 1
    assert told() == ["purchase-reversed"]
    assert differences() == []
    till.hear(again=True)
    assert CashMovement.objects.filter(kind="refund").count() == 1


def test_asking_now_finds_what_no_message_told(till: Till) -> None:
    row = till.bought()
    till.refund_there(row, 3_00)

    continue_any_payment(row, NOW)

    assert till.state(row) == ("paid", 20, 0)


def test_a_reconciliation_books_what_no_message_told(till: Till) -> None:
    row = till.bought()
    dispute = till.dispute(row, 3_00)

    assert [report.differences for report in reconcile(NOW.date(), NOW)] == [[]]
    assert till.state(row) == ("charged-back", 20, 0)

    till.close(dispute, won=True)
    assert [report.differences for report in reconcile(NOW.date(), NOW)] == [[]]
    assert till.state(row) == ("paid", 40, 0)


def test_parts_go_back_by_their_share_and_the_last_takes_the_rest(till: Till) -> None:
    row = till.bought()
    spend(till.ana, 40 + 30, NOW)
    till.refund_there(row, 3_00)
    till.hear()
    # Ten were left of the forty, and ten more are owed.
    assert till.state(row) == ("paid", -40, 10)
    assert differences() == []

    answer = refund.refund_payment(row, None, "the other half")

    assert isinstance(answer, Purchase), answer
    assert till.state(row) == ("refunded", -40, 30)
    notes = Document.objects.filter(kind="credit-note").values_list("total_cents", flat=True)
    assert list(notes) == [3_00, 3_00]


def test_staff_give_a_part_back_and_no_more_than_is_left(till: Till) -> None:
    row = till.bought()
    till.refund_there(row, 1_00)
    till.hear()

    over = refund.refund_payment(row, None, "too much", Money(5_01, "USD"))
    other = refund.refund_payment(row, None, "euros", Money(1_00, "EUR"))
    nothing = refund.refund_payment(row, None, "nothing", Money(0, "USD"))

    for answer, problem in (
        (over, "over_the_rest"),
        (other, "other_currency"),
        (nothing, "over_the_rest"),
    ):
        assert isinstance(answer, Refused)
        assert answer.parameters["problem"] == problem
    assert till.state(row) == ("paid", 40 - 6, 0)
    assert isinstance(refund.refund_payment(row, None, "half of it", Money(2_50, "USD")), Purchase)
    # 40 x $3.50 of $6.00 is 23 and a bit.
    assert till.state(row) == ("paid", 40 - 23, 0)


def test_tax_goes_back_by_its_share(till: Till) -> None:
    till.ana.country = "DE"
    till.ana.save()
    finance = User.objects.create_user("fi@test.example", "Fi", "x", Role.FINANCE.value)
    set_tax("DE", "VAT", 19_00, NOW, finance, NOW)
    row = till.bought()
    assert row.total_cents == 7_14

    refund.refund_payment(row, None, "a third", Money(2_38, "USD"))

    note = Document.objects.get(kind="credit-note")
    assert (note.total_cents, note.content["tax_cents"]) == (2_38, 38)
    assert till.state(row) == ("paid", 40 - 13, 0)
    assert_books_agree()
    till.refund_there(row, 4_76)
    till.hear()
    row.refresh_from_db()
    assert (row.returned_tax_cents, till.state(row)) == (1_14, ("refunded", 0, 0))


def test_a_refund_that_fails_later_gives_the_connects_back_and_is_a_task(till: Till) -> None:
    row = till.bought()
    spend(till.ana, 40 + 30, NOW)
    name = till.refund_there(row)
    till.hear()
    assert till.state(row) == ("refunded", -40, 30)

    till.site.tell("fail-refund", refund=name)
    till.hear()

    assert till.state(row) == ("paid", 10 - 40, 0)
    assert cares() == ["refund-came-back"]
    assert told()[-1] == "refund-came-back"
    assert Document.objects.filter(kind="debit-note").count() == 1
    assert differences() == []


def test_our_refund_that_fails_later_is_put_right_as_theirs(till: Till) -> None:
    row = till.bought()
    refund.refund_payment(row, None, "asked for")
    assert till.state(row) == ("refunded", 0, 0)
    name = Repayment.objects.get().provider_id
    till.site.tell("fail-refund", refund=name)

    till.hear()

    assert till.state(row) == ("paid", 40, 0)
    assert cares() == ["refund-came-back"]
    assert isinstance(refund.refund_payment(row, None, "to another card"), Purchase)
    assert (till.state(row), cares()) == (("refunded", 0, 0), [])


def test_a_dispute_after_a_refund_is_a_task_and_takes_connects_once(till: Till) -> None:
    row = till.bought()
    refund.refund_payment(row, None, "asked for")
    dispute = till.dispute(row)
    till.hear()

    assert till.state(row) == ("refunded", 0, 0)
    assert cares() == ["paid-back-twice"]
    assert standing_by_rows()["Liabilities:Undelivered", "USD"] == 6_00
    assert differences() == []

    till.close(dispute, won=True)
    till.hear()
    assert (till.state(row), cares()) == (("refunded", 0, 0), [])


def test_a_dispute_for_another_amount_takes_its_share(till: Till) -> None:
    row = till.bought()
    dispute = till.dispute(row, 1_50)
    till.hear()
    assert till.state(row) == ("charged-back", 30, 0)

    till.close(dispute, won=True)
    till.hear()

    assert till.state(row) == ("paid", 40, 0)
    assert told()[-3:] == ["purchase.dispute_opened", "purchase-reversed", "dispute-won"]
    opened = OutboxEvent.objects.get(code="purchase.dispute_opened")
    assert opened.parameters == {"payment": row.reference, "cents": 1_50, "currency": "USD"}


def test_a_dispute_that_overtakes_a_refund_leaves_one_of_them(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = till.bought()
    with monkeypatch.context() as patch:
        patch.setattr(
            type(provider_named(till.name)), "refund", lambda *_a, **_k: Unreachable("silent")
        )
        refund.refund_payment(row, None, "asked for")
    till.dispute(row)
    till.hear()

    run(NOW + timedelta(hours=1))

    status, held, debt = till.state(row)
    assert (held, debt) == (0, 0)
    # Stripe refuses to give back what is disputed; PayPal does it, and the money went twice.
    assert (status, cares()) == (
        ("charged-back", []) if till.name == "stripe" else ("refunded", ["paid-back-twice"])
    )


def test_messages_backwards_twice_and_late_change_nothing(till: Till) -> None:
    row = till.bought()
    first = till.refund_there(row, 2_00)
    till.site.tell("fail-refund", refund=first)
    dispute = till.dispute(row, 3_00)
    till.close(dispute, won=False)

    till.hear(reverse=True)
    till.hear(again=True, times=2)

    assert till.state(row) == ("charged-back", 20, 0)
    assert Repayment.objects.count() == 2
    assert differences() == []


def test_a_membership_refunded_there_ends_now(till: Till) -> None:
    (kept,) = kept_methods(till.ana)
    assert isinstance(plans.subscribe(till.ana, "plus", "p", f"kept-{kept.pk}"), plans.PlanChanged)
    payment = PlanPayment.objects.get()
    spend(till.ana, 60, NOW)
    till.refund_there(payment)
    till.hear()

    assert till.state(payment) == ("refunded", -40, 20)
    assert Subscription.objects.get(account=till.ana).plan == "basic"


def test_a_part_of_a_months_price_leaves_the_membership(till: Till) -> None:
    (kept,) = kept_methods(till.ana)
    plans.subscribe(till.ana, "plus", "p", f"kept-{kept.pk}")
    payment = PlanPayment.objects.get()

    refund.refund_payment(payment, None, "a bad week", Money(3_75, "USD"))

    # 70 x $3.75 of $14.99 is 17 and a bit.
    assert till.state(payment) == ("paid", 70 - 17, 0)
    assert Subscription.objects.get(account=till.ana).plan == "plus"


def test_staff_have_looked_at_a_task(till: Till) -> None:
    row = till.bought()
    refund.refund_payment(row, None, "asked for")
    till.dispute(row)
    till.hear()
    support = User.objects.create_user("s@test.example", "Su", "x", Role.SUPPORT.value)
    moderator = User.objects.create_user("m@test.example", "Mo", "x", Role.MODERATOR.value)

    assert isinstance(refund.looked_at(row, moderator, "no"), Refused)
    assert isinstance(refund.looked_at(row, support, "answered the dispute"), Purchase)
    assert cares() == []
    assert isinstance(refund.looked_at(row, support, "again"), Refused)

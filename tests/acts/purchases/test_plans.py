"""Plans are paid once, begin once, and renew once, whatever fails on the way."""

from datetime import UTC, datetime, timedelta

import pytest

from connects.acts.money import charge_automatically
from connects.acts.money.save_method import set_method
from connects.acts.purchases import buy as purchases
from connects.acts.purchases import change_plan, retry_renewal
from connects.acts.purchases.retry_renewal import Retried
from connects.billing.port import Answer, Paid, Payer
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.journal.port import HistoryQuery
from connects.journal.proof.verify import verify
from connects.ledger.entries import EntryKind
from connects.market.members.selectors import membership_of
from connects.market.notices.models import Notice
from connects.market.payments.models import Payable
from connects.market.people.models import Account
from connects.market.plans.models import PlanPayment, Subscription
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Parameters, RefusalCode, Refused
from tests.market.people import NOON, registered

MONTH = timedelta(days=31)
pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Account:
    with held_at(NOON):
        return registered("ana", AccountKind.FREELANCER)


def subscribed(account: Account, at: datetime = NOON, key: str = "first") -> object:
    with held_at(at):
        return change_plan.subscribe(account, "plus", key)


def plan_entries(account: Account) -> int:
    totals = journal().totals(account.pk)
    return totals[EntryKind.PLAN].entries if EntryKind.PLAN in totals else 0


def test_the_same_wish_is_paid_and_begun_once(ana: Account) -> None:
    first = subscribed(ana)
    again = subscribed(ana, NOON + timedelta(minutes=1))

    assert isinstance(first, change_plan.PlanChanged)
    assert isinstance(again, change_plan.PlanChanged)
    assert plan_entries(ana) == 1
    assert PlanPayment.objects.count() == 1
    assert isinstance(subscribed(ana, NOON, "second"), Refused)


def test_a_declined_payment_changes_nothing_and_another_key_tries_again(ana: Account) -> None:
    set_method(ana, declines=True)
    for _ in range(2):
        answer = subscribed(ana)
        assert isinstance(answer, Refused)
        assert answer.code is RefusalCode.PAYMENT_DECLINED
    assert Subscription.objects.get(account=ana).plan == "basic"

    set_method(ana, declines=False)

    assert isinstance(subscribed(ana, key="second"), change_plan.PlanChanged)
    assert membership_of(ana, NOON).balance == 90


def test_a_key_that_was_used_for_another_plan_is_refused(ana: Account) -> None:
    subscribed(ana)
    with held_at(NOON):
        answer = change_plan.subscribe(ana, "basic", "first")

    assert isinstance(answer, Refused)
    assert answer.parameters["problem"] == "idempotency_key_reused"


@pytest.mark.parametrize("key", ["", "x" * 101, "a\nb"])
def test_a_bad_key_is_refused(ana: Account, key: str) -> None:
    assert isinstance(subscribed(ana, key=key), Refused)


def test_clients_have_no_plans() -> None:
    with held_at(NOON):
        acme = registered("acme", AccountKind.CLIENT)
        for answer in (
            change_plan.subscribe(acme, "plus", "first"),
            change_plan.cancel(acme),
            change_plan.quote(acme, "plus"),
        ):
            assert isinstance(answer, Refused)
            assert answer.code is RefusalCode.NOT_ALLOWED


class Provider:
    """A provider that counts its charges by their keys, and may stop the process after one."""

    def __init__(self) -> None:
        self.charges: list[str] = []
        self.stops = False

    def take(self, row: Payable, _payer: Payer, _now: datetime) -> Answer:
        if row.charge_key not in self.charges:
            self.charges.append(row.charge_key)
        if self.stops:
            raise ConnectionResetError
        return Paid(f"paid-{row.charge_key}", row.total, fee=0)


@pytest.mark.django_db(transaction=True)
def test_a_renewal_that_stops_after_the_charge_is_charged_once_and_begun_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with held_at(NOON):
        ana = registered("ana", AccountKind.FREELANCER)
    subscribed(ana)
    provider = Provider()
    monkeypatch.setattr(charge_automatically, "request_payment", provider.take)
    provider.stops = True
    renews = NOON + MONTH
    with pytest.raises(ConnectionResetError):
        run(renews)
    assert plan_entries(ana) == 1

    provider.stops = False
    run(renews)
    run(renews)

    assert len(provider.charges) == 1
    assert plan_entries(ana) == 2
    assert [proof.breaches for proof in verify(journal()) if proof.breaches] == []


def test_a_failed_payment_is_tried_again_at_once_when_its_owner_asks() -> None:
    start = datetime(2026, 4, 1, tzinfo=UTC)
    with held_at(start):
        ana = registered("ana", AccountKind.FREELANCER, "fair-2026")
    subscribed(ana, start)
    set_method(ana, declines=True)
    renews = datetime(2026, 5, 1, tzinfo=UTC)
    run(renews)
    assert Subscription.objects.get(account=ana).next_try is not None

    set_method(ana, declines=False)
    retry_renewal.retry_now(ana.pk, renews + timedelta(hours=1))

    held = Subscription.objects.get(account=ana)
    assert held.next_try is None
    assert held.renews == datetime(2026, 6, 1, tzinfo=UTC)
    assert plan_entries(ana) == 2


def declining_plus(start: datetime) -> Account:
    """A member of Plus whose card is declined from the first renewal on, with three tries in a week."""
    with held_at(start):
        ana = registered("ana", AccountKind.FREELANCER, "fair-2026")
    subscribed(ana, start)
    set_method(ana, declines=True)
    return ana


def told(account: Account, code: str) -> list[Parameters]:
    rows = Notice.objects.filter(account=account, code=code).order_by("pk")
    return list(rows.values_list("parameters", flat=True))


def test_trying_again_by_hand_uses_none_of_the_tries_up() -> None:
    start, renews = datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    ana = declining_plus(start)
    run(renews)

    for hour in range(1, 6):
        at = renews + timedelta(hours=hour)
        assert retry_renewal.retry_now(ana.pk, at) is Retried.FAILED
    held = Subscription.objects.get(account=ana)
    assert (held.plan, held.next_try) == ("plus", renews + timedelta(days=3.5))

    run(renews + timedelta(days=6))
    held = Subscription.objects.get(account=ana)
    assert (held.plan, held.next_try) == ("plus", renews + timedelta(days=7))
    run(renews + timedelta(days=7))
    assert Subscription.objects.get(account=ana).plan == "basic"
    assert retry_renewal.retry_now(ana.pk, renews + timedelta(days=8)) is Retried.NOTHING_TO_TRY


def test_a_payment_is_tried_again_by_hand_five_times_an_hour_at_most() -> None:
    start, renews = datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    ana = declining_plus(start)
    run(renews)

    at = renews + timedelta(hours=1)
    tries = [retry_renewal.retry_when_asked(ana.pk, at) for _ in range(6)]

    assert tries[:5] == [Retried.FAILED] * 5
    assert isinstance(tries[5], Refused)
    assert tries[5].parameters["problem"] == "too_many_tries"
    later = at + timedelta(hours=1)
    assert retry_renewal.retry_when_asked(ana.pk, later) is Retried.FAILED


def test_the_try_with_which_a_membership_ends_is_never_called_paid() -> None:
    start, renews = datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    ana = declining_plus(start)
    run(renews + timedelta(days=6))

    assert retry_renewal.retry_now(ana.pk, renews + timedelta(days=9)) is Retried.ENDED


def test_a_failed_renewal_says_why_and_until_when_the_plan_stays() -> None:
    start, renews = datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    ana = declining_plus(start)
    run(renews + timedelta(days=7))

    failures = told(ana, "membership-payment-failed")
    ends = (renews + timedelta(days=7)).isoformat()
    assert [(one["cause"], one["ends"]) for one in failures] == [("declined", ends)] * 2
    assert failures[-1]["next_try"] == ends
    (ended,) = told(ana, "membership-ended")
    assert ended["balance"] in (None, membership_of(ana, renews + timedelta(days=7)).balance)


def test_a_month_that_is_not_renewed_yet_holds_up_a_change(ana: Account) -> None:
    answer = subscribed(ana, NOON + MONTH)

    assert isinstance(answer, Refused)
    assert answer.parameters["problem"] == "renewal_under_way"


def test_a_year_at_once_renews_like_a_year_day_by_day() -> None:
    with held_at(NOON):
        at_once = registered("ana", AccountKind.FREELANCER, "upwork-2018")
    run(NOON + timedelta(days=400))
    first = [(r.entry.kind, r.entry.credits, r.entry.effective) for r in history(at_once)]

    with held_at(NOON + timedelta(days=400)):
        day_by_day = registered("ben", AccountKind.FREELANCER, "upwork-2018")
    for day in range(401):
        run(NOON + timedelta(days=400 + day))
    second = [(r.entry.kind, r.entry.credits) for r in history(day_by_day)]

    assert [(kind, credits) for kind, credits, _ in first] == second
    assert len(second) == 27  # the first month, and thirteen that trim 60 and bring 60


def history(account: Account) -> list:  # type: ignore[type-arg]
    return list(journal().history(HistoryQuery(account.pk, 1_000)))


def test_a_checkout_says_exactly_what_the_next_renewal_would_take(ana: Account) -> None:
    subscribed(ana)
    with held_at(NOON + timedelta(days=1)):
        looked_at = purchases.checkout(ana, 80)
        assert isinstance(looked_at, purchases.Checkout)
        purchases.order(ana, 80, "first")

    run(looked_at.renews)

    assert looked_at.lost == 30  # 90 and 80 are held, 140 may stay
    forfeited = journal().totals(ana.pk)[EntryKind.FORFEIT].credits
    assert -forfeited == looked_at.lost

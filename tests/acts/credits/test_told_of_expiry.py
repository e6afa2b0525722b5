"""What has expired is told, once, whoever wrote it into the journal; and so is what is about to."""

from datetime import timedelta
from typing import Any

import pytest

from connects.acts.credits import tell_of_expiry
from connects.acts.notices.choose_emails import choose_emails
from connects.acts.proposals.hold import hold_proposal
from connects.acts.proposals.submission import ProposalForm
from connects.acts.proposals.withdraw import withdraw_proposal
from connects.acts.purchases import buy
from connects.acts.staff import grant_courtesy
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.market.notices.models import Notice, NoticeEmail, OutboxEvent, ReminderCursor
from connects.market.people.models import Account, User
from connects.market.proposals.models import HeldProposal
from connects.market.purchases.models import Purchase
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, posted, proposed, registered

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=366)
HOUR = timedelta(hours=1)
MOMENT = timedelta(microseconds=1)
ENDS = NOON.replace(year=2020)


@pytest.fixture
def ana() -> Account:
    """Has 20 Connects from her registration, which expire in a year."""
    with held_at(NOON):
        return registered("ana", AccountKind.FREELANCER)


def bought(account: Account, credits: int, key: str = "buy") -> None:
    assert isinstance(buy.order(account, credits, key, "test-accepts"), Purchase)


def told(account: Account, code: str = "connects-expired") -> list[dict[str, Any]]:
    rows = OutboxEvent.objects.filter(account=account, code=code).order_by("id")
    return list(rows.values_list("parameters", flat=True))


def run_until(moment: Any) -> None:
    with held_at(moment):
        run(moment)


def test_a_lot_that_expires_is_told_at_its_instant_with_what_is_left(ana: Account) -> None:
    with held_at(NOON + HOUR):
        bought(ana, 40)
    run_until(ENDS - MOMENT)
    assert told(ana) == []

    run_until(ENDS)

    assert told(ana) == [
        {
            "connects": 20,
            "expired": ENDS.isoformat(),
            "balance": 40,
            "kind": "signup",
            "issued": "2019-05-20",
        }
    ]
    assert list(Notice.objects.filter(account=ana, code="connects-expired")) != []


def test_it_is_told_once_however_often_the_sweep_begins_again(ana: Account) -> None:
    run_until(ENDS)
    once = told(ana)
    ReminderCursor.objects.filter(name="expired").update(until=NOON)
    tell_of_expiry.do_due(ENDS + HOUR, ENDS + HOUR)
    run_until(ENDS + HOUR)

    assert len(once) == 1
    assert told(ana) == once


def test_what_was_used_up_before_is_not_told(ana: Account) -> None:
    with held_at(NOON):
        client = registered("acme", AccountKind.CLIENT)
        balance = journal().wallet(ana.pk).balance
        for number in range(50):
            if journal().wallet(ana.pk).balance == 0:
                break
            proposed(posted(client, f"Job {number}", 40_00), ana, f"key-{number}")
    assert (balance, journal().wallet(ana.pk).balance) == (20, 0)

    run_until(ENDS + HOUR)

    assert told(ana) == []


def test_it_is_told_though_another_act_wrote_it_before_the_sweep(ana: Account) -> None:
    with held_at(NOON + HOUR):
        bought(ana, 40)
        run(NOON + HOUR)
    with held_at(ENDS + timedelta(seconds=2)):
        proposed(posted(registered("acme", AccountKind.CLIENT)), ana)
    assert journal().next_expiry() != ENDS

    run_until(ENDS + timedelta(seconds=5))

    assert [(each["connects"], each["balance"]) for each in told(ana)] == [(20, 40)]


def test_lots_that_end_together_are_told_together(ana: Account) -> None:
    with held_at(NOON):
        bought(ana, 40)
    run_until(ENDS)

    assert told(ana) == [{"connects": 60, "expired": ENDS.isoformat(), "balance": 0}]


def test_an_agency_hears_of_its_own(ana: Account) -> None:
    with held_at(NOON):
        agency = registered("studio", AccountKind.AGENCY)
        bought(agency, 20)
    run_until(ENDS)

    (agencys,) = told(agency)
    assert (agencys["connects"], agencys["kind"]) == (20, "purchase")
    assert len(told(ana)) == 1
    studio = User.objects.get(email="studio@test.example")
    assert NoticeEmail.objects.filter(user=studio, event__code="connects-expired").count() == 1


def test_a_grant_says_that_it_was_one(ana: Account) -> None:
    with held_at(NOON + HOUR):
        grant_courtesy.grant(ana, 5, "sorry", None, "k")
    run_until(ENDS + HOUR)

    assert [each["kind"] for each in told(ana)] == ["signup", "courtesy"]


def test_what_a_hold_had_set_aside_is_told_as_it_comes_back_and_not_twice(ana: Account) -> None:
    with held_at(ENDS - HOUR):
        job = posted(registered("acme", AccountKind.CLIENT))
        held = hold_proposal(job, ana, ProposalForm(key="k", cover_letter="Hello"), 2 * 3600)
        assert isinstance(held, HeldProposal), held
    run_until(ENDS)
    at_its_end = [each["connects"] for each in told(ana)]
    run_until(ENDS + 2 * HOUR)

    (released,) = told(ana, "connects-released")
    assert at_its_end == [20 - released["connects"]]
    assert released["expired"] == released["connects"]
    assert [each["connects"] for each in told(ana)] == at_its_end


def test_what_comes_back_into_a_lot_that_has_ended_is_told_by_its_return_alone(
    ana: Account,
) -> None:
    with held_at(NOON):
        fair = registered("bea", AccountKind.FREELANCER, "fair-2026")
        bought(fair, 20)
        held = journal().wallet(fair.pk).balance
        ends = next(lot.expires for lot in journal().wallet(fair.pk).lots if lot.expires)
    with held_at(ends - timedelta(minutes=5)):
        client = registered("acme", AccountKind.CLIENT, "fair-2026")
        sent = proposed(posted(client), fair)
    run_until(ends)
    at_its_end = told(fair)
    with held_at(ends + timedelta(minutes=5)):
        withdraw_proposal(sent, fair)
    run_until(ends + HOUR)

    (returned,) = told(fair, "connects-returned")
    assert returned["expired"] == returned["connects"] == sent.paid
    assert told(fair) == at_its_end
    assert [each["connects"] for each in at_its_end] == [held - sent.paid]


def test_who_wants_no_emails_of_losses_gets_the_notice_alone(ana: Account) -> None:
    user = User.objects.get(email="ana@test.example")
    choose_emails(user, "losses", "never")
    run_until(ENDS)

    assert Notice.objects.filter(account=ana, code="connects-expired").exists()
    assert not NoticeEmail.objects.filter(user=user, event__code="connects-expired").exists()


def test_an_installation_that_told_nothing_before_does_not_tell_of_all_its_past(
    ana: Account,
) -> None:
    """It begins where its reminders stand: here at that of the second lot, after the first had ended."""
    with held_at(NOON + timedelta(days=60)):
        bought(ana, 10)
    run_until(ENDS + timedelta(days=40))
    OutboxEvent.objects.filter(code="connects-expired").delete()
    ReminderCursor.objects.filter(name="expired").delete()

    run_until(ENDS + YEAR)

    assert [each["connects"] for each in told(ana)] == [10]


def test_however_many_lots_end_at_one_instant_all_are_told(
    ana: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connects.acts.credits.remind_of_expiry.BATCH", 2)
    monkeypatch.setattr("connects.acts.credits.tell_of_expiry.BATCH", 2)
    monkeypatch.setattr("connects.journal.reading.PAGE", 2)
    with held_at(NOON):
        members = [ana, *(registered(f"m{n}", AccountKind.FREELANCER) for n in range(6))]

    run_until(ENDS)

    assert [len(told(each, "connects-expiring")) for each in members] == [2] * 7
    assert [len(told(each)) for each in members] == [1] * 7

"""What was given by mistake is taken back as far as it is left, and debt is written off."""

import pytest
from django.test import Client

from connects.acts.money import refund
from connects.acts.purchases import buy as purchases
from connects.acts.staff import grant_courtesy, take_back_grant
from connects.acts.staff.decide_correction import agree_to_correction
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.ledger.entries import EntryKind
from connects.market.corrections.models import Correction, CorrectionState
from connects.market.notices.models import OutboxEvent
from connects.market.people.models import Account, User
from connects.market.purchases.models import Purchase
from connects.market.trust.models import StaffAct
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.acts.staff.test_courtesy_grants import freelancer, person, problem, state
from tests.market.people import NOON, posted, proposed, registered
from tests.web.confirming import confirm

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Account:
    return freelancer("ana")


@pytest.fixture
def sue() -> User:
    return person("sue", Role.SUPPORT)


def grant(account: Account, credits: int, staff: User | None = None) -> int:
    """The number of the lot that a courtesy became."""
    with held_at(NOON):
        answer = grant_courtesy.grant(account, credits, "a slip", staff, f"grant-{credits}")
    assert state(answer) == CorrectionState.DONE
    return journal().wallet(account.pk).last_entry


def void(
    account: Account, lot: int, credits: int | None, staff: User, key: str = "void"
) -> Correction | Refused:
    with held_at(NOON):
        return take_back_grant.void(account, lot, credits, "a slip of the keyboard", staff, key)


def balance(account: Account) -> int:
    return journal().wallet(account.pk).balance


def test_a_grant_is_lowered_and_its_member_hears_of_it(ana: Account, sue: User) -> None:
    before, lot = balance(ana), grant(ana, 500)

    answer = void(ana, lot, 450, sue)

    assert state(answer) == CorrectionState.DONE
    assert balance(ana) == before + 50
    assert journal().totals(ana.pk)[EntryKind.VOID].credits == -450
    told = OutboxEvent.objects.get(code="connects-voided")
    assert told.parameters["connects"] == 450
    assert StaffAct.objects.filter(act="void", subject="account:ana").exists()


def test_a_whole_lot_is_taken_back_where_no_number_is_given(ana: Account, sue: User) -> None:
    before, lot = balance(ana), grant(ana, 50)

    void(ana, lot, None, sue)
    void(ana, lot, None, sue)

    assert balance(ana) == before
    assert Correction.objects.filter(kind="void").count() == 1


@pytest.mark.parametrize("credits", [51, 10**12])
def test_more_than_is_left_is_refused_and_nothing_moves(
    ana: Account, sue: User, credits: int
) -> None:
    lot = grant(ana, 50)
    before = balance(ana)

    assert problem(void(ana, lot, credits, sue)) == "more_than_is_left"
    assert balance(ana) == before


@pytest.mark.parametrize("lot", [0, 99, 2**40])
def test_a_lot_that_there_is_not_has_nothing_left(ana: Account, sue: User, lot: int) -> None:
    assert problem(void(ana, lot, 1, sue)) == "more_than_is_left"
    assert problem(void(ana, lot, None, sue, "all")) == "more_than_is_left"


@pytest.mark.parametrize("credits", [0, -5])
def test_nothing_and_less_than_nothing_are_not_taken_back(
    ana: Account, sue: User, credits: int
) -> None:
    assert problem(void(ana, grant(ana, 50), credits, sue)) == "not_positive"


def test_above_a_limit_a_second_person_agrees(ana: Account, sue: User) -> None:
    before, lot = balance(ana), grant(ana, 1_001)
    sam = person("sam", Role.SUPPORT)

    waiting = void(ana, lot, 1_001, sue)

    assert state(waiting) == CorrectionState.PROPOSED
    assert isinstance(waiting, Correction)
    assert balance(ana) == before + 1_001
    with held_at(NOON):
        assert problem(agree_to_correction(waiting, sue)) == "second_person"
        assert state(agree_to_correction(waiting, sam)) == CorrectionState.DONE
    assert balance(ana) == before


def test_only_who_may_takes_connects_back(ana: Account) -> None:
    refused = void(ana, grant(ana, 50), 1, person("mo", Role.MODERATOR))

    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.NOT_ALLOWED


def test_debt_is_written_off_as_far_as_it_goes(ana: Account, sue: User) -> None:
    with held_at(NOON):
        purchase = purchases.order(ana, 10, "p")
        assert isinstance(purchase, Purchase)
        client = a_client()
        wallet = journal().wallet(ana.pk)
        for number in range(wallet.balance // 6):
            proposed(posted(client, f"Job {number}", 60_000_00), ana, f"k{number}")
        refund.charge_back(purchase)
    debt = journal().wallet(ana.pk).debt
    assert debt > 0

    with held_at(NOON):
        too_much = take_back_grant.write_off(ana, debt + 1, "goodwill", sue, "a")
        answer = take_back_grant.write_off(ana, debt, "goodwill", sue, "b")

    assert problem(too_much) == "more_than_is_owed"
    assert state(answer) == CorrectionState.DONE
    assert journal().wallet(ana.pk).debt == 0
    assert OutboxEvent.objects.filter(code="debt-written-off").count() == 1


def a_client() -> Account:
    return registered("acme", AccountKind.CLIENT, "upwork-2023")


def test_the_account_page_takes_back_and_says_what_is_wrong(
    client: Client, ana: Account, sue: User
) -> None:
    lot = grant(ana, 50)
    address = "/console/accounts/ana/"
    form = {"act": "void", "lot": lot, "credits": "60", "reason": "a slip", "key": "k1"}

    with held_at(NOON):
        client.force_login(sue)
        refused = client.post(address, form)
        done = confirm(client, address, form | {"credits": "20"})
        page = client.get(address)

    assert refused.status_code == 409
    assert "Enter at most 50: no more of these Connects are left." in refused.content.decode()
    assert done.status_code == 302
    assert "30 left, Courtesy of 20 May 2019" in page.content.decode()

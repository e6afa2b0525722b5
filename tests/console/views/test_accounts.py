"""The page of an account: what staff see of it, what they do to it, and what they are told is wrong."""

from datetime import timedelta

import pytest

from connects.acts.purchases import buy
from connects.bootstrap.journals import journal
from connects.ledger.entries import EntryKind
from connects.market.corrections.models import Correction
from connects.market.grants.models import Badge
from connects.market.members.selectors import rule_book_of
from connects.market.people.models import Account
from connects.market.purchases.models import Purchase
from connects.market.rollout.selectors import moves_of
from connects.vocabulary.parties import Role
from tests.console.desk import Desk, audited
from tests.market.people import NOON, Town

pytestmark = pytest.mark.django_db

ANA = "accounts/ana/"


def account(handle: str = "ana") -> Account:
    return Account.objects.get(handle=handle)


def balance() -> int:
    return journal().wallet(account().pk).balance


def test_accounts_are_found_by_name_or_handle(here: Town) -> None:
    desk = Desk(Role.SUPPORT)

    for words in ("ana", "Ana"):
        page = desk.page("accounts/", q=words)
        assert "/console/accounts/ana/" in page, words
        assert "/console/accounts/studio/" not in page
    assert "/console/accounts/ana/" not in desk.page("accounts/", q="nobody of that name")


@pytest.mark.parametrize("asked", ["%", "_", "'", "x" * 5_000, b"\xff\xfe"])
def test_a_search_for_nonsense_finds_nothing_and_breaks_nothing(
    here: Town, asked: str | bytes
) -> None:
    assert "/console/accounts/ana/" not in Desk(Role.SUPPORT).page("accounts/", q=asked)


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 5_000])
def test_a_page_that_there_is_not_is_a_page_that_there_is(here: Town, page: str) -> None:
    Desk(Role.SUPPORT).page("accounts/", page=page)


def test_an_account_that_is_not_there_is_not_found(here: Town) -> None:
    desk = Desk(Role.OPERATOR)

    desk.page("accounts/nobody/", expected=404)
    assert desk.send("accounts/nobody/", act="suspend", reason="x").status_code == 404
    desk.page("accounts/acme/wallet/", expected=404)


def test_support_sees_what_an_account_holds_and_which_rules_it_is_under(here: Town) -> None:
    page = Desk(Role.SUPPORT).page(ANA)

    assert str(balance()) in page
    assert "upwork-2019-05" in page or "Paid Connects" in page
    assert "renews" in page


def test_a_grant_arrives_at_once_and_its_page_says_so(here: Town) -> None:
    before = balance()
    address = Desk(Role.SUPPORT).do(ANA, credits=7, reason="an outage", key="k1")

    assert balance() == before + 7
    row = Correction.objects.get()
    assert address == f"/console/corrections/{row.pk}/"
    assert "an outage" in Desk(Role.SUPPORT).page(f"corrections/{row.pk}/")
    assert audited("grant") == [("account:ana", "support", "an outage")]


def test_the_same_form_twice_grants_once(here: Town) -> None:
    before = balance()
    for _ in range(2):
        Desk(Role.SUPPORT).do(ANA, credits=7, reason="an outage", key="k1")

    assert balance() == before + 7


@pytest.mark.parametrize(
    "form",
    [
        {"credits": ""},
        {"credits": "0"},
        {"credits": "-3"},
        {"credits": "1.5"},
        {"credits": "9" * 5_000},
        {"credits": "100001"},
        {"reason": ""},
        {"reason": " \t "},
        {"expires": "tomorrow"},
        {"starts": "31 May"},
        {"expires": "2019-05-20T11:59"},
        {"starts": "2019-05-20T11:59"},
        {"expires": "0001-01-01T00:00"},
        {"key": ""},
        {"key": "a\nb"},
    ],
)
def test_a_grant_that_makes_no_sense_is_refused_in_words(
    here: Town, form: dict[str, object]
) -> None:
    before = balance()
    good: dict[str, object] = {"credits": "7", "reason": "an outage", "key": "k1"}

    page = Desk(Role.SUPPORT).refused(ANA, **{**good, **form})

    assert 'role="alert"' in page
    assert balance() == before
    assert not Correction.objects.exists()
    assert audited("grant") == []


def test_a_grant_with_a_beginning_and_an_end_comes_then(here: Town) -> None:
    before = balance()

    Desk(Role.SUPPORT).do(
        ANA,
        credits=7,
        reason="an outage",
        key="k1",
        starts="2019-05-21T12:00",
        expires="2019-06-21T12:00",
    )

    assert balance() == before
    assert Correction.objects.get().starts == NOON + timedelta(days=1)


def test_a_badge_is_added_and_removed_with_its_line(here: Town) -> None:
    desk = Desk(Role.SUPPORT)

    desk.do(ANA, act="add-badge", badge="Top-Rated")
    assert "top-rated" in desk.page(ANA)
    desk.do(ANA, act="remove-badge", badge="top-rated")

    assert not Badge.objects.filter(lost__isnull=True).exists()
    assert audited("add-badge") == [("account:ana", "support", "top-rated")]
    assert audited("remove-badge") == [("account:ana", "support", "top-rated")]


def test_a_badge_brings_what_the_rules_give_for_it(here: Town) -> None:
    before = balance()

    Desk(Role.SUPPORT).do(ANA, act="add-badge", badge="top-rated")
    Desk(Role.SUPPORT).do(ANA, act="add-badge", badge="premium")

    assert balance() == before + 60


@pytest.mark.parametrize("badge", ["", " ", "\u202e"])
def test_a_badge_without_a_name_is_refused(here: Town, badge: str) -> None:
    Desk(Role.SUPPORT).refused(ANA, act="add-badge", badge=badge)
    assert not Badge.objects.exists()


def test_a_badge_that_is_not_held_cannot_be_removed(here: Town) -> None:
    assert "badge" in Desk(Role.SUPPORT).refused(ANA, act="remove-badge", badge="premium").lower()


def test_a_suspended_account_says_so_and_is_reinstated(here: Town) -> None:
    desk = Desk(Role.MODERATOR)

    desk.do(ANA, act="suspend", reason="a fraud")
    assert account().suspended == NOON
    assert "Suspended" in desk.page(ANA)
    desk.do(ANA, act="reinstate", reason="it was none")

    assert account().suspended is None
    assert audited("suspend") == [("account:ana", "moderator", "a fraud")]
    assert audited("reinstate") == [("account:ana", "moderator", "it was none")]


def test_a_move_takes_effect_now_or_after_its_notice(here: Town) -> None:
    desk = Desk(Role.POLICY)

    desk.do(ANA, act="enrol", policy="fair-2026", when="now")
    desk.do("accounts/studio/", act="enrol", policy="fair-2026", when="notice")

    assert rule_book_of(account(), NOON).name == "fair-2026"
    assert rule_book_of(account("studio"), NOON).name == "upwork-2019-05"
    assert len(moves_of(account("studio"))) == 1
    assert [reason for _, _, reason in audited("enrol")] == [
        "to fair-2026, now",
        "to fair-2026, after its notice",
    ]


@pytest.mark.parametrize("policy", ["", "no-such-book", "../../etc/passwd", "upwork-2019-05"])
def test_a_move_to_rules_that_cannot_hold_is_refused(here: Town, policy: str) -> None:
    Desk(Role.POLICY).refused(ANA, act="enrol", policy=policy, when="now")

    assert rule_book_of(account(), NOON).name == "upwork-2019-05"
    assert audited("enrol") == []


def test_what_is_left_of_a_lot_is_taken_back(here: Town) -> None:
    before = balance()
    lot = journal().wallet(account().pk).lots[0].number

    Desk(Role.SUPPORT).do(ANA, act="void", lot=lot, credits=3, reason="given twice", key="v1")

    assert balance() == before - 3
    assert journal().totals(account().pk)[EntryKind.VOID].credits == -3
    assert audited("void") == [("account:ana", "support", "given twice")]


@pytest.mark.parametrize(
    "form",
    [
        {"lot": "x"},
        {"lot": "999"},
        {"credits": "999"},
        {"credits": "0"},
        {"credits": "x"},
        {"reason": ""},
    ],
)
def test_nothing_is_taken_back_that_is_not_there(here: Town, form: dict[str, object]) -> None:
    before = balance()
    good: dict[str, object] = {
        "act": "void",
        "lot": journal().wallet(account().pk).lots[0].number,
        "credits": "1",
        "reason": "given twice",
        "key": "v1",
    }

    Desk(Role.SUPPORT).refused(ANA, **{**good, **form})

    assert balance() == before


@pytest.mark.parametrize("form", [{"credits": "5"}, {"credits": ""}, {"reason": ""}])
def test_debt_that_nobody_has_is_not_written_off(here: Town, form: dict[str, object]) -> None:
    good: dict[str, object] = {"act": "write-off", "credits": "5", "reason": "goodwill", "key": "w"}

    Desk(Role.SUPPORT).refused(ANA, **{**good, **form})


def test_a_membership_that_there_is_not_cannot_be_ended(here: Town) -> None:
    Desk(Role.FINANCE).refused(ANA, act="end-membership", reason="asked for", money="back")
    Desk(Role.FINANCE).refused(ANA, act="end-membership", reason="", money="back")


def test_a_wallets_page_has_its_lines_and_payments_and_is_noted(here: Town) -> None:
    answer = buy.order(account(), 10, "p1")
    assert isinstance(answer, Purchase), answer

    support = Desk(Role.SUPPORT).page("accounts/ana/wallet/")

    assert f"/console/payments/purchase/{answer.public_id}/" in support
    assert "$1.50" in Desk(Role.SUPPORT).page("payments/", account="ana")
    assert str(balance()) in support
    assert "Proposal" in support
    assert audited("read-wallets") == [("account:ana", "support", "")]


def test_an_unknown_act_is_taken_for_a_grant_and_refused_as_one(here: Town) -> None:
    before = balance()

    Desk(Role.OPERATOR).refused(ANA, act="explode")

    assert balance() == before

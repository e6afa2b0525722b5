"""Which rules hold for an account, what it holds under them, and its history page by page."""

from datetime import datetime, timedelta

import pytest

from connects.acts.rules.move_accounts import enrol
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.ledger.entries import EntryKind
from connects.market.members.selectors import (
    InForce,
    carried_over,
    chains_of,
    membership_of,
    party_of,
    rule_book_of,
    rule_books_of,
    wallet_history,
)
from connects.market.people.models import Account
from connects.policy.shelf import shipped
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, posted, proposed, registered

pytestmark = pytest.mark.django_db

FREELANCER = AccountKind.FREELANCER
LATER = NOON + timedelta(days=3)


@pytest.fixture
def ana() -> Account:
    with held_at(NOON):
        return registered("ana", FREELANCER)


def moved(account: Account, name: str, at: datetime = LATER) -> None:
    with held_at(at):
        assert not hasattr(enrol(account, name, notice=False), "code")


def test_rules_hold_from_their_instant_on(ana: Account) -> None:
    moved(ana, "fair-2026")

    before = rule_book_of(ana, LATER - timedelta(microseconds=1))
    assert before.name == "upwork-2019-05"
    assert rule_book_of(ana, LATER).name == "fair-2026"
    assert [link.book.name for link in chains_of([ana.pk], LATER)[ana.pk]] == [
        "upwork-2019-05",
        "fair-2026",
    ]


def test_the_first_rules_hold_before_the_registration_too(ana: Account) -> None:
    assert rule_book_of(ana, NOON - timedelta(days=900)).name == "upwork-2019-05"


def test_the_rules_of_many_accounts_take_one_query(
    ana: Account, django_assert_num_queries: object
) -> None:
    with held_at(NOON):
        ben = registered("ben", FREELANCER, "fair-2026")
    rule_books_of([ana.pk, ben.pk], NOON)

    with django_assert_num_queries(1):  # type: ignore[operator]
        books = rule_books_of([ana.pk, ben.pk], NOON)

    assert [books[account.pk].name for account in (ana, ben)] == ["upwork-2019-05", "fair-2026"]
    assert rule_books_of([], NOON) == {}


def test_a_party_is_an_account_under_its_rules_and_plan(ana: Account) -> None:
    moved(ana, "freelancer-com")

    assert (party_of(ana, NOON).plan, party_of(ana, NOON).book.name) == ("basic", "upwork-2019-05")
    assert (party_of(ana, LATER).plan, party_of(ana, LATER).book.name) == ("free", "freelancer-com")
    assert party_of(ana, LATER).kind is FREELANCER


@pytest.mark.parametrize(
    ("names", "keep", "bought_too"),
    [
        (["upwork-2018", "upwork-2019-05"], 0, True),
        (["upwork-2018", "upwork-2019-05", "fair-2026"], 140, True),
        (["fair-2026", "upwork-2019-05"], None, False),
        (["upwork-2019-05", "fair-2026", "upwork-2019-05"], None, False),
    ],
)
def test_the_most_generous_of_all_earlier_rules_protects_what_was_carried(
    names: list[str], keep: int | None, bought_too: bool
) -> None:
    chain = tuple(
        InForce(NOON + timedelta(days=number), shipped(name)) for number, name in enumerate(names)
    )
    carried = carried_over(chain, FREELANCER, "basic")

    assert carried is not None
    assert (carried.moved, carried.keep, carried.bought_too) == (chain[-1].since, keep, bought_too)


def test_who_never_moved_carries_nothing_over() -> None:
    assert carried_over((InForce(NOON, shipped("fair-2026")),), FREELANCER, "basic") is None


def test_a_membership_says_what_is_held_and_what_may_be(ana: Account) -> None:
    view = membership_of(ana, NOON)

    assert (view.plan_title, view.per_month, view.balance, view.debt) == ("Basic", 0, 20, 0)
    assert (view.limit, view.next_title, view.rollover_loss) == (350, "", 0)
    assert view.book.name == "upwork-2019-05"
    assert [lot.credits for lot in view.lots] == [20]


def test_lots_whose_time_has_come_are_held_no_more(ana: Account) -> None:
    view = membership_of(ana, NOON + timedelta(days=366))

    assert (view.balance, view.lots) == (0, ())
    assert journal().wallet(ana.pk).balance == 20, "the expiry is not written yet"


@pytest.fixture
def busy(ana: Account) -> Account:
    """An account with five lines: a grant, then four proposals of one Connect."""
    with held_at(NOON):
        acme = registered("acme", AccountKind.CLIENT)
        for number in range(4):
            proposed(posted(acme, f"Work {number}", 30_00), ana, f"k{number}")
    return ana


def numbers(account: Account, limit: int, before: int | None = None) -> list[int]:
    return [record.entry.number for record in wallet_history(account, limit, before).records]


def test_a_history_is_read_backwards_page_by_page(busy: Account) -> None:
    first = wallet_history(busy, 2)

    assert numbers(busy, 2) == [5, 4]
    assert first.next_before is not None
    assert numbers(busy, 2, first.next_before) == [3, 2]
    assert numbers(busy, 99) == [5, 4, 3, 2, 1]
    assert wallet_history(busy, 5).next_before is None


def test_a_history_shows_only_the_kinds_that_are_asked_for(busy: Account) -> None:
    page = wallet_history(busy, 10, kinds=(EntryKind.SIGNUP,))

    assert [record.entry.kind for record in page.records] == [EntryKind.SIGNUP]


def test_a_history_is_nobodys_else(busy: Account) -> None:
    with held_at(NOON):
        ben = registered("ben", FREELANCER)

    assert {record.entry.wallet for record in wallet_history(ben, 10).records} == {ben.pk}

"""Wallets with very many lots: most of them rest outside of what a spend reads and writes."""

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from connects.bootstrap.journals import journal, post_alone
from connects.journal.databases.choose import store_of
from connects.journal.port import Posted
from connects.journal.post import Journal
from connects.journal.proof.verify import verify
from connects.journal.rows import SHOWN, SHOWN_MOST
from connects.ledger.commands import Command, Expire, Forfeit, Issue, Return, Spend
from connects.ledger.lots import LotKind
from connects.ledger.replay import replay
from tests.journal.test_contract import NOW, frame

DAY = timedelta(days=1)
LOTS = 200

pytestmark = pytest.mark.django_db(transaction=True)


def lot(wallet: int, number: int) -> Issue:
    # Issued in an order that is not that of the burning.
    days = 1 + number * 37 % LOTS
    return Issue(
        **frame(wallet, f"lot-{number}"), kind=LotKind.BONUS, credits=3, expires=NOW + days * DAY
    )


def spend(wallet: int, key: str, credits: int, at: datetime = NOW) -> Spend:
    return Spend(**frame(wallet, key, at), credits=credits)


@pytest.fixture
def ledger() -> Journal:
    made = Journal(store_of())
    made.store.open_wallets([1, 2])
    post(made, [lot(1, number) for number in range(LOTS)])
    return made


def post(made: Journal, commands: list[Command], at: datetime = NOW) -> None:
    with transaction.atomic():
        outcomes = made.post(commands, at)
    assert all(isinstance(outcome, Posted) for outcome in outcomes), outcomes


def assert_as_its_journal_says(made: Journal) -> None:
    entries = [record.entry for record in made.records(1)]
    assert made.wallet(1) == replay(1, entries)
    with transaction.atomic():
        assert made.store.lock([1])[1].wallet == replay(1, entries)
    assert [proof.breaches for proof in verify(made) if proof.breaches] == []


def listed() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lots FROM journal_wallet WHERE id = 1")
        text: str = cursor.fetchone()[0]
        return text


def test_the_row_lists_few_lots_and_how_many_rest(ledger: Journal) -> None:
    assert listed().count('"bonus"') <= SHOWN_MOST
    assert len(ledger.wallet(1).lots) == LOTS
    assert_as_its_journal_says(ledger)


def test_spends_that_use_up_lot_after_lot_come_to_those_that_rest(ledger: Journal) -> None:
    for number in range(3 * LOTS // 7):
        post(ledger, [spend(1, f"s{number}", 7)])

    assert ledger.wallet(1).balance == 3 * LOTS % 7
    assert_as_its_journal_says(ledger)


def test_one_batch_may_use_up_what_is_listed_and_more(ledger: Journal) -> None:
    many: list[Command] = [spend(1, f"s{number}", 4) for number in range(SHOWN)]
    post(ledger, [*many, lot(2, 0), lot(1, LOTS), *(spend(1, f"t{n}", 9) for n in range(20))])

    assert_as_its_journal_says(ledger)


def test_a_spend_that_needs_more_than_is_listed_is_paid(ledger: Journal) -> None:
    post(ledger, [spend(1, "large", 3 * LOTS - 1)])

    assert ledger.wallet(1).balance == 1
    assert_as_its_journal_says(ledger)


def test_what_has_come_due_expires_though_it_rests(ledger: Journal) -> None:
    late = NOW + (LOTS // 2) * DAY
    post(ledger, [Expire(**frame(1, "sweep", late))], late)

    assert ledger.wallet(1).balance == 3 * (LOTS - LOTS // 2)
    assert_as_its_journal_says(ledger)


def test_a_spend_long_after_expires_first_what_rests(ledger: Journal) -> None:
    late = NOW + (LOTS - 2) * DAY
    post(ledger, [spend(1, "late", 4, late)], late)

    assert ledger.wallet(1).balance == 2
    assert_as_its_journal_says(ledger)


def test_returns_trims_and_grants_see_all_lots(ledger: Journal) -> None:
    post(ledger, [spend(1, "s", 5)])
    back = Return(
        **frame(1, "back"), spend=ledger.wallet(1).last_entry, credits=5, grace=timedelta(0)
    )
    post(ledger, [back, lot(1, LOTS), Forfeit(**frame(1, "trim"), keep=100, bought_too=True)])

    assert ledger.wallet(1).balance == 100
    assert_as_its_journal_says(ledger)


def test_callers_alone_and_pages_of_wallets_see_all_lots(ledger: Journal) -> None:
    outcomes = post_alone([spend(1, "a", 4), lot(2, 1)], NOW)
    outcomes += post_alone([lot(2, number) for number in range(2, SHOWN_MOST + 4)], NOW)

    assert all(isinstance(outcome, Posted) for outcome in outcomes)
    assert [len(stored.wallet.lots) for stored in journal().wallets()] == [
        LOTS - 1,
        SHOWN_MOST + 3,
    ]
    assert_as_its_journal_says(ledger)


def test_resting_lots_that_somebody_changed_are_found(ledger: Journal) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_wallet SET resting = '[]' WHERE id = 1")

    assert any(proof.breaches for proof in verify(ledger))

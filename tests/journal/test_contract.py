"""One contract for every store: in memory, and on the database that the tests run on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, InternalError, connection, transaction

from connects.journal.batch import LostWallet
from connects.journal.databases.choose import store_of
from connects.journal.port import HistoryQuery, Posted, Row, Store
from connects.journal.post import Journal
from connects.journal.proof.verify import verify
from connects.journal.reading import whole_wallets
from connects.journal.rows import ADDRESS
from connects.journal.slices import SLICE
from connects.ledger.commands import (
    Capture,
    Command,
    Expire,
    Forfeit,
    Issue,
    Return,
    Reverse,
    Spend,
)
from connects.ledger.entries import EntryKind
from connects.ledger.lots import LotKind
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.journal.in_front import InFront
from tests.journal.memory_store import MemoryStore

NOW = datetime(2019, 5, 20, 9, 0, 0, 123456, tzinfo=UTC)
YEAR = timedelta(days=365)
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["memory", "database"])
def journal(request: pytest.FixtureRequest) -> Journal:
    made = Journal(MemoryStore() if request.param == "memory" else store_of())
    made.store.open_wallets([1, 2, 3])
    return made


def frame(wallet: int, key: str, at: datetime = NOW) -> dict[str, Any]:
    return {
        "wallet": wallet,
        "key": key,
        "reference": f"test:{key}",
        "rule_book": "test@1",
        "effective": at,
    }


def issue(wallet: int, credits: int, key: str = "issue", **more: Any) -> Issue:
    given = {"kind": LotKind.PURCHASE, "expires": NOW + YEAR, "cost_cents": credits * 15, **more}
    return Issue(**frame(wallet, key), credits=credits, **given)


def spend(wallet: int, credits: int, key: str = "spend", at: datetime = NOW) -> Spend:
    return Spend(**frame(wallet, key, at), credits=credits)


def give_back(wallet: int, entry: int, credits: int, key: str = "return") -> Return:
    return Return(**frame(wallet, key), spend=entry, credits=credits, grace=timedelta(days=30))


def hold(wallet: int, credits: int, key: str = "hold") -> Spend:
    return Spend(**frame(wallet, key), credits=credits, kind=EntryKind.HOLD)


def release(wallet: int, entry: int, credits: int, key: str = "release") -> Return:
    return Return(
        **frame(wallet, key), spend=entry, credits=credits, grace=None, kind=EntryKind.RELEASE
    )


def broken(journal: Journal) -> list[str]:
    return [breach for proof in verify(journal) for breach in proof.breaches]


def test_a_batch_is_posted_in_order_and_whole(journal: Journal) -> None:
    outcomes = journal.post([issue(1, 20), spend(1, 5), issue(2, 10), spend(1, 4, "b")], NOW)

    assert all(isinstance(outcome, Posted) for outcome in outcomes)
    assert journal.wallet(1).balance == 11
    assert journal.wallet(2).balance == 10
    assert broken(journal) == []


def test_what_was_posted_reads_back_as_it_was(journal: Journal) -> None:
    outcomes = journal.post([issue(1, 20), spend(1, 5)], NOW)

    posted = [outcome.record for outcome in outcomes if isinstance(outcome, Posted)]
    assert list(journal.records(1)) == posted
    assert journal.entry(1, 2) == posted[1]
    last = outcomes[-1]
    assert isinstance(last, Posted)
    assert journal.wallet(1) == last.wallet


def test_lines_are_found_by_when_they_were_written(journal: Journal) -> None:
    later = NOW + timedelta(hours=1)
    with transaction.atomic():
        journal.post([issue(1, 10), issue(2, 5)], NOW)
        journal.post([spend(1, 3)], later)

    def found(since: datetime, until: datetime) -> list[tuple[int, str]]:
        lines = journal.recorded(since, until)
        return sorted((line.entry.wallet, line.entry.key) for line in lines)

    assert found(NOW, later) == [(1, "issue"), (2, "issue")]
    assert found(later, later + YEAR) == [(1, "spend")]
    assert found(NOW - YEAR, NOW) == []


def test_the_same_key_again_gives_the_first_answer(journal: Journal) -> None:
    (first,) = journal.post([issue(1, 20)], NOW)
    (again,) = journal.post([issue(1, 20)], NOW + timedelta(days=1))

    assert isinstance(first, Posted)
    assert isinstance(again, Posted)
    assert again.record == first.record
    assert again.repeated
    assert journal.wallet(1).balance == 20


def test_the_same_key_within_one_batch_counts_once(journal: Journal) -> None:
    outcomes = journal.post([issue(1, 20), issue(1, 20)], NOW)

    assert [o.repeated for o in outcomes if isinstance(o, Posted)] == [False, True]
    assert journal.wallet(1).balance == 20


def test_the_same_key_with_another_body_is_refused(journal: Journal) -> None:
    journal.post([issue(1, 20)], NOW)

    (answer,) = journal.post([issue(1, 21)], NOW)

    assert isinstance(answer, Refused)
    assert answer.parameters["problem"] == "idempotency_key_reused"


def test_a_key_belongs_to_its_wallet(journal: Journal) -> None:
    journal.post([issue(1, 20), issue(2, 30)], NOW)

    assert (journal.wallet(1).balance, journal.wallet(2).balance) == (20, 30)


def test_a_refusal_changes_nothing_and_holds_up_no_other(journal: Journal) -> None:
    outcomes = journal.post([issue(1, 5), spend(1, 9), spend(1, 4, "b"), spend(9, 1)], NOW)

    assert [isinstance(outcome, Refused) for outcome in outcomes] == [False, True, False, True]
    assert journal.wallet(1).balance == 1
    assert journal.store.count_entries() == 2
    assert broken(journal) == []


def test_a_refused_key_may_succeed_later(journal: Journal) -> None:
    journal.post([spend(1, 5)], NOW)
    journal.post([issue(1, 20)], NOW)

    (answer,) = journal.post([spend(1, 5)], NOW)

    assert isinstance(answer, Posted)
    assert not answer.repeated


def test_a_spend_of_an_earlier_batch_comes_back(journal: Journal) -> None:
    journal.post([issue(1, 5, "a"), issue(1, 5, "b", expires=NOW + 2 * YEAR)], NOW)
    journal.post([spend(1, 8)], NOW)

    journal.post([give_back(1, 3, 8)], NOW)

    assert [(lot.number, lot.credits) for lot in journal.wallet(1).lots] == [(1, 5), (2, 5)]
    assert broken(journal) == []


def test_a_spend_of_the_same_batch_comes_back(journal: Journal) -> None:
    journal.post([issue(1, 10)], NOW)

    journal.post([spend(1, 10), give_back(1, 2, 10)], NOW)

    assert journal.wallet(1).balance == 10
    assert broken(journal) == []


def test_what_is_held_is_captured_or_released_in_the_batch_or_in_a_later_one(
    journal: Journal,
) -> None:
    journal.post([issue(1, 20), hold(1, 5, "a"), hold(1, 6, "b")], NOW)
    assert (journal.wallet(1).balance, journal.wallet(1).held) == (9, 11)

    captured, released, _, again = journal.post(
        [
            Capture(**frame(1, "capture a"), hold=2),
            release(1, 3, 6, "release b"),
            hold(1, 4, "c"),
            Capture(**frame(1, "capture c"), hold=7),
        ],
        NOW,
    )

    assert isinstance(captured, Posted)
    assert captured.record is not None
    assert captured.record.entry.kind is EntryKind.SPEND
    assert isinstance(released, Posted)
    assert isinstance(again, Posted)
    wallet = journal.wallet(1)
    assert (wallet.balance, wallet.held) == (11, 0)
    assert {kind.value: total.credits for kind, total in journal.totals(1).items()} == {
        "purchase": 20,
        "hold": -15,
        "release": 15,
        "spend": -9,
    }
    assert broken(journal) == []


def test_a_capture_said_again_gives_the_first_answer(journal: Journal) -> None:
    journal.post([issue(1, 20), hold(1, 5)], NOW)
    (first,) = journal.post([Capture(**frame(1, "capture"), hold=2)], NOW)

    (again,) = journal.post([Capture(**frame(1, "capture"), hold=2)], NOW)
    (other,) = journal.post([Capture(**frame(1, "another"), hold=2)], NOW)

    assert isinstance(first, Posted)
    assert isinstance(again, Posted)
    assert again.repeated
    assert again.record == first.record
    assert isinstance(other, Refused)
    assert other.parameters["problem"] == "held_no_longer"


def test_what_came_back_of_a_hold_before_is_counted_by_the_journal(journal: Journal) -> None:
    journal.post([issue(1, 20), hold(1, 5)], NOW)
    journal.post([release(1, 2, 3, "first")], NOW)

    (too_much,) = journal.post([release(1, 2, 3, "second")], NOW)
    (rest,) = journal.post([Capture(**frame(1, "capture"), hold=2)], NOW)

    assert isinstance(too_much, Refused)
    assert isinstance(rest, Posted)
    assert rest.record is not None
    assert rest.record.entry.credits == -2
    assert journal.wallet(1).held == 0


def test_a_return_of_what_was_never_spent_is_refused(journal: Journal) -> None:
    (answer,) = journal.post([give_back(1, 7, 1)], NOW)

    assert isinstance(answer, Refused)
    assert answer.code is RefusalCode.INVALID


def test_a_return_of_what_was_no_spend_is_refused_alone(journal: Journal) -> None:
    bought, returned, spent = journal.post([issue(1, 20), give_back(1, 1, 5), spend(1, 2)], NOW)

    assert isinstance(bought, Posted)
    assert returned == Refused(RefusalCode.INVALID, {"problem": "not_a_spend"})
    assert isinstance(spent, Posted)
    assert journal.wallet(1).balance == 18


def test_an_atomic_batch_with_a_refusal_posts_nothing(journal: Journal) -> None:
    journal.post([issue(1, 20)], NOW)
    batch: list[Command] = [issue(1, 20), spend(1, 5), spend(2, 1), issue(3, 9)]

    outcomes = journal.post(batch, NOW, atomic=True)

    again, own, poor, other = outcomes
    assert isinstance(again, Posted)
    assert again.repeated
    assert isinstance(poor, Refused)
    assert poor.code is RefusalCode.INSUFFICIENT_CONNECTS
    assert own == other == Refused(RefusalCode.BATCH_REFUSED)
    assert [journal.wallet(n).balance for n in (1, 2, 3)] == [20, 0, 0]
    assert broken(journal) == []


def test_an_atomic_batch_without_a_refusal_is_posted_whole(journal: Journal) -> None:
    count = SLICE + 50
    spends = [spend(1, 1, f"s{n}") for n in range(count)]

    outcomes = journal.post([issue(1, count), *spends], NOW, atomic=True)

    assert all(isinstance(outcome, Posted) for outcome in outcomes)
    assert journal.wallet(1).balance == 0
    assert broken(journal) == []


def test_a_long_atomic_batch_refused_at_its_end_leaves_no_line(journal: Journal) -> None:
    count = 2 * SLICE
    spends = [spend(1, 1, f"s{n}") for n in range(count + 1)]

    outcomes = journal.post([issue(1, count), *spends], NOW, atomic=True)

    assert not any(isinstance(outcome, Posted) for outcome in outcomes)
    assert journal.store.count_entries() == 0


class Misplacing(InFront):
    """Locks the wallet with the opposite id: what a fault of the batches could come to."""

    def lock_rows(self, wallets: Sequence[int]) -> Mapping[int, Row]:
        rows = self.behind.lock_rows([-wallet for wallet in wallets])
        nowhere = "(4000000,1)"
        return {-wallet: (-wallet, *row[1:ADDRESS], nowhere) for wallet, row in rows.items()}


def test_a_wallet_that_is_not_where_it_was_read_fails_its_batch() -> None:
    store_of().open_wallets([1])

    with pytest.raises(LostWallet, match="1 wallets"), transaction.atomic():
        Journal(Misplacing(store_of())).post([issue(-1, 20)], NOW)

    assert store_of().count_entries() == 0


class Locks(InFront):
    """Notes which wallets are locked together."""

    def __init__(self, behind: Store) -> None:
        super().__init__(behind)
        self.locked: list[list[int]] = []

    def lock_rows(self, wallets: Sequence[int]) -> Mapping[int, Row]:
        self.locked.append(list(wallets))
        return self.behind.lock_rows(wallets)


def test_a_wallet_that_is_held_is_locked_once_and_posted_to_as_it_was_read(
    journal: Journal,
) -> None:
    journal.post([issue(1, 20), issue(2, 20)], NOW)
    locks = Locks(journal.store)
    holding = Journal(locks).holding([1])

    first = holding.post_one(spend(1, 5, "a"), NOW)
    second = holding.post_one(spend(1, 5, "b"), NOW)
    both = Journal(locks).holding([1]).post([spend(1, 1, "c"), spend(2, 1, "d")], NOW)

    assert all(isinstance(outcome, Posted) for outcome in (first, second, *both))
    assert locks.locked == [[1], [1], [1], [1, 2]], "a second batch finds the wallet as it is now"
    assert [journal.wallet(wallet).balance for wallet in (1, 2)] == [9, 19]
    assert broken(journal) == []


def test_a_trim_that_finds_only_what_has_expired_has_no_line_of_its_own(journal: Journal) -> None:
    journal.post([issue(1, 5)], NOW)

    (answer,) = journal.post(
        [Forfeit(**frame(1, "trim", NOW + YEAR), keep=0, bought_too=True)], NOW + YEAR
    )

    assert isinstance(answer, Posted)
    assert answer.record is None
    assert journal.wallet(1).balance == 0
    assert broken(journal) == []


def test_a_reversed_purchase_leaves_its_spending_as_debt(journal: Journal) -> None:
    journal.post([issue(1, 10), spend(1, 4)], NOW)

    journal.post([Reverse(**frame(1, "reverse"), lot=1)], NOW)

    assert (journal.wallet(1).balance, journal.wallet(1).debt) == (0, 4)
    assert broken(journal) == []


def long_batch() -> list[Command]:
    """More than one slice, with what a long batch may hold: repeats, refusals and looks back."""
    commands: list[Command] = []
    for n in range(SLICE):
        wallet = n % 3 + 1
        commands += [
            issue(wallet, 3, f"issue-{n}", expires=NOW + timedelta(days=n % 7 + 1)),
            spend(wallet, n % 5 + 1, f"spend-{n}", NOW + timedelta(hours=n)),
        ]
        if n % 10 == 0:
            commands.append(spend(wallet, n % 5 + 1, f"spend-{n}", NOW + timedelta(hours=n)))
        if n % 25 == 0:
            commands += [
                give_back(wallet, 2, 1, f"return-{n}")
                if n % 2
                else Expire(**frame(wallet, f"expire-{n}", NOW + timedelta(hours=n))),
                Forfeit(**frame(wallet, f"trim-{n}"), keep=9, bought_too=True),
                issue(wallet, 4, f"issue-{n}"),
            ]
    return commands


def test_a_long_batch_does_what_its_commands_do_one_by_one(journal: Journal) -> None:
    reference = Journal(MemoryStore())
    reference.store.open_wallets([1, 2, 3])
    for wallet in (1, 2, 3):
        for one in (journal, reference):
            one.post([issue(wallet, 50, "first"), spend(wallet, 20, "paid")], NOW)
    commands = long_batch()
    assert len(commands) > 2 * SLICE

    for _ in range(2):
        assert journal.post(commands, NOW) == [reference.post_one(c, NOW) for c in commands]

    for wallet in (1, 2, 3):
        assert journal.wallet(wallet) == reference.wallet(wallet)
        assert list(journal.records(wallet)) == list(reference.records(wallet))
    assert broken(journal) == []


def test_one_repeated_key_makes_a_long_batch_look_back_anew(journal: Journal) -> None:
    journal.post([issue(1, 9), spend(1, 2, "early"), issue(2, 9)], NOW)
    fillers = [spend(3, 1, f"filler-{n}") for n in range(2 * SLICE)]

    outcomes = journal.post(
        [
            spend(1, 2, "early"),
            give_back(1, 2, 2),
            spend(1, 1, "late"),
            give_back(1, 4, 1, "again"),
            Reverse(**frame(2, "reverse"), lot=1),
            *fillers,
            spend(1, 2, "early"),
        ],
        NOW,
    )

    assert [o.repeated for o in outcomes if isinstance(o, Posted)] == [True, *[False] * 4, True]
    assert (journal.wallet(1).balance, journal.wallet(2).balance) == (9, 0)
    assert broken(journal) == []


@pytest.mark.parametrize("place", [0, SLICE, 2 * SLICE - 1])
def test_a_key_that_was_answered_is_found_wherever_it_stands_in_a_long_batch(
    journal: Journal, place: int
) -> None:
    spends = [spend(1 + n % 3, 1, f"s{n}") for n in range(2 * SLICE)]
    journal.post([issue(n, 2 * SLICE) for n in (1, 2, 3)], NOW)
    first = journal.post_one(spends[place], NOW)

    outcomes = journal.post(spends, NOW)

    assert isinstance(first, Posted)
    repeated = [n for n, o in enumerate(outcomes) if isinstance(o, Posted) and o.repeated]
    assert repeated == [place]
    assert journal.totals(1)[EntryKind.SPEND].credits == -len(spends[::3])
    assert broken(journal) == []


def test_a_refusal_in_a_long_batch_whose_key_was_answered_gives_the_first_answer(
    journal: Journal,
) -> None:
    journal.post([issue(1, 2 * SLICE), issue(2, 5)], NOW)
    paid = spend(2, 5, "all")
    journal.post_one(paid, NOW)
    spends: list[Command] = [spend(1, 1, f"s{n}") for n in range(2 * SLICE)]

    *others, again, poor = journal.post([*spends, paid, spend(2, 1, "more")], NOW)

    assert isinstance(again, Posted), "by its wallet it would be refused now"
    assert again.repeated
    assert isinstance(poor, Refused)
    assert not any(isinstance(other, Posted) and other.repeated for other in others)
    assert journal.wallet(1).balance == 0


def test_a_long_batch_that_the_database_refuses_for_another_reason_says_so() -> None:
    journal = Journal(store_of())
    journal.store.open_wallets([1, 2])
    with transaction.atomic():
        journal.post([issue(1, 3 * SLICE), issue(2, 20)], NOW)
        spends = [spend(1, 1, f"s{n}") for n in range(2 * SLICE)]
    # A balance that its lots belie: the column's own check says no to what is left of it.
    connection.cursor().execute("UPDATE journal_wallet SET balance = 1 WHERE id = 2")

    with pytest.raises(DatabaseError), transaction.atomic():
        journal.post([*spends, spend(2, 5)], NOW)

    connection.cursor().execute("UPDATE journal_wallet SET balance = 20 WHERE id = 2")

    assert journal.wallet(1).balance == 3 * SLICE
    assert broken(journal) == []


def test_an_empty_batch_has_no_outcomes(journal: Journal) -> None:
    assert journal.post([], NOW) == []


def test_what_the_database_refuses_refuses_the_whole_batch_and_leaves_it_usable() -> None:
    journal = Journal(store_of())
    journal.store.open_wallets([1, 2])
    journal.post([issue(1, 20), issue(2, 999)], NOW)
    connection.cursor().execute("UPDATE journal_wallet SET last_entry = 0 WHERE id = 1")
    spends = [spend(2, 1, f"spend-{n}") for n in range(SLICE)]

    # Citus passes on what a node says of a row that is there already, but not that it is that.
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        journal.post([*spends, spend(1, 5), *spends], NOW)

    assert journal.store.count_entries() == 2
    assert journal.wallet(2).balance == 999
    assert isinstance(journal.post([spend(2, 1)], NOW)[0], Posted)


def test_expiring_wallets_and_lots_are_found(journal: Journal) -> None:
    journal.post([issue(1, 5), issue(2, 5, expires=NOW + 2 * YEAR), issue(3, 5, expires=None)], NOW)
    store = journal.store

    assert store.next_expiry() == NOW + YEAR
    assert list(store.wallets_expiring(NOW + YEAR - timedelta(microseconds=1), 10)) == []
    assert list(store.wallets_expiring(NOW + 3 * YEAR, 10)) == [1, 2]
    found = store.lots_expiring(NOW + YEAR, NOW + 2 * YEAR, 10)
    assert [(lot.wallet, lot.lot) for lot in found] == [(2, 1)]

    journal.post([Expire(**frame(1, "x", NOW + YEAR))], NOW + YEAR)
    assert journal.wallet(1).balance == 0
    assert store.next_expiry() == NOW + 2 * YEAR


def test_the_lines_are_found_by_which_lots_expired(journal: Journal) -> None:
    """One that was filled again expires twice; lot 1 is not taken for lot 11, nor for another's."""
    many = [issue(1, 1, f"i{n}", expires=NOW + YEAR + n * HOUR) for n in range(11)]
    journal.post([*many, issue(2, 5), spend(2, 3)], NOW)
    journal.post(
        [Expire(**frame(wallet, "x", NOW + 2 * YEAR)) for wallet in (1, 2)], NOW + 2 * YEAR
    )
    late = Return(**frame(2, "late", NOW + 2 * YEAR), spend=2, credits=3, grace=None)
    journal.post([late], NOW + 2 * YEAR)

    def found(*lots: tuple[int, int]) -> list[tuple[int, int, int]]:
        entries = [record.entry for record in journal.expiries_of(lots)]
        assert {entry.kind for entry in entries} <= {EntryKind.EXPIRE}
        return sorted((entry.wallet, entry.draws[0].lot, entry.credits) for entry in entries)

    assert found((1, 1)) == [(1, 1, -1)]
    assert found((1, 11), (2, 1), (3, 1)) == [(1, 11, -1), (2, 1, -3), (2, 1, -2)]
    assert found() == []


def test_lots_that_end_at_one_instant_are_all_found_in_however_small_pages(
    journal: Journal,
) -> None:
    journal.post([issue(wallet, 1, f"i{n}") for wallet in (3, 1, 2) for n in range(3)], NOW)
    later = issue(2, 1, "later", expires=NOW + 2 * YEAR)
    journal.post([later], NOW)

    for page in (1, 2, 4, 100):
        lots = list(journal.lots_expiring(NOW, NOW + YEAR, page))
        assert [(lot.wallet, lot.lot) for lot in lots] == [
            (w, n) for w in (1, 2, 3) for n in (1, 2, 3)
        ]
        batches = list(whole_wallets(lots, 2))
        assert [{lot.wallet for lot in batch} for batch in batches] == [{1}, {2}, {3}]


def test_the_history_is_paged_newest_first_and_filtered(journal: Journal) -> None:
    journal.post([issue(1, 20), *(spend(1, 1, f"s{n}") for n in range(5))], NOW)

    page = journal.history(HistoryQuery(1, limit=2))
    assert [record.entry.number for record in page] == [6, 5]
    page = journal.history(HistoryQuery(1, limit=9, before=5))
    assert [record.entry.number for record in page] == [4, 3, 2, 1]
    page = journal.history(HistoryQuery(1, limit=9, kinds=(EntryKind.PURCHASE,)))
    assert [record.entry.number for record in page] == [1]
    assert journal.totals(1)[EntryKind.SPEND].credits == -5


def test_keys_and_references_may_hold_any_printable_text(journal: Journal) -> None:
    odd = replace(issue(1, 5), key="a'b\"c\\|é–{}%s", reference="x'%s\\")

    journal.post([odd], NOW)

    assert journal.post([odd], NOW)[0].repeated  # type: ignore[union-attr]
    assert broken(journal) == []


@pytest.mark.parametrize(
    "statement", ["UPDATE journal_entry SET credits = 99", "DELETE FROM journal_entry"]
)
def test_the_database_refuses_to_change_or_delete_entries(statement: str) -> None:
    journal = Journal(store_of())
    journal.store.open_wallets([1])
    journal.post([issue(1, 20)], NOW)

    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        connection.cursor().execute(statement)

    assert journal.store.count_entries() == 1


@pytest.mark.parametrize(
    ("statement", "breach"),
    [
        ("UPDATE journal_wallet SET balance = 99 WHERE id = 1", "stored balance 99"),
        ("UPDATE journal_wallet SET held = 5 WHERE id = 1", "stored held 5"),
        ("UPDATE journal_wallet SET lots = '[]' WHERE id = 1", "lot 1 stored as None"),
        (
            (
                "UPDATE journal_wallet SET head = (SELECT hash FROM journal_entry"
                " WHERE wallet = 1 AND number = 1) WHERE id = 1"
            ),
            "stored head",
        ),
        ("UPDATE journal_wallet SET moment = moment + 1 WHERE id = 1", "replay"),
    ],
)
def test_verify_names_a_wallet_that_was_tampered_with(statement: str, breach: str) -> None:
    journal = Journal(store_of())
    journal.store.open_wallets([1, 2])
    journal.post([issue(1, 20), spend(1, 5), issue(2, 5)], NOW)

    connection.cursor().execute(statement)

    (proof,) = [proof for proof in verify(journal) if proof.breaches]
    assert proof.wallet == 1
    assert breach in " ".join(proof.breaches)

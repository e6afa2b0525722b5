"""Large batches are tried without locks: whatever others do meanwhile, all is posted once and whole."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from typing import TypeVar

import pytest
from django.db import OperationalError, connections, transaction
from typing_extensions import override

from connects.bootstrap.journals import journal, post_alone
from connects.journal.databases.choose import store_of
from connects.journal.databases.postgresql.channels import Channel
from connects.journal.databases.postgresql.optimistic import OptimisticPosting
from connects.journal.databases.postgresql.pipelines import Pipeline
from connects.journal.port import Outcome, Posted, Row
from connects.journal.post import Journal
from connects.journal.rows import SHOWN_MOST
from connects.journal.slices import SLICE, slices
from connects.ledger.commands import Command, Issue
from connects.ledger.lots import LotKind
from connects.vocabulary.refusals import Refused
from tests.faults.test_post_alone import NOW, WALLETS, assert_whole, balances, spend
from tests.journal.in_front import InFront
from tests.servers.citus import ON_CITUS

BOUGHT = 1_000

Found = TypeVar("Found")

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def issue(wallet: int, key: str, credits: int) -> Issue:
    return Issue(
        wallet=wallet,
        key=key,
        reference="purchase",
        rule_book="test@1",
        effective=NOW,
        kind=LotKind.PURCHASE,
        credits=credits,
        cost_cents=credits * 15,
        expires=NOW + timedelta(days=1),
    )


def large_batch(each: int = SLICE + 1) -> list[Command]:
    """More than a slice for each wallet, where nothing else is said."""
    return [spend(wallet, f"many-{n}") for n in range(each) for wallet in WALLETS]


@pytest.fixture(autouse=True)
def _bought(address: str) -> None:
    assert address
    journal().store.open_wallets(WALLETS)
    post_alone([issue(wallet, "bought", BOUGHT) for wallet in WALLETS], NOW)


def elsewhere(do: Callable[[], Found]) -> Found:
    """Do it on a connection of its own, and be done."""

    def and_close() -> Found:
        try:
            return do()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as other:
        return other.submit(and_close).result()


@dataclass(frozen=True)
class _Overtaken:
    """Before the first slice is written, others do something."""

    own: Channel
    overtakers: list[Callable[[], object]]

    def read(self, commands: Sequence[Command]) -> Callable[[], Mapping[int, Row]]:
        return self.own.read(commands)

    def expect_unanswered(self, keys: Sequence[tuple[int, str]]) -> Callable[[], None]:
        return self.own.expect_unanswered(keys)

    def write_unchanged(
        self, wallets: Sequence[Row], before: Sequence[int], entries: Sequence[Row]
    ) -> Callable[[], Collection[int]]:
        if self.overtakers:
            self.overtakers.pop()()
        return self.own.write_unchanged(wallets, before, entries)


@dataclass(frozen=True)
class OvertakenPosting(OptimisticPosting):
    overtaker: Callable[[], object]

    @override
    @contextmanager
    def in_flight(self) -> Iterator[Channel]:
        with super().in_flight() as own:
            yield _Overtaken(own, [self.overtaker])


class Overtaken(InFront):
    """A store whose optimistic posts are overtaken; `locking` is set when it comes to take locks."""

    def __init__(self, overtaker: Callable[[], object], locking: Event) -> None:
        super().__init__(store_of())
        self.optimistic = OvertakenPosting(self.behind, connections["default"], overtaker)
        self.locking = locking

    def lock_rows(self, wallets: Sequence[int]) -> Mapping[int, Row]:
        self.locking.set()
        return self.behind.lock_rows(wallets)


def post_overtaken(
    overtaker: Callable[[], object], locking: Event | None = None, each: int = SLICE + 1
) -> list[Outcome]:
    """Post a large batch, which is overtaken; `locking` is set when it comes to take locks."""
    store = Overtaken(overtaker, locking or Event())
    with transaction.atomic():
        return Journal(store).post(large_batch(each), NOW)


def test_the_commands_of_one_wallet_are_in_one_slice() -> None:
    commands = [spend(wallet, str(n)) for wallet in (1, 2, 3, 3, 3, 3, 4) for n in range(2)]

    sizes = [[command.wallet for command in each] for each in slices(commands, 3)]

    assert sizes == [[1, 1, 2, 2], [3] * 8, [4, 4]]


def test_a_wallet_with_lots_that_rest_elsewhere_is_spent_from_in_a_large_batch() -> None:
    lots = [issue(2, f"lot-{n}", 1) for n in range(SHOWN_MOST + 1)]
    with transaction.atomic():
        journal().post(lots, NOW)

    with transaction.atomic():
        outcomes = journal().post(large_batch(), NOW)

    assert all(isinstance(outcome, Posted) for outcome in outcomes)
    assert balances() == [BOUGHT - SLICE - 1, BOUGHT + len(lots) - SLICE - 1, BOUGHT - SLICE - 1]
    assert_whole()


def _broken_off(pipeline: Pipeline) -> None:
    """As Ctrl-C does when an answer is half read."""
    pipeline._in_flight.popleft()
    assert pipeline._result() is not None
    raise KeyboardInterrupt


# On SQLite nobody can come between; on Citus all is posted under locks.
if os.environ.get("DATABASE_URL", "").startswith("postgres") and not ON_CITUS:

    def test_commands_of_a_wallet_that_moved_on_are_decided_anew_under_its_lock() -> None:
        def overtake() -> None:
            elsewhere(lambda: post_alone([spend(2, "between", BOUGHT)], NOW))

        outcomes = post_overtaken(overtake)

        refused = [isinstance(outcome, Refused) for outcome in outcomes]
        assert refused == [False, True, False] * (SLICE + 1)
        assert balances() == [BOUGHT - SLICE - 1, 0, BOUGHT - SLICE - 1]
        assert_whole()

    @pytest.mark.parametrize(("moved", "each"), [(True, SLICE + 1), (False, SLICE // 3)])
    def test_a_wallet_that_others_hold_is_waited_for_with_nothing_in_hand(
        *, moved: bool, each: int
    ) -> None:
        held, locking = Event(), Event()

        def hold() -> None:
            if moved:
                post_alone([spend(2, "between")], NOW)
            with transaction.atomic():
                journal().store.lock([2])
                held.set()
                # Whoever held the next wallet while waiting for this one would keep us from it.
                assert locking.wait(timeout=60)
                journal().post_one(spend(3, "other"), NOW)
            connections.close_all()

        with ThreadPoolExecutor(1) as other:
            holding = []

            def overtake() -> None:
                holding.append(other.submit(hold))
                assert held.wait(timeout=60)

            outcomes = post_overtaken(overtake, locking, each)
            holding[0].result()

        assert all(isinstance(outcome, Posted) for outcome in outcomes)
        assert balances() == [BOUGHT - each, BOUGHT - each - moved, BOUGHT - each - 1]
        assert_whole()

    def test_the_callers_own_lock_timeout_is_as_it_was() -> None:
        with transaction.atomic(), connections["default"].cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '7s'")
            journal().post(large_batch(), NOW)
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone() == ("7s",)

    def test_a_key_that_another_wrote_meanwhile_is_answered_once() -> None:
        again = spend(2, "many-7")

        outcomes = post_overtaken(lambda: elsewhere(lambda: post_alone([again], NOW)))

        repeated = [n for n, o in enumerate(outcomes) if isinstance(o, Posted) and o.repeated]
        assert repeated == [7 * 3 + 1]
        assert balances() == [BOUGHT - SLICE - 1] * 3
        assert_whole()

    def test_a_batch_that_is_taken_back_says_nothing_to_the_log(
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        post_alone([spend(2, "many-7")], NOW)

        with transaction.atomic():
            journal().post(large_batch(), NOW)

        assert caplog.records == []
        assert balances() == [BOUGHT - SLICE - 1] * 3

    def test_statements_that_the_server_has_forgotten_are_no_hindrance() -> None:
        for name in ("before", "after"):
            with transaction.atomic():
                outcomes = journal().post([spend(1, f"{name}-{n}") for n in range(SLICE)], NOW)
                assert not any(isinstance(outcome, Refused) for outcome in outcomes)
            with connections["default"].cursor() as cursor:
                cursor.execute("DEALLOCATE ALL")

        assert balances() == [BOUGHT - 2 * SLICE, BOUGHT, BOUGHT]
        assert_whole()

    def test_a_pooler_that_mixes_sessions_is_sent_whole_statements(
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        connections["default"].close()
        connections["default"].ensure_connection()
        monkeypatch.setattr(connections["default"].connection, "prepare_threshold", None)

        with transaction.atomic():
            journal().post(large_batch(), NOW)

        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements")
            assert cursor.fetchone() == (0,)
        assert balances() == [BOUGHT - SLICE - 1] * 3
        connections["default"].close()

    def test_who_is_broken_off_while_the_server_answers_has_the_connection_as_it_was(
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(Pipeline, "_receive", _broken_off)
            with pytest.raises(KeyboardInterrupt), transaction.atomic():
                journal().post(large_batch(), NOW)

        assert balances() == [BOUGHT] * 3
        with transaction.atomic():
            outcomes = journal().post(large_batch(), NOW)
        assert all(isinstance(outcome, Posted) for outcome in outcomes)
        assert_whole()

    def test_a_connection_that_goes_in_the_middle_leaves_nothing_and_is_said_so() -> None:
        own = connections["default"].connection.info.backend_pid

        def terminate() -> None:
            with connections["default"].cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s, 60000)", [own])

        with pytest.raises(OperationalError):
            post_overtaken(lambda: elsewhere(terminate))

        connections["default"].close()
        assert balances() == [BOUGHT] * 3
        assert_whole()

"""Posting without a transaction of one's own: whole for each wallet, whoever else is at it."""

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connections, transaction
from typing_extensions import override

from connects.bootstrap.journals import journal, post_alone
from connects.journal.databases.choose import store_of
from connects.journal.databases.postgresql.channels import Channel
from connects.journal.databases.postgresql.optimistic import (
    ASKED_UNDER,
    ATTEMPTS,
    OptimisticPosting,
)
from connects.journal.port import Outcome, Posted, Row
from connects.journal.proof.verify import verify
from connects.ledger.commands import Command, Issue, Return, Spend
from connects.ledger.lots import LotKind
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.servers.citus import ON_CITUS

NOW = datetime(2019, 5, 20, 9, tzinfo=UTC)
WALLETS = (1, 2, 3)
BOUGHT = 20

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _bought(address: str) -> None:
    assert address
    journal().store.open_wallets(WALLETS)
    purchases: list[Command] = [
        Issue(
            wallet=wallet,
            key="bought",
            reference="purchase",
            rule_book="test@1",
            effective=NOW,
            kind=LotKind.PURCHASE,
            credits=BOUGHT,
            cost_cents=3_00,
            expires=NOW + timedelta(days=1),
        )
        for wallet in WALLETS
    ]
    assert all(isinstance(outcome, Posted) for outcome in post_alone(purchases, NOW))


def spend(wallet: int, key: str, credits: int = 1, at: datetime = NOW) -> Spend:
    return Spend(
        wallet=wallet,
        key=key,
        reference=f"proposal:{key}",
        rule_book="test@1",
        effective=at,
        credits=credits,
    )


def balances() -> list[int]:
    return [journal().wallet(wallet).balance for wallet in WALLETS]


def assert_whole() -> None:
    assert [proof.breaches for proof in verify(journal()) if proof.breaches] == []


def test_outcomes_stand_in_the_order_of_the_commands() -> None:
    outcomes = post_alone([spend(3, "c"), spend(1, "a", 99), spend(1, "b"), spend(9, "d")], NOW)

    third, poor, first, nobody = outcomes
    assert isinstance(third, Posted)
    assert isinstance(first, Posted)
    assert (third.wallet.id, first.wallet.id) == (3, 1)
    assert isinstance(poor, Refused)
    assert poor.code is RefusalCode.INSUFFICIENT_CONNECTS
    assert nobody == Refused(RefusalCode.INVALID, {"problem": "wallet_unknown"})
    assert balances() == [19, 20, 19]
    assert_whole()


def test_the_same_key_gives_the_first_answer_and_another_body_is_refused() -> None:
    (first,) = post_alone([spend(1, "a")], NOW)
    again, other = post_alone([spend(1, "a"), spend(1, "a", 2)], NOW)

    assert isinstance(first, Posted)
    assert isinstance(again, Posted)
    assert again.repeated
    assert again.record == first.record
    assert isinstance(other, Refused)
    assert balances() == [19, 20, 20]


def test_what_has_come_due_expires_in_the_same_statement() -> None:
    late = NOW + timedelta(days=2)

    (outcome,) = post_alone(
        [spend(1, "late", at=late)],
        late,
    )

    assert isinstance(outcome, Refused)
    top_up = Issue(
        wallet=1,
        key="more",
        reference="purchase",
        rule_book="test@1",
        effective=late,
        kind=LotKind.PURCHASE,
        credits=5,
        expires=None,
    )
    post_alone([top_up], late)
    assert [record.entry.kind.value for record in journal().records(1)] == [
        "purchase",
        "expire",
        "purchase",
    ]
    assert_whole()


def test_a_return_sees_the_spend_before_it_in_the_same_batch() -> None:
    back = Return(
        wallet=1,
        key="back",
        reference="r",
        rule_book="test@1",
        effective=NOW,
        spend=2,
        credits=3,
        grace=timedelta(0),
    )

    outcomes = post_alone([spend(1, "a", 3), back, spend(2, "b")], NOW)

    assert all(isinstance(outcome, Posted) for outcome in outcomes)
    assert balances() == [20, 19, 20]
    assert_whole()


def test_many_at_once_neither_overdraw_nor_lose_any() -> None:
    def call(caller: int) -> list[bool]:
        found = [
            isinstance(post_alone([spend(1 + n % 3, f"{caller}-{n}")], NOW)[0], Posted)
            for n in range(12)
        ]
        connections.close_all()
        return found

    with ThreadPoolExecutor(8) as callers:
        accepted = sum(sum(found) for found in callers.map(call, range(8)))

    assert accepted == 3 * BOUGHT
    assert balances() == [0, 0, 0]
    assert_whole()


def test_within_a_callers_transaction_it_stands_or_falls_with_that() -> None:
    with transaction.atomic():
        assert isinstance(post_alone([spend(1, "a")], NOW)[0], Posted)
        transaction.set_rollback(True)
    assert balances() == [20, 20, 20]

    with transaction.atomic():
        post_alone([spend(1, "a")], NOW)
    assert balances() == [19, 20, 20]


@dataclass(frozen=True)
class _Overtaken:
    """Between its reading and its writing, others do something, as often as they are told to."""

    own: Channel
    overtakers: list[Callable[[], object]]

    def read(self, commands: Sequence[Command]) -> Callable[[], Mapping[int, Row]]:
        read = self.own.read(commands)
        if self.overtakers:
            self.overtakers.pop()()
        return read

    def expect_unanswered(self, keys: Sequence[tuple[int, str]]) -> Callable[[], None]:
        return self.own.expect_unanswered(keys)

    def write_unchanged(
        self, wallets: Sequence[Row], before: Sequence[int], entries: Sequence[Row]
    ) -> Callable[[], Collection[int]]:
        return self.own.write_unchanged(wallets, before, entries)


@dataclass(frozen=True)
class OvertakenPosting(OptimisticPosting):
    overtakers: list[Callable[[], object]] = field(default_factory=list)

    @override
    def alone(self, *, asks_keys: bool) -> Channel:
        return _Overtaken(super().alone(asks_keys=asks_keys), self.overtakers)


def overtaken(*overtakers: Callable[[], object]) -> OptimisticPosting:
    return OvertakenPosting(store_of(), connections["default"], list(overtakers))


def post_unlocked(
    posting: OptimisticPosting, commands: Sequence[Command], recorded: datetime
) -> list[Outcome | None]:
    return posting.post_alone(commands, recorded)


# On SQLite nobody can come between; on Citus all is posted under locks.
if os.environ.get("DATABASE_URL", "").startswith("postgres") and not ON_CITUS:

    def test_a_wallet_that_moved_on_is_decided_anew() -> None:
        store = overtaken(lambda: post_alone([spend(1, "between", 15)], NOW))

        outcomes = post_unlocked(store, [spend(1, "mine", 15), spend(1, "small", 2)], NOW)

        poor, small = outcomes[0], outcomes[1]
        assert isinstance(poor, Refused), "there were enough when it was first read"
        assert isinstance(small, Posted)
        assert balances() == [3, 20, 20]
        assert_whole()

    def test_a_key_that_another_wrote_meanwhile_is_left_to_the_lock_and_answered_once() -> None:
        store = overtaken(lambda: post_alone([spend(1, "same")], NOW))

        assert post_unlocked(store, [spend(1, "same")], NOW) == [None]

        (outcome,) = post_alone([spend(1, "same")], NOW)
        assert isinstance(outcome, Posted)
        assert outcome.repeated
        assert balances() == [19, 20, 20]

    def test_a_wallet_that_never_stands_still_is_left_to_the_lock() -> None:
        between = [lambda n=n: post_alone([spend(1, f"between-{n}")], NOW) for n in range(ATTEMPTS)]

        assert post_unlocked(overtaken(*between), [spend(1, "moving")], NOW) == [None]

        assert balances() == [20 - ATTEMPTS, 20, 20]
        assert_whole()

    def test_of_many_wallets_only_the_one_that_moved_on_is_decided_anew() -> None:
        store = overtaken(lambda: post_alone([spend(2, "between", 15)], NOW))

        outcomes = post_unlocked(store, [spend(wallet, "mine", 15) for wallet in WALLETS], NOW)

        refused = [isinstance(outcomes[place], Refused) for place in range(len(WALLETS))]
        assert refused == [False, True, False]
        assert balances() == [5, 5, 5]
        assert_whole()

    def test_many_commands_of_which_one_was_answered_leave_no_trace_until_keys_are_asked() -> None:
        post_alone([spend(2, "again")], NOW)
        many = [spend(1 + n % 3, f"many-{n}") for n in range(ASKED_UNDER)]

        found = post_unlocked(overtaken(), [*many, spend(2, "again")], NOW)
        assert found == [None] * (ASKED_UNDER + 1)
        assert balances() == [20, 19, 20]

        *others, again = post_alone([*many, spend(2, "again")], NOW)
        assert all(isinstance(outcome, Posted) and not outcome.repeated for outcome in others)
        assert isinstance(again, Posted)
        assert again.repeated
        assert sum(balances()) == 60 - 1 - ASKED_UNDER
        assert_whole()

    def test_many_commands_of_which_one_is_refused_under_an_answered_key_ask_for_it() -> None:
        post_alone([spend(2, "again", 20)], NOW)
        many: list[Command] = [spend(1 + 2 * (n % 2), f"many-{n}") for n in range(ASKED_UNDER)]

        *_, again = post_alone([*many, spend(2, "again", 20)], NOW)

        assert isinstance(again, Posted), "it was paid before there was nothing left to pay with"
        assert again.repeated
        assert_whole()

    def test_statements_that_a_rollback_made_the_server_forget_are_prepared_anew() -> None:
        post_alone([spend(1, "before")], NOW)
        with connections["default"].cursor() as cursor:
            cursor.execute("DEALLOCATE ALL")

        (outcome,) = post_alone([spend(1, "after")], NOW)

        assert isinstance(outcome, Posted)
        assert balances() == [18, 20, 20]

    def test_a_pooler_that_mixes_sessions_is_sent_whole_statements(
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        connections["default"].close()
        connections["default"].ensure_connection()
        monkeypatch.setattr(connections["default"].connection, "prepare_threshold", None)

        (outcome,) = post_alone([spend(1, "a")], NOW)

        assert isinstance(outcome, Posted)
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements")
            assert cursor.fetchone() == (0,)
        connections["default"].close()

    def test_a_connection_that_is_gone_is_said_in_the_words_of_the_framework() -> None:
        post_alone([spend(1, "before")], NOW)
        own = connections["default"].connection.info.backend_pid
        other = connections.create_connection("default")
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [own])
        other.close()

        with pytest.raises(OperationalError):
            post_alone([spend(1, "lost")], NOW)

        connections["default"].close()
        assert balances() == [19, 20, 20]

"""Many callers at once bring back one spend, or take back one lot: it counts once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections, transaction

from connects.bootstrap.journals import journal, post_alone
from connects.journal.port import Outcome, Posted
from connects.journal.proof.verify import verify
from connects.ledger.commands import Command, Return, Reverse
from tests.journal.test_contract import NOW, frame, issue, spend

CALLERS = 4

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def locked(command: Command) -> Outcome:
    with transaction.atomic():
        return journal().post_one(command, NOW)


def alone(command: Command) -> Outcome:
    return post_alone([command], NOW)[0]


@pytest.fixture(params=[locked, alone])
def post(request: pytest.FixtureRequest, address: str) -> Callable[[Command], Outcome]:
    assert address
    journal().store.open_wallets([1])
    post_alone([issue(1, 10), spend(1, 4)], NOW)
    way: Callable[[Command], Outcome] = request.param
    return way


def at_once(post: Callable[[Command], Outcome], commands: list[Command]) -> int:
    """How many of the commands were accepted, each sent by a thread of its own."""
    barrier = Barrier(len(commands))

    def send(command: Command) -> Outcome:
        barrier.wait()
        try:
            return post(command)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(commands)) as pool:
        return sum(isinstance(outcome, Posted) for outcome in pool.map(send, commands))


def assert_whole() -> None:
    assert [proof.breaches for proof in verify(journal()) if proof.breaches] == []


def test_one_spend_comes_back_once_whoever_asks_at_the_same_time(
    post: Callable[[Command], Outcome],
) -> None:
    grace = timedelta(days=30)
    commands: list[Command] = [
        Return(**frame(1, f"return-{n}"), spend=2, credits=4, grace=grace) for n in range(CALLERS)
    ]

    assert at_once(post, commands) == 1
    assert journal().wallet(1).balance == 10
    assert_whole()


def test_one_lot_is_taken_back_once_whoever_asks_at_the_same_time(
    post: Callable[[Command], Outcome],
) -> None:
    commands: list[Command] = [Reverse(**frame(1, f"reverse-{n}"), lot=1) for n in range(CALLERS)]

    assert at_once(post, commands) == 1
    assert (journal().wallet(1).balance, journal().wallet(1).debt) == (0, 4)
    assert_whole()

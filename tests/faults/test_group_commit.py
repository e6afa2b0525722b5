"""Group commit on a real database: many callers, shared batches, and each one's own outcome."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from connects.bootstrap.journals import journal
from connects.journal.group_commit import GroupCommit, Limits
from connects.journal.port import Outcome, Posted
from connects.journal.proof.verify import verify
from connects.ledger.commands import Command, Issue, Spend
from connects.ledger.lots import LotKind
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.faults.shared_batches import group_commit

NOW = datetime(2019, 5, 20, 9, tzinfo=UTC)
WALLETS = 5
BOUGHT = 60
CALLERS = 16
SPENDS_EACH = 20
PATIENT = Limits(timeout=60.0)

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _bought(address: str) -> None:
    assert address
    journal().store.open_wallets(range(1, WALLETS + 1))
    purchases = [
        Issue(
            wallet=wallet,
            key="bought",
            reference="purchase",
            rule_book="test@1",
            effective=NOW,
            kind=LotKind.PURCHASE,
            credits=BOUGHT,
            cost_cents=9_00,
            expires=NOW + timedelta(days=365),
        )
        for wallet in range(1, WALLETS + 1)
    ]
    with transaction.atomic():
        journal().post(purchases, NOW)


def spend(caller: int, number: int) -> Spend:
    return Spend(
        wallet=1 + (caller + number) % WALLETS,
        key=f"{caller}-{number}",
        reference=f"proposal:{caller}-{number}",
        rule_book="test@1",
        effective=NOW,
        credits=1,
    )


def as_threads(group: GroupCommit[Command, Outcome]) -> list[list[Outcome]]:
    def call(caller: int) -> list[Outcome]:
        return [group.post(spend(caller, number)) for number in range(SPENDS_EACH)]

    with ThreadPoolExecutor(CALLERS) as callers:
        return list(callers.map(call, range(CALLERS)))


def test_every_caller_has_their_own_outcome_and_no_wallet_is_overdrawn() -> None:
    with group_commit(limits=PATIENT) as group:
        outcomes = [outcome for each in as_threads(group) for outcome in each]

    accepted = [outcome for outcome in outcomes if isinstance(outcome, Posted)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert len(accepted) == WALLETS * BOUGHT
    assert {refusal.code for refusal in refused} == {RefusalCode.INSUFFICIENT_CONNECTS}
    assert len(refused) == CALLERS * SPENDS_EACH - WALLETS * BOUGHT
    assert [journal().wallet(w).balance for w in range(1, WALLETS + 1)] == [0] * WALLETS
    assert [proof.breaches for proof in verify(journal()) if proof.breaches] == []


def test_the_same_key_again_gives_the_first_answer_whoever_asks() -> None:
    with group_commit(limits=PATIENT) as group, ThreadPoolExecutor(8) as callers:
        outcomes = list(callers.map(group.post, [spend(0, 0)] * 8))

    assert all(isinstance(outcome, Posted) for outcome in outcomes)
    assert (
        sorted(getattr(outcome, "repeated", True) for outcome in outcomes) == [False] + [True] * 7
    )
    assert journal().wallet(1).balance == BOUGHT - 1


def test_a_command_that_no_database_can_store_fails_alone() -> None:
    commands = [spend(0, number) for number in range(8)]
    commands[3] = Spend(
        wallet=1, key="\ud800", reference="r", rule_book="test@1", effective=NOW, credits=1
    )

    def post(group: GroupCommit[Command, Outcome], command: Spend) -> object:
        try:
            return group.post(command)
        except UnicodeEncodeError as error:
            return error

    with group_commit(limits=PATIENT) as group, ThreadPoolExecutor(8) as callers:
        outcomes = list(callers.map(lambda command: post(group, command), commands))

    assert isinstance(outcomes.pop(3), UnicodeEncodeError)
    assert all(isinstance(outcome, Posted) for outcome in outcomes)


if os.environ.get("DATABASE_URL", "").startswith("postgres"):  # a file's connection cannot be cut

    def test_a_connection_that_was_cut_meanwhile_is_made_anew() -> None:
        with group_commit(limits=PATIENT) as group:
            assert isinstance(group.post(spend(0, 0)), Posted)
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    " AND backend_type = 'client backend'"
                    " AND application_name NOT LIKE 'citus%'"
                )
                assert cursor.rowcount == 1
            assert isinstance(group.post(spend(0, 1)), Posted)

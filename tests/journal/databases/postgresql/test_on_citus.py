"""What holds only where the journal is distributed: run by `test_citus`, on the cluster.

Elsewhere there is nothing to collect here.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from connects.bootstrap.journals import journal, post_alone
from connects.journal import schema
from connects.journal.databases.postgresql.store import PostgreSQLStore
from connects.journal.models import Checkpoint
from connects.journal.port import Posted
from connects.journal.proof.verify import verify
from connects.journal.rows import ENTRY_COLUMNS, WALLET_COLUMNS
from connects.ledger.commands import Command, Issue, Spend
from connects.ledger.lots import LotKind
from tests.servers.citus import ON_CITUS, SCRIPT

NOW = datetime(2019, 5, 20, 9, tzinfo=UTC)
WALLETS = range(1, 101)
CALLERS = 6
BATCHES_EACH = 12
GUARDS = "journal_entry_kept,journal_entry_unchanged"


def issue(wallet: int, credits: int = 200) -> Issue:
    return Issue(
        wallet=wallet,
        key="bought",
        reference="purchase",
        rule_book="test@1",
        effective=NOW,
        kind=LotKind.PURCHASE,
        credits=credits,
        cost_cents=3_00,
        expires=NOW + timedelta(days=1),
    )


def spend(wallet: int, key: str) -> Spend:
    return Spend(
        wallet=wallet, key=key, reference="r", rule_book="test@1", effective=NOW, credits=1
    )


def asked(question: str, parameters: Sequence[str | int] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        # Without parameters a per cent sign stands for itself.
        cursor.execute(question, parameters or None)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def guards_of_all_shards() -> set[str]:
    """The triggers of each shard, without the shard's number at their ends."""
    found = asked(
        "SELECT result FROM run_command_on_shards('journal_entry', $$"
        " SELECT string_agg(regexp_replace(tgname, '_[0-9]+$', ''), ',' ORDER BY tgname)"
        " FROM pg_trigger WHERE tgrelid = '%s'::regclass AND NOT tgisinternal"
        " AND tgenabled = 'O' $$)"
    )
    return {guards for (guards,) in found}


def assert_whole() -> None:
    assert [proof.breaches for proof in verify(journal()) if proof.breaches] == []


if ON_CITUS:
    pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

    @pytest.fixture(autouse=True)
    def _opened() -> None:
        journal().store.open_wallets(WALLETS)

    @pytest.fixture
    def said_to_nodes() -> Iterator[list[str]]:
        """What the coordinator says to the nodes while the test runs."""
        said = list[str]()

        def note(diagnostic: Any) -> None:
            said.append(diagnostic.message_primary or "")

        asked("SELECT set_config('citus.log_remote_commands', 'on', false)")
        connection.connection.add_notice_handler(note)
        yield said
        connection.connection.remove_notice_handler(note)
        asked("SELECT set_config('citus.log_remote_commands', 'off', false)")

    def test_both_tables_lie_together_by_wallet() -> None:
        lying = asked(
            "SELECT table_name::text, distribution_column, colocation_id, shard_count"
            " FROM citus_tables WHERE table_name::text LIKE 'journal%' ORDER BY 1"
        )

        assert [row[:2] for row in lying] == [("journal_entry", "wallet"), ("journal_wallet", "id")]
        assert len({row[2:] for row in lying}) == 1
        nodes = asked("SELECT DISTINCT nodename, nodeport FROM citus_shards")
        assert len(nodes) > 1, "tested on one node, this says little"

    def test_every_shard_has_both_guards() -> None:
        assert guards_of_all_shards() == {GUARDS}

    def test_a_shard_that_moves_takes_its_guards_along() -> None:
        (shard, *source), *_ = asked(
            "SELECT shardid, nodename, nodeport FROM citus_shards"
            " WHERE table_name = 'journal_entry'::regclass ORDER BY shardid"
        )
        (target, *_) = asked(
            "SELECT nodename, nodeport FROM pg_dist_node WHERE shouldhaveshards"
            " AND (nodename, nodeport) <> (%s, %s)",
            source,
        )

        asked(
            "SELECT citus_move_shard_placement(%s, %s, %s, %s, %s, 'block_writes')",
            [shard, *source, *target],
        )
        # What it left behind would still use the guards' function when the tables are removed.
        connection.cursor().execute("CALL citus_cleanup_orphaned_resources()")

        assert guards_of_all_shards() == {GUARDS}

    @pytest.mark.parametrize("wallets", [WALLETS, (1,)])
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE journal_entry SET credits = 9",
            "DELETE FROM journal_entry",
            "TRUNCATE journal_entry",
        ],
    )
    def test_no_node_changes_entries(statement: str, wallets: Sequence[int]) -> None:
        post_alone([issue(wallet) for wallet in wallets], NOW)
        only = (
            f" WHERE wallet = {wallets[0]}"
            if len(wallets) == 1 and "TRUNC" not in statement
            else ""
        )

        with pytest.raises(DatabaseError, match="never changed or deleted"):
            connection.cursor().execute(statement + only)

        assert journal().store.count_entries() == len(wallets)

    @pytest.mark.parametrize("wallets", [WALLETS, (1,)])
    def test_a_post_is_committed_in_two_phases_with_the_rest_of_its_transaction(
        said_to_nodes: list[str], wallets: Sequence[int]
    ) -> None:
        with transaction.atomic():
            Checkpoint.objects.create(wallet=wallets[0], number=0, head=b"", state="")
            journal().post([issue(wallet) for wallet in wallets], NOW)

        prepared = [said for said in said_to_nodes if "PREPARE TRANSACTION" in said]
        committed = [said for said in said_to_nodes if "COMMIT PREPARED" in said]
        assert len(prepared) == len(committed) >= min(2, len(wallets))

    def test_a_batch_that_falls_falls_on_all_nodes() -> None:
        post_alone([issue(wallet) for wallet in WALLETS], NOW)
        connection.cursor().execute("UPDATE journal_wallet SET last_entry = 0 WHERE id = 50")

        with pytest.raises(DatabaseError):
            post_alone([spend(wallet, "a") for wallet in WALLETS], NOW)

        assert journal().store.count_entries() == len(WALLETS)
        assert {journal().wallet(wallet).balance for wallet in WALLETS} == {200}

    def test_batches_over_many_shards_never_wait_in_a_circle() -> None:
        post_alone([issue(wallet) for wallet in WALLETS], NOW)

        def call(caller: int) -> int:
            random = Random(caller)
            posted = 0
            for batch in range(BATCHES_EACH):
                commands = [spend(w, f"{caller}-{batch}") for w in random.sample(WALLETS, 30)]
                posted += sum(isinstance(o, Posted) for o in post_alone(commands, NOW))
            connections.close_all()
            return posted

        with ThreadPoolExecutor(CALLERS) as callers:
            posted = sum(callers.map(call, range(CALLERS)))

        assert posted == CALLERS * BATCHES_EACH * 30
        assert sum(200 - journal().wallet(wallet).balance for wallet in WALLETS) == posted
        assert_whole()

    def test_rows_that_were_there_before_are_distributed() -> None:
        commands: list[Command] = [issue(wallet) for wallet in WALLETS]
        post_alone([*commands, *(spend(wallet, "a") for wallet in WALLETS)], NOW)
        wallets = asked(f"SELECT {', '.join(WALLET_COLUMNS)} FROM journal_wallet ORDER BY id")
        entries = asked(f"SELECT {', '.join(ENTRY_COLUMNS)} FROM journal_entry ORDER BY 1, 2")
        before = {wallet: list(journal().records(wallet)) for wallet in WALLETS}
        with connection.cursor() as cursor:
            for statement in schema.removal("postgresql") + schema.creation("postgresql"):
                cursor.execute(statement)
            places = ", ".join(["%s"] * len(WALLET_COLUMNS))
            columns = ", ".join(WALLET_COLUMNS)
            cursor.executemany(f"INSERT INTO journal_wallet ({columns}) VALUES ({places})", wallets)
            PostgreSQLStore(connection).write((), entries)

            cursor.execute(SCRIPT.read_text())

        assert {wallet: list(journal().records(wallet)) for wallet in WALLETS} == before
        assert guards_of_all_shards() == {GUARDS}
        assert_whole()
        (again,) = post_alone([spend(7, "a")], NOW)
        assert isinstance(again, Posted)
        assert again.repeated

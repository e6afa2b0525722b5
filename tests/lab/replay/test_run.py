"""A replay reproduces what is recorded, and its arrays do under any rules what the ledger does."""

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connection

pytest.importorskip("numba")

import numpy as np

from connects.cli.main import main
from connects.lab.kernel import recorded as k
from connects.lab.kernel.clauses import not_simulated
from connects.lab.kernel.columns import NEVER
from connects.lab.replay.by_ledger import entries_of
from connects.lab.replay.decided import Decided
from connects.lab.replay.machine import play
from connects.lab.replay.other import part_of
from connects.lab.replay.reading.columns import TABLES, Table
from connects.lab.replay.reading.database import Database, _joined, database
from connects.lab.replay.record import Record, recorded
from connects.lab.replay.run import tried
from connects.policy.shelf import shipped, shipped_names
from connects.studies.market.replay_page import written
from tests.lab.replay.story import bought, on_day, story

pytestmark = pytest.mark.django_db
LIVES_UNDER = ("upwork-2019-05", "fair-2026", "upwork-2019-05")


def asked(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["lab", "replay", *arguments])


def answered(*arguments: str) -> dict[str, Any]:
    answer = asked(*arguments, "--json")
    assert answer.exit_code == 0, answer.output
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def lines() -> int:
    """How many lines the journal has now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_entry")
        return int(cursor.fetchone()[0])


def rows_of(table: Table) -> list[Any]:
    """A table's rows, in an order of their own."""
    return sorted(zip(*(column.tolist() for column in table.values()), strict=True))


def in_both_ways(record: Record, name: str, times: int) -> tuple[Any, Any]:
    """The sums of all wallets under that rule book: by the arrays, and by the ledger."""
    everyone = len(record.ids)
    found = tried(record, shipped(name), 0)
    found.rules.terms[k.T_TOPS_UP] = times - 1
    sent = np.full(len(record.proposals["post"]), times)
    part = part_of(found, 0, everyone, sent, np.ones(everyone, bool))
    arrays = play(part, found.rules, everyone, record.until)
    entries = entries_of(record, range(everyone))
    ledger = []
    for w in range(everyone):
        told = {entry.number: entry for entry in entries[w]}
        ledger.append(Decided(part, found.rules, w, told).play(record.until))
    left = arrays.status != k.FINE
    arrays.sums[left] = np.array(ledger)[left]
    return arrays.sums, np.array(ledger)


def test_asked_anew_the_rules_lead_to_the_balances_that_are_recorded() -> None:
    people = story()
    with database() as source:
        record = recorded(source, print)
        for account, name in zip(people, LIVES_UNDER, strict=True):
            sums, _ = in_both_ways(record, name, 1)
            w = int(np.searchsorted(record.ids, account.pk))
            stored = (record.wallets["balance"][w], record.wallets["debt"][w])
            assert tuple(sums[w, [k.BALANCE_AFTER, k.DEBT_AFTER]]) == stored, account.handle
            assert sums[w, k.PAID] > 0
        for name in shipped_names():
            if not not_simulated(shipped(name)):
                for times in (1, 2):
                    arrays, ledger = in_both_ways(record, name, times)
                    assert np.array_equal(arrays, ledger), (name, times)


def test_the_command_tells_three_readings_the_same_from_files_and_names_what_is_wrong(
    tmp_path: Path,
) -> None:
    ana, *_ = story()
    folder = str(tmp_path / "history")

    told = answered("--policy", "fair-2026", "--save", folder)
    page = tmp_path / "replay.html"
    from_files = answered("--policy", "fair-2026", "--csv", folder, "--report", str(page))
    own = answered("--policy", "upwork-2019-05", "--days", "365")

    assert told["readings"] == from_files["readings"]
    assert told["by"] == from_files["by"]
    html = page.read_text()
    assert f"instead of {told['readings']['recorded']['paid']:,}" in html
    assert "All that is recorded in the files until" in html
    assert "By what they spent" in html
    assert "<script" not in html
    readings = own["readings"]
    assert readings["recorded"]["paid"] > readings["recorded"]["returned"] > 0
    assert {*told["by"]} == {"decile", "newcomers", "country", "plan"}
    assert sum(group["accounts"] for group in told["by"]["decile"]) == 3
    table = asked("--policy", "upwork-2018").output
    assert "Connects paid, by decile" in table
    assert re.search(r"^revenue +\$[0-9,]+\.[0-9]{2} ", table, re.MULTILINE)

    spends = "UPDATE proposals_proposal SET paid = paid + 1 WHERE account_id = %s AND paid > 0"
    with connection.cursor() as cursor:
        cursor.execute(spends, [ana.pk])
    wrong = asked("--policy", "fair-2026")
    assert wrong.exit_code == 1
    assert f"wallet {ana.pk} (ana): a proposal of" in wrong.output
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_wallet SET balance = balance + 7 WHERE id = %s", [ana.pk])
    assert f"wallet {ana.pk} (ana): a balance of" in asked("--policy", "fair-2026").output


def test_memory_that_gives_out_is_a_clean_stop_and_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story()
    folder, page = tmp_path / "history", tmp_path / "replay.html"
    asked_for = ("--policy", "fair-2026", "--save", str(folder), "--report", str(page))

    def none_left(*_: object, **__: object) -> None:
        raise MemoryError

    for place in ("Database.alike", "Database.read"):
        with monkeypatch.context() as at_first:
            at_first.setattr(f"connects.lab.replay.reading.database.{place}", none_left)
            answer = asked(*asked_for)
        assert answer.exit_code == 2
        assert "There is not enough memory. Nothing was written." in answer.output
        assert not [*tmp_path.iterdir()]

    assert asked(*asked_for).exit_code == 0
    assert {each.name for each in tmp_path.iterdir()} == {folder.name, page.name}


@pytest.mark.usefixtures("address")
@pytest.mark.django_db(transaction=True)
def test_a_replay_reads_the_database_as_it_was_when_it_began(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ana, *_ = story()
    read = Database.read

    def meanwhile() -> None:
        """Over another connection ana buys, and all of it is recorded."""
        with on_day(80):
            bought(ana, 20, "meanwhile")
        connection.close()

    def changed_while_read(self: Database, table: str, wallets: Any = None) -> Any:
        found = read(self, table, wallets)
        if table == "wallets":
            with ThreadPoolExecutor(1) as others:
                others.submit(meanwhile).result()
        return found

    before = lines()
    monkeypatch.setattr(Database, "read", changed_while_read)

    told = answered("--policy", "fair-2026")

    assert told["reproduced"]["lines"] == before
    assert lines() > before


@pytest.mark.django_db(transaction=True)
def test_the_proof_holds_while_another_process_writes_all_the_time(address: str) -> None:
    story()
    connection.close()
    command = [sys.executable, "-m", "tests.lab.replay.writer"]
    environment = {**os.environ, "DATABASE_URL": address}
    with subprocess.Popen(command, env=environment, stdin=PIPE, stdout=PIPE, text=True) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        seen = [lines()]
        for _ in range(5):
            # What it told of may be older than the last replay; each is to find more than the last.
            while (before := lines()) <= seen[-1]:
                assert writer.stdout.readline().strip(), "the writer stopped"
            told = answered("--policy", "fair-2026")
            seen.append(told["reproduced"]["lines"])
            assert before <= seen[-1] <= lines()
        writer.stdin.close()
        writer.stdout.read()
        assert seen == sorted({*seen}), "nothing was written between two replays"
    assert writer.returncode == 0


def test_a_table_is_the_same_in_packed_arrays_as_row_by_row() -> None:
    story()
    with database() as source:
        for table in TABLES:
            by_rows = _joined(table, source._rows(*source._queries[table]))
            assert rows_of(source.read(table)) == rows_of(by_rows), table
        assert not rows_of(source.read("draws", []))
        assert any(opened == NEVER for opened in source.read("proposals")["opened"])


def test_a_population_is_drawn_from_a_market_that_is_large_enough(tmp_path: Path) -> None:
    draw = ["lab", "population", "--database", "--out", str(tmp_path / "mine.toml")]

    told = CliRunner().invoke(main, draw)

    assert told.exit_code == 2
    assert "20 posts or more; there are 0 and 0" in told.output
    assert not list(tmp_path.iterdir())


def test_a_population_is_not_written_onto_the_history_that_it_is_drawn_from(tmp_path: Path) -> None:
    posts = "id,status\n" + "".join(f"{number},open\n" for number in range(1, 21))
    ids = " ".join(map(str, range(1, 21)))
    facts = f"ids,kind,budget_cents,level,category\n{ids},fixed,5000,entry,C\n"
    accounts = "id\n" + "".join(f"{number}\n" for number in range(1, 11))
    files = {"wallets": "id\n1\n", "lines": "wallet\n", "posts": posts, "facts": facts}
    for name, text in {**files, "accounts": accounts}.items():
        (tmp_path / f"{name}.csv").write_text(text)
    draw = ["lab", "population", "--csv", str(tmp_path), "--out"]

    onto = CliRunner().invoke(main, [*draw, str(tmp_path / "posts.toml")])
    beside = CliRunner().invoke(main, [*draw, str(tmp_path / "mine.toml")])

    assert (onto.exit_code, beside.exit_code) == (2, 0), beside.output
    assert "posts.csv: this is a file that is read" in onto.output
    assert (tmp_path / "posts.csv").read_text() == posts


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--policy", "fair-2026"), "Nothing is recorded"),
        (("--policy", "freelancer-com"), "Not simulated: drip plans"),
        (("--policy", "nobodys"), "nobodys"),
        (("--policy", "fair-2026", "--seed", "1" + "0" * 30), "A seed is a whole number"),
        (("--policy", "fair-2026", "--days", "0"), "Invalid value"),
        (("--policy", "fair-2026", "--csv", "/nowhere"), "/nowhere: there is no such folder"),
        (("--policy", "fair-2026", "--csv", ".", "--database"), "Either --database or --csv"),
    ],
)
def test_what_cannot_be_replayed_is_said_before_anything_is(
    arguments: tuple[str, ...], says: str
) -> None:
    answer = asked(*arguments)

    assert answer.exit_code == 2
    assert says in answer.output


def test_files_that_cannot_be_meant_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "lines.csv").write_text("wallet,number,kind\n1,1,signup\n1,2,gift\n")
    (tmp_path / "wallets.jsonl").write_text('{"id": 1, "balance": "many"}\n')

    first = asked("--policy", "fair-2026", "--csv", str(tmp_path))
    (tmp_path / "wallets.jsonl").write_text('{"id": 1}\n')
    second = asked("--policy", "fair-2026", "--csv", str(tmp_path))

    assert "wallets.jsonl, line 1, balance: 'many' is not a number" in first.output
    assert "lines.csv, line 3, kind: 'gift' is none of" in second.output
    assert (first.exit_code, second.exit_code) == (2, 2)


ONE = {"wallets": "id\n1\n", "lines": "wallet\n"}
OPEN = {"posts": "id,status\n1,open\n"}


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        ({"wallets": "id\n1\n1\n"}, "wallet 1 is there twice"),
        ({"posts": "id,status\n1,open\n1,open\n"}, "post 1 is there twice"),
        ({"accounts": "id,agency\n1,7\n"}, "accounts.csv, line 2, agency: 7 is out of bounds"),
        ({"accounts": "id,registered\n1,99999-01-01T00\n"}, "99999-01-01T00 is out of bounds"),
        ({**OPEN, "facts": "ids,kind\n1,barter\n"}, "kind: 'barter' is none of"),
        ({**OPEN, "facts": "ids,kind,level\n1,fixed,wizard\n"}, "level: 'wizard' is none of"),
        ({**OPEN, "facts": "ids,kind\n99,fixed\n"}, "What post 99 says is told"),
    ],
)
def test_tables_that_contradict_each_other_or_leave_all_bounds_are_refused(
    tmp_path: Path, tables: dict[str, str], says: str
) -> None:
    for name, text in {**ONE, **tables}.items():
        (tmp_path / f"{name}.csv").write_text(text)

    answer = asked("--policy", "fair-2026", "--csv", str(tmp_path))

    assert answer.exit_code == 2
    assert says in answer.output


def test_wallets_and_lines_are_enough(tmp_path: Path) -> None:
    for name, text in ONE.items():
        (tmp_path / f"{name}.csv").write_text(text)

    assert answered("--policy", "fair-2026", "--csv", str(tmp_path))["readings"]


def test_less_than_nothing_has_a_minus_sign_and_money_its_currency() -> None:
    assert written("burned", -1_200, "USD") == "\N{MINUS SIGN}1,200"
    assert written("revenue_cents", -1_250, "EUR") == "\N{MINUS SIGN}EUR 12.50"

"""`connects import`, as an operator types it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.cli.commands import coming_in
from connects.cli.main import main
from connects.ledger.commands import Spend
from connects.market.people.selectors import accounts_called
from tests.market.intake.folders import Folder

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    made = Folder(tmp_path / "cutover")
    made.write()
    with held_at(NOW):
        yield made


def typed(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["import", *arguments])


def test_an_import_is_checked_run_and_undone(folder: Folder) -> None:
    path = str(folder.path)

    checked, ran, again = typed(path, "--check"), typed(path, "--run"), typed(path, "--run")
    proved = CliRunner().invoke(main, ["verify", "--processes", "1"])
    undone, twice = typed(path, "--undo"), typed(path, "--undo")

    assert [one.exit_code for one in (checked, ran, again, undone, twice)] == [0] * 5
    assert "4 accounts, 3 of them with a wallet; 4 lots with 127 Connects" in checked.stdout
    assert "1 lots end within 7 days" in checked.stdout
    assert f"connects import {path} --run" in checked.stdout
    assert "In: 4 accounts, 4 lots with 127 Connects" in ran.stdout
    assert "there is nothing to do" in again.stdout
    assert "came in with the import cutover" in proved.stdout
    assert "on the word of old ledger v3" in proved.stdout
    assert proved.exit_code == 0
    assert "Taken back: 4 accounts" in undone.stdout
    assert "it is undone" in twice.stdout


def test_differences_are_named_and_nothing_comes_in(folder: Folder) -> None:
    folder.lots[1]["credits"] = 0
    folder.write()

    told = typed(str(folder.path), "--run")

    assert told.exit_code == 1
    assert "lots.jsonl:2: credits: it must be a whole number" in told.stdout
    assert "1 difference; nothing was brought in." in told.stderr
    assert accounts_called(["u-7"]) == {}


def test_who_moved_since_is_named_and_nothing_is_undone(folder: Folder) -> None:
    typed(str(folder.path), "--run")
    wallet = accounts_called(["u-7"])["u-7"].pk
    book = journal().entry(wallet, 1).entry.rule_book
    spend = Spend(wallet=wallet, key="s", reference="x", rule_book=book, effective=NOW, credits=1)
    journal().post_one(spend, NOW)

    told = typed(str(folder.path), "--undo")

    assert told.exit_code == 1
    assert "u-7: its wallet has moved since the import" in told.stderr
    assert "1 wallet moved since; nothing was taken back." in told.stderr


def test_progress_is_shown(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coming_in, "PROGRESS_SECONDS", 0.0)

    told = typed(str(folder.path), "--run")

    assert "9 lines read …" in told.stderr
    assert "4 accounts compared …" in told.stderr
    assert "4 of 4 (100 %) lots in …" in told.stderr


def test_what_cannot_be_done_is_said_in_words(folder: Folder, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for arguments, code, says in (
        ((str(folder.path),), 2, "--check, --run or --undo"),
        ((str(tmp_path / "nowhere"), "--check"), 2, "does not exist"),
        ((str(empty), "--check"), 1, "manifest.json: the file is not in the folder"),
        ((str(empty), "--undo"), 1, "no manifest.json that names an import"),
        ((str(folder.path), "--undo"), 1, "No import cutover came in here"),
    ):
        told = typed(*arguments)
        assert told.exit_code == code, arguments
        assert says in told.stdout + told.stderr

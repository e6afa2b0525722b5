"""Files change places where the file system has no hard links, too."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from connects.installation.backup import give_name
from connects.installation.manifest import RefusedBackup
from connects.installation.sqlite_place import SqlitePlace


@pytest.fixture
def _without_hard_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)


def database(file: Path, word: str) -> None:
    with closing(sqlite3.connect(file)) as made, made:
        made.execute("CREATE TABLE said (word TEXT)")
        made.execute("INSERT INTO said VALUES (?)", [word])


def said(file: Path) -> str:
    with closing(sqlite3.connect(file)) as opened:
        return str(opened.execute("SELECT word FROM said").fetchone()[0])


@pytest.mark.usefixtures("_without_hard_links")
def test_a_restore_keeps_the_old_database_without_hard_links(tmp_path: Path) -> None:
    place = SqlitePlace(tmp_path / "connects.sqlite3")
    database(place.file, "old")
    database(place.beside, "new")

    kept = place.replace("20261128t120000")

    assert (said(place.file), said(Path(kept))) == ("new", "old")


@pytest.mark.usefixtures("_without_hard_links")
def test_a_backup_gets_its_name_without_hard_links(tmp_path: Path) -> None:
    (tmp_path / "packed").write_text("whole")

    give_name(tmp_path / "packed", tmp_path / "site.backup")

    assert (tmp_path / "site.backup").read_text() == "whole"


def test_a_backup_that_came_in_between_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "packed").write_text("whole")
    (tmp_path / "site.backup").write_text("another's")

    with pytest.raises(RefusedBackup, match="is there already"):
        give_name(tmp_path / "packed", tmp_path / "site.backup")

    assert (tmp_path / "site.backup").read_text() == "another's"

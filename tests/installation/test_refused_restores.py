"""A backup that is torn, foreign, newer or false changes nothing, and the refusal says why."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.installation.commands import Installation, opened
from tests.upgrade.databases import copied


@dataclass(frozen=True, slots=True)
class Backed:
    installed: Installation
    file: Path


@pytest.fixture(scope="module")
def backed(up_to_date: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backed]:
    """An installation with a backup of it, which nothing of this module may change."""
    folder = tmp_path_factory.mktemp("installed") / "var"
    with copied(up_to_date.url, up_to_date.var, folder) as url:
        installed = Installation(url, folder)
        made = installed.runs("backup", folder / "right.backup", "--keys")
        assert made.returncode == 0, made.stderr
        yield Backed(installed, folder / "right.backup")


def refusal(backed: Backed, file: Path, *options: str, **told: str) -> str:
    """What a restore says that must be refused, and must have left everything as it was."""
    before, files = backed.installed.holds(), sorted(backed.installed.var.iterdir())
    done = backed.installed.runs("restore", file, *options, **told)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "was not restored, and nothing was changed: " in done.stderr
    assert "Traceback" not in done.stderr
    assert backed.installed.holds() == before
    assert sorted(backed.installed.var.iterdir()) == files
    if backed.installed.vendor == "postgresql":
        own = "datname LIKE current_database() || '_%restor%'"
        assert backed.installed.asked(f"SELECT count(*) FROM pg_database WHERE {own}") == [(0,)]
    return done.stderr


Parts = dict[str, bytes]


def changed(backed: Backed, folder: Path, change: Callable[[Parts], None]) -> Path:
    """A copy of the backup, well packed, whose parts were changed."""
    with zipfile.ZipFile(backed.file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(folder / "changed.backup", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return folder / "changed.backup"


def manifest_with(**values: Any) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        parts["manifest.json"] = json.dumps(
            {**json.loads(parts["manifest.json"]), **values}
        ).encode()

    return change


def facts_with(change_facts: Callable[[dict[str, Any]], None]) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        manifest = json.loads(parts["manifest.json"])
        change_facts(manifest["facts"])
        parts["manifest.json"] = json.dumps(manifest).encode()

    return change


def other_database(parts: Parts) -> None:
    """Bytes that are no database, under a manifest that names them rightly."""
    database = b"not a database at all " * 5_000
    digest = hashlib.sha256(database).hexdigest()
    parts["database"] = database
    manifest_with(sha256=digest, bytes=len(database))(parts)


@pytest.mark.once
@pytest.mark.parametrize("share", [0.0, 0.1, 0.6, 0.999], ids=lambda share: f"{share:.1%}")
def test_a_torn_backup_is_refused(backed: Backed, tmp_path: Path, share: float) -> None:
    whole = backed.file.read_bytes()
    torn = tmp_path / "torn.backup"
    torn.write_bytes(whole[: int(len(whole) * share)])

    assert "torn" in refusal(backed, torn)


@pytest.mark.once
def test_a_backup_with_a_changed_byte_is_refused(backed: Backed, tmp_path: Path) -> None:
    damaged = bytearray(backed.file.read_bytes())
    damaged[len(damaged) // 2] ^= 0x10
    (tmp_path / "damaged.backup").write_bytes(damaged)

    assert "torn" in refusal(backed, tmp_path / "damaged.backup")


@pytest.mark.once
def test_what_is_no_backup_is_refused(backed: Backed, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Buy bread.\n" * 100)
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("photo.jpeg", b"\xff\xd8")

    assert "no backup at all" in refusal(backed, tmp_path / "notes.txt")
    assert "not a backup" in refusal(backed, tmp_path / "photos.zip")
    assert "no such file" in refusal(backed, tmp_path / "gone.backup")
    assert "cannot be unpacked" in refusal(backed, tmp_path)


FALSE: dict[str, tuple[Callable[[Parts], None], str]] = {
    "a newer form": (manifest_with(edition=2, version="9.0"), "newer Connects (9.0)"),
    "a foreign manifest": (manifest_with(format="tar"), "manifest"),
    "a manifest that is none": (
        lambda parts: parts.update({"manifest.json": b"[" * 9}),
        "manifest",
    ),
    "newer migrations": (
        facts_with(lambda facts: facts["migrations"].append(["jobs", "9999_from_the_future"])),
        "jobs.9999_from_the_future",
    ),
    "other counts": (
        facts_with(lambda facts: facts["counts"].update(people_account=1)),
        "people_account has",
    ),
    "another last root": (
        facts_with(lambda facts: facts["last_root"].update(root="00" * 32)),
        "last signed root",
    ),
    "another database": (manifest_with(sha256="0" * 64), "not the one that its manifest names"),
    "no database": (other_database, "its database"),
}


@pytest.mark.once
@pytest.mark.parametrize(("change", "words"), FALSE.values(), ids=FALSE.keys())
def test_a_backup_that_is_not_what_it_says_is_refused(
    backed: Backed, tmp_path: Path, change: Callable[[Parts], None], words: str
) -> None:
    assert words in refusal(backed, changed(backed, tmp_path, change))


def test_a_backup_of_another_kind_of_database_is_refused(backed: Backed, tmp_path: Path) -> None:
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[backed.installed.vendor]

    said = refusal(backed, changed(backed, tmp_path, manifest_with(kind=other)))

    assert f"a database of {other}" in said


def test_a_wrong_passphrase_is_refused_before_anything_is_replaced(backed: Backed) -> None:
    said = refusal(backed, backed.file, "--keys", CONNECTS_BACKUP_PASSPHRASE="guess")

    assert "do not open with this passphrase" in said


def test_a_backup_of_a_wallet_that_does_not_agree_is_refused(
    installed: Installation, tmp_path: Path
) -> None:
    written = "UPDATE journal_wallet SET balance = balance + 1 WHERE id IN"
    with opened(installed) as database:
        database.execute(f"{written} (SELECT min(id) FROM journal_wallet)")
    assert installed.runs("backup", tmp_path / "false.backup").returncode == 0

    assert "1 do not agree" in refusal(Backed(installed, tmp_path), tmp_path / "false.backup")


def test_a_database_in_use_is_not_replaced(backed: Backed) -> None:
    with opened(backed.installed) as database:
        database.execute("SELECT count(*) FROM people_account")
        said = refusal(backed, backed.file)

    assert "stop `connects run` and `connects worker` first" in said


def test_a_checked_backup_replaces_nothing(backed: Backed) -> None:
    before = backed.installed.holds()

    checked = backed.installed.runs("restore", "--check", backed.file)

    assert checked.returncode == 0, checked.stderr
    assert "Nothing was replaced" in checked.stdout
    assert backed.installed.holds() == before

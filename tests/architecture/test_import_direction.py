"""The linter holds the picture of layers: each kind of violation is planted in a copy and seen."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, ROOT

LAYERS = "A module imports only lower layers, and every top-level folder has its place"
MARKET = "The apps of the marketplace stand on floors"
ACTS = "The folders of acts stand on floors"
JOURNAL = "The journal's door knows of no database, and proof stands beside them"
DATABASES = "Each database has its own way, and none knows another's"
PURE = "The rules are plain Python: no framework, no SQL, no clock, no randomness"
IMPURE = ("django", "psycopg", "random", "secrets", "sqlite3", "time")


@dataclass(frozen=True, slots=True)
class Verdict:
    passed: bool
    report: str


class Copy:
    """A copy of the source tree into which violations can be planted."""

    def __init__(self, folder: Path, read_before: Path) -> None:
        self.source, self.read_before = folder / "src", read_before
        shutil.copytree(
            PACKAGE, self.source / "connects", ignore=shutil.ignore_patterns("__pycache__")
        )

    def plant(self, path: str, source: str) -> None:
        planted = self.source / "connects" / path
        planted.parent.mkdir(parents=True, exist_ok=True)
        (planted.parent / "__init__.py").touch()
        planted.write_text(source + "\n")

    def lint(self) -> Verdict:
        program = Path(sys.executable).with_name("lint-imports")
        finished = subprocess.run(
            [
                *(program, "--config", ROOT / "pyproject.toml", "--no-logo"),
                *("--cache-dir", self.read_before),
            ],
            cwd=self.source,
            env={**os.environ, "PYTHONPATH": str(self.source), "NO_COLOR": "1", "COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
        )
        return Verdict(finished.returncode == 0, finished.stdout + finished.stderr)


@pytest.fixture(scope="session")
def read_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the linter has read of modules that are the same in every copy: it goes by their times."""
    return tmp_path_factory.mktemp("read-before")


@pytest.fixture
def copy(tmp_path: Path, read_before: Path) -> Copy:
    return Copy(tmp_path, read_before)


def assert_broken(verdict: Verdict, contract: str, *mentions: str) -> None:
    assert not verdict.passed, verdict.report
    assert f"{contract} BROKEN" in verdict.report
    for mention in mentions:
        assert mention in verdict.report


def test_the_source_keeps_the_picture(copy: Copy) -> None:
    verdict = copy.lint()

    assert verdict.passed, verdict.report


def test_the_linter_sees_an_import_of_a_higher_layer(copy: Copy) -> None:
    copy.plant("policy/planted.py", "import connects.ledger")

    assert_broken(copy.lint(), LAYERS, "connects.policy.planted -> connects.ledger")


def test_the_linter_sees_an_import_of_a_neighbour_in_the_same_layer(copy: Copy) -> None:
    copy.plant("pricing/planted.py", "import connects.ledger")

    assert_broken(copy.lint(), LAYERS, "connects.pricing.planted -> connects.ledger")


@pytest.mark.parametrize(
    ("contract", "planted", "imported"),
    [
        (LAYERS, "market.people.planted", "acts.accounts.register"),
        (MARKET, "market.jobs.planted", "market.proposals.models"),
        (MARKET, "market.grants.planted", "market.jobs.models"),
        (ACTS, "acts.credits.planted", "acts.proposals.submit"),
        (ACTS, "acts.proposals.planted", "acts.staff.moderate"),
    ],
)
def test_the_linter_sees_an_arrow_upward_or_sideways_in_the_marketplace(
    copy: Copy, contract: str, planted: str, imported: str
) -> None:
    copy.plant(f"{planted.replace('.', '/')}.py", f"import connects.{imported}")

    assert_broken(copy.lint(), contract, f"connects.{planted} -> connects.{imported}")


@pytest.mark.parametrize(
    ("contract", "planted", "imported"),
    [
        (JOURNAL, "journal.port", "journal.databases.sql"),
        (JOURNAL, "journal.databases.planted", "journal.proof.verify"),
        (DATABASES, "journal.databases.sqlite", "journal.databases.postgresql.store"),
    ],
)
def test_the_linter_sees_what_the_journals_rooms_may_not_know(
    copy: Copy, contract: str, planted: str, imported: str
) -> None:
    copy.plant(f"{planted.replace('.', '/')}.py", f"import connects.{imported}")

    assert_broken(copy.lint(), contract, f"connects.{planted} -> connects.{imported}")


@pytest.mark.parametrize(("contract", "folder"), [(MARKET, "market/drawer"), (ACTS, "acts/drawer")])
def test_the_linter_sees_a_folder_of_the_marketplace_that_has_no_floor(
    copy: Copy, contract: str, folder: str
) -> None:
    copy.plant(f"{folder}/planted.py", "")

    assert_broken(copy.lint(), contract, "drawer")


@pytest.mark.parametrize(
    "layer", ["vocabulary", "policy", "pricing", "ledger", "movements", "statements"]
)
def test_the_linter_sees_what_a_pure_layer_may_not_import(copy: Copy, layer: str) -> None:
    copy.plant(f"{layer}/planted.py", "\n".join(f"import {module}" for module in IMPURE))

    imports = [f"connects.{layer}.planted -> {module}" for module in IMPURE]
    assert_broken(copy.lint(), PURE, *imports)


def test_the_linter_sees_a_top_level_folder_that_the_picture_does_not_name(copy: Copy) -> None:
    copy.plant("bookkeeping/planted.py", "")

    assert_broken(copy.lint(), LAYERS, "bookkeeping")

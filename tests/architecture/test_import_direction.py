"""The linter holds the picture of layers: each kind of violation is planted in a copy and seen."""

import os
import re
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


UPWARD_OR_SIDEWAYS = [
    (LAYERS, "policy.planted", "ledger"),
    (LAYERS, "pricing.planted", "ledger"),
    (LAYERS, "market.people.planted", "acts.accounts.register"),
    (MARKET, "market.jobs.planted", "market.proposals.models"),
    (MARKET, "market.grants.planted", "market.jobs.models"),
    (ACTS, "acts.credits.planted", "acts.proposals.submit"),
    (ACTS, "acts.proposals.planted", "acts.staff.moderate"),
    (JOURNAL, "journal.port", "journal.databases.sql"),
    (JOURNAL, "journal.databases.planted", "journal.proof.verify"),
    (DATABASES, "journal.databases.sqlite", "journal.databases.postgresql.store"),
]
PURE_LAYERS = ["wording", "vocabulary", "policy", "pricing", "ledger", "movements", "statements"]
WITHOUT_A_FLOOR = [(LAYERS, "bookkeeping"), (MARKET, "market/drawer"), (ACTS, "acts/drawer")]


@dataclass(frozen=True, slots=True)
class Verdict:
    passed: bool
    report: str


class Copy:
    """A copy of the source tree into which violations can be planted."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "src"
        shutil.copytree(
            PACKAGE, self.source / "connects", ignore=shutil.ignore_patterns("__pycache__")
        )

    def plant(self, path: str, source: str) -> None:
        planted = self.source / "connects" / path
        planted.parent.mkdir(parents=True, exist_ok=True)
        (planted.parent / "__init__.py").touch()
        before = planted.read_text() if planted.exists() else ""
        planted.write_text(f"{before}\n{source}\n")

    def lint(self) -> Verdict:
        program = Path(sys.executable).with_name("lint-imports")
        finished = subprocess.run(
            [program, "--config", ROOT / "pyproject.toml", "--no-logo", "--no-cache"],
            cwd=self.source,
            env={**os.environ, "PYTHONPATH": str(self.source), "NO_COLOR": "1", "COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
        )
        return Verdict(finished.returncode == 0, finished.stdout + finished.stderr)


@pytest.fixture(scope="module")
def before_and_after(tmp_path_factory: pytest.TempPathFactory) -> tuple[Verdict, Verdict]:
    """What the linter says of a copy of the source, and then with all violations planted in it."""
    copy = Copy(tmp_path_factory.mktemp("copy"))
    before = copy.lint()
    for _, planted, imported in UPWARD_OR_SIDEWAYS:
        copy.plant(f"{planted.replace('.', '/')}.py", f"import connects.{imported}")
    for layer in PURE_LAYERS:
        copy.plant(f"{layer}/planted.py", "\n".join(f"import {module}" for module in IMPURE))
    for _, folder in WITHOUT_A_FLOOR:
        copy.plant(f"{folder}/planted.py", "")
    return before, copy.lint()


@pytest.fixture
def planted(before_and_after: tuple[Verdict, Verdict]) -> str:
    """The linter's report on the copy with violations."""
    verdict = before_and_after[1]
    assert not verdict.passed
    return verdict.report


def part_of(report: str, contract: str) -> str:
    """What the report says of one contract that is broken."""
    assert f"{contract} BROKEN" in report
    told = report.partition("Broken contracts\n")[2]
    found = told.partition(f"{contract}\n")[2]
    assert found, report
    return re.split(r"\n-{5,}\n\n", found)[0]


def test_the_source_keeps_the_picture(before_and_after: tuple[Verdict, Verdict]) -> None:
    assert before_and_after[0].passed, before_and_after[0].report


@pytest.mark.parametrize(("contract", "importer", "imported"), UPWARD_OR_SIDEWAYS)
def test_the_linter_sees_an_arrow_upward_or_sideways(
    planted: str, contract: str, importer: str, imported: str
) -> None:
    assert f"connects.{importer} -> connects.{imported}" in part_of(planted, contract)


@pytest.mark.parametrize(("contract", "folder"), WITHOUT_A_FLOOR)
def test_the_linter_sees_a_folder_that_has_no_floor(
    planted: str, contract: str, folder: str
) -> None:
    assert folder.rpartition("/")[2] in part_of(planted, contract)


@pytest.mark.parametrize("layer", PURE_LAYERS)
def test_the_linter_sees_what_a_pure_layer_may_not_import(planted: str, layer: str) -> None:
    told = part_of(planted, PURE)
    unseen = [name for name in IMPURE if f"connects.{layer}.planted -> {name}" not in told]
    assert unseen == []

"""`connects bench`: what it says of its figures, and where it can be called."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.ledger import report
from bench.ledger.callers import EACH
from bench.ledger.summary import summarised
from connects.cli.commands import bench
from connects.cli.main import main

KEYS = {
    "batch_1000_vs_bare",
    "single_32_vs_pgbench",
    "group_commit_32_vs_single_32",
    "vs_pgledger",
    "sqlite_batch_1000_vs_bare",
    "spends_per_second",
    "settings",
}


def rate(name: str, per_second: int, callers: int = 32) -> dict[str, object]:
    return {"name": name, "callers": callers, "per_second": per_second, "spread": (1, 2)}


def found(spends: int, of_bare: float, pgledger: bool = False) -> dict[str, object]:
    row = {"batch": 1_000, "spread": (1, 2)}
    theirs = [rate("pgledger, single transfers", 2_000), rate("pgledger, batches of 10", 5_000, 1)]
    return {
        "settings": {"fsync": "on"},
        "rows": [
            {"name": "bare SQL by arrays", "per_second": 1, "of_bare": 1.0, **row},
            {"name": "spends", "per_second": spends, "of_bare": of_bare, **row},
        ],
        "callers": [
            rate("pgbench", 5_000),
            rate("single posts", 2_500),
            rate("group commit", 10_000),
            rate(f"group commit, {EACH} each", 20_000),
            rate("bare SQL by arrays of 32", 15_000),
        ],
        "pgledger": theirs if pgledger else [],
    }


def result(*, pgledger: bool) -> dict[str, object]:
    options = {"wallets": 20_000, "rounds": 1, "seconds": 1.0}
    postgresql = found(50_000, 0.6, pgledger=pgledger)
    return summarised({"cores": "2"}, postgresql, found(20_000, 0.5), options)


def test_the_ratios_are_those_of_thirty_two_callers_and_batches_of_a_thousand() -> None:
    made = result(pgledger=True)

    assert made.keys() >= KEYS
    assert made["batch_1000_vs_bare"] == 0.6
    assert made["sqlite_batch_1000_vs_bare"] == 0.5
    assert made["single_32_vs_pgbench"] == 0.5
    assert made["group_commit_32_vs_single_32"] == 4
    assert made["vs_pgledger"] == 5
    assert made[f"group_commit_32_by_{EACH}_vs_pgledger"] == 10
    assert made["bare_32_vs_pgledger"] == 7.5
    assert made["batch_1000_vs_pgledger_batch"] == 10
    assert made["spends_per_second"] == 50_000


def test_what_was_not_measured_is_null_and_said() -> None:
    made = result(pgledger=False)

    assert made["vs_pgledger"] is None
    assert "times pgledger's transfers" in report.lines(made)
    assert "not measured" in report.lines(made)


def test_the_page_keeps_its_words_and_gets_the_new_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, plot = tmp_path / "page.md", tmp_path / "plot.svg"
    page.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n")
    monkeypatch.setattr(report, "PAGE", page)
    monkeypatch.setattr(report, "PLOT", plot)

    report.write(result(pgledger=True))

    text = page.read_text()
    assert text.startswith("before\n")
    assert text.endswith(f"{report.END}\nafter\n")
    assert "old" not in text
    assert "| spends | 1,000 | 50,000 |" in text
    assert plot.read_text().count("<rect") == 10


def test_outside_of_a_checkout_it_says_where_the_benches_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "CHECKOUT", tmp_path)

    ran = CliRunner().invoke(main, ["bench", "ledger"])

    assert ran.exit_code == 2
    assert "clone the repository" in ran.output

"""Pricing posts in bulk: every row gets a price or a named reason, and nothing stops the run."""

import csv
import gzip
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from connects.cli.main import main
from tests.architecture.sources import ROOT

HEADER = "job_id,source,kind,budget_usd,hourly_mid,duration,workload,client_payment_verified,real\n"
SHARED = ROOT.parent / "shared" / "data" / "jobs.csv.gz"


def run(*arguments: str | Path, given: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["price", *map(str, arguments)], input=given)


def prices(folder: Path, table: bytes) -> list[dict[str, str]]:
    file, out = folder / "jobs.csv", folder / "prices.csv"
    file.write_bytes(table)
    result = run(file, "--policy", "upwork-2019-05", "--out", out)
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(out.read_text())))


def test_a_row_gets_its_price_with_band_value_and_reasons(tmp_path: Path) -> None:
    (row,) = prices(tmp_path, f"{HEADER}1,A,fixed,300.0,,,,,\n".encode())

    assert row == {
        "job_id": "1",
        "connects": "4",
        "band": "mid-size, longer",
        "value": "300.00",
        "reasons": "value_from_budget|band",
        "error": "",
    }


BAD_ROWS = [
    (b"1,A,fixed,many,,,,,", "budget_usd: expected a number"),
    (b"1,A,fixed,-5,,,,,", "budget: negative"),
    (b"1,A,fixed,1e99,,,,,", "budget_usd: not a plain amount"),
    (b"1,A,barter,5,,,,,", "kind: expected fixed or hourly"),
    (b"1,A,fixed,5,,soon,,,", "duration: expected one of"),
    (b"1,A,fixed,5,,,,2,", "client_payment_verified: expected one of"),
    (b"1,A,fixed,5", "expected 9 cells, found 4"),
    (b"1,A,fixed,5,,,,,,,,", "expected 9 cells, found 12"),
    (b",A,fixed,5,,,,,", "job_id: empty"),
    (b'1,A,fixed,"5,,,,,', "a quote is opened and not closed"),
    (b"1,A,fixed,\xff,,,,,", "budget_usd: expected a number"),
    (b"1,A,fixed,\x005,,,,,", ""),
    (b"1," + b"A" * 2_000 + b",fixed,5,,,,,", "source: longer than"),
    (b"1," + b"A" * 2_000_000 + b",fixed,5,,,,,", "longer than"),
]


@pytest.mark.parametrize(("line", "problem"), BAD_ROWS)
def test_a_bad_row_is_named_and_stops_nothing(tmp_path: Path, line: bytes, problem: str) -> None:
    table = HEADER.encode() + line + b"\n2,A,fixed,300,,,,,\n"

    bad, good = prices(tmp_path, table)

    assert bad["error"].startswith("line 2: ")
    assert problem in bad["error"]
    assert good["connects"] == "4"


def test_the_summary_counts_bands_assumptions_and_lists_problems(tmp_path: Path) -> None:
    file = tmp_path / "jobs.csv.gz"
    rows = "1,A,fixed,30,,,,,\n2,A,hourly,,20,lt_1m,,,\n3,A,barter,,,,,,\n"
    file.write_bytes(gzip.compress((HEADER + rows).encode()))

    result = run(file, "--policy", "upwork-2019-05", "--json")

    summary = json.loads(result.stdout)
    assert (summary["rows"], summary["priced"], summary["unpriced"]) == (3, 2, 1)
    assert (
        summary["by_band"] == {"quick": 1, "mid-size, longer": 1}
        or "hours_assumed" in (summary["assumed"])
    )
    assert summary["assumed"]["hours_assumed"] == 1
    assert summary["problems"][0]["line"] == 4


def test_standard_input_and_output_are_files_too() -> None:
    result = run(
        "-", "--policy", "upwork-2023", "--out", "-", given=f"{HEADER}7,A,fixed,60,,,,,\n".encode()
    )

    assert result.exit_code == 0
    assert "7,4," in result.stdout


def test_prices_are_compared_with_real_ones_by_source(tmp_path: Path) -> None:
    file = tmp_path / "jobs.csv"
    rows = "1,A,fixed,60,,,,1,4\n2,A,fixed,60,,,,1,6\n3,B,fixed,700,,,,0,4\n4,B,fixed,700,,,,,1\n"
    file.write_text(HEADER + rows)

    result = run(file, "--policy", "upwork-2023", "--compare", "real", "--json")

    compared = json.loads(result.stdout)["compare"]
    assert compared["by_source"]["A"]["exact"] == 0.5
    assert compared["by_source"]["B"] == {
        "rows": 2,
        "exact": 0.5,
        "within_one_step": 0.5,
        "confusion": [
            {"real": 1, "priced": 6, "rows": 1},
            {"real": 4, "priced": 4, "rows": 1},
        ],
    }
    assert compared["by_source_client_not_known_unverified"]["B"]["rows"] == 1
    # 4 for 4 and 6: off by one on average, and no better than their mean.
    assert compared["errors_by_source"]["A"] == {"mean_error": 1, "variance_explained": -1}
    assert compared["errors_by_source"]["B"]["mean_error"] == 2.5


@pytest.mark.parametrize(
    ("table", "options", "said"),
    [
        ("job_id,budget_usd\n1,5\n", [], "no column kind"),
        ("", [], "the file is empty"),
        (HEADER, ["--compare", "price"], "no column price"),
    ],
)
def test_what_is_no_table_of_posts_is_refused(
    tmp_path: Path, table: str, options: list[str], said: str
) -> None:
    file = tmp_path / "jobs.csv"
    file.write_text(table)

    result = run(file, "--policy", "upwork-2023", *options)

    assert result.exit_code == 2
    assert said in result.stderr


def test_a_missing_file_or_rule_book_is_said_plainly(tmp_path: Path) -> None:
    file = tmp_path / "jobs.csv"
    file.write_text(HEADER)

    assert run(tmp_path / "absent.csv", "--policy", "upwork-2023").exit_code == 2
    result = run(file, "--policy", "nothing")
    assert result.exit_code == 2
    assert "There is no rule book 'nothing'" in result.stderr


@pytest.mark.skipif(
    not SHARED.exists(), reason="the table of real posts does not lie beside this checkout"
)
def test_the_ladder_of_2023_agrees_with_real_prices() -> None:
    result = run(SHARED, "--policy", "upwork-2023", "--compare", "connects_price", "--json")

    summary = json.loads(result.stdout)
    assert summary["unpriced"] == 0
    compared = summary["compare"]
    assert compared["by_source"]["A"]["exact"] >= 0.93
    assert compared["by_source"]["A"]["within_one_step"] >= 0.999
    assert compared["by_source_client_not_known_unverified"]["A"]["exact"] >= 0.954
    rest = compared["rest_by_source"]
    assert [r["steps_off"] for r in rest["A"]["rest"]] == [-1, 1, 2]
    dearer = rest["A"]["rest"][1]["in_common"][0]
    assert (dearer["column"], dearer["value"]) in {
        ("client_payment_verified", "0"),
        ("client spent before", "no"),
    }
    assert {s["steps"] for s in rest["B"]["stretches"]} == {0, 1}
    assert rest["B"]["exact_with_stretches"] > compared["by_source"]["B"]["exact"] + 0.3


def test_the_report_says_what_the_rest_have_in_common_and_when_prices_were_shifted(
    tmp_path: Path,
) -> None:
    file = tmp_path / "jobs.csv"
    lines = ["job_id,source,kind,budget_usd,duration,batch,real"]
    for number in range(90):
        batch, real = number // 30, 6 if number // 30 == 1 else 4
        lines.append(f"{number},A,fixed,60,{'lt_1m' if real == 6 else '1_3m'},{batch},{real}")
    file.write_text("\n".join(lines) + "\n")

    result = run(file, "--policy", "upwork-2023", "--compare", "real")

    assert "30 rows whose real price is 1 step higher" in result.stdout
    assert "duration lt_1m: 100% of them, 33% of all" in result.stdout
    assert "batches 1 to 1: 1 step up, 30 rows, 100.0% explained" in result.stdout

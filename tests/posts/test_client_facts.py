"""A file's columns about the client reach the price."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from connects.cli.main import main


def prices(file: Path, *more: str) -> list[int]:
    command = ["price", str(file), "--policy", "upwork-2025", "--out", "-", "--least", "0", *more]
    result = CliRunner().invoke(main, command)
    lines = result.stdout.splitlines()[1:]
    return [int(line.split(",")[1]) for line in lines]


def test_spend_reviews_and_hires_of_a_csv_file_move_the_price(tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_text(
        "job_id,kind,hourly_min,hourly_max,client_spend_usd,client_reviews,client_hires\n"
        "1,hourly,10,20,,,\n"
        "2,hourly,10,20,3700.0,0.0,\n"
        "3,hourly,10,20,0,1.0,\n"
        "4,hourly,10,20,,,2\n"
        "5,hourly,10,20,-5,nonsense,0\n"
    )

    assert prices(file) == [10, 18, 18, 18, 10]


def test_the_record_is_read_under_the_names_that_pages_give_it(tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_text(
        "id,type,hourly rate,total spent,rating\n"
        '1,Hourly,$20,"$60K+ spent",4.9 of 5\n'
        "2,Hourly,$20,$0 spent,0\n"
    )

    assert prices(file) == [18, 10]


def test_an_explanation_names_the_record_that_the_price_rests_on(tmp_path: Path) -> None:
    file = tmp_path / "posts.json"
    row = {"job_id": "7", "kind": "fixed", "budget_usd": 90, "client_spend_usd": 12.5}
    file.write_text(json.dumps([{**row, "client_rating": 4.85}]))
    command = ["price", str(file), "--policy", "upwork-2025", "--explain", "7", "--json"]

    told = json.loads(CliRunner().invoke(main, command).output)

    assert told["connects"] == 18
    assert told["inputs"]["client_spend_cents"] == 1250
    assert told["inputs"]["client_rating_hundredths"] == 485
    assert told["inputs"]["client_hires"] == 0
    assert told["inputs"]["client_reviews"] is None


@pytest.mark.parametrize("spent", ["1e999", "inf", "-1", "9" * 400])
def test_a_spend_that_cannot_be_is_not_known(tmp_path: Path, spent: str) -> None:
    file = tmp_path / "posts.csv"
    file.write_text(f"job_id,kind,budget_usd,client_spend_usd\n1,fixed,5,{spent}\n")

    assert prices(file) == [10]

"""What columns mean is guessed only where nothing else looks the same; in doubt a person is asked."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from connects.posts.unreadable import TableUnreadable
from connects.vocabulary.facts import UNDER_THIRTY_HOURS, JobFacts, JobKind
from tests.posts.written_files import posts_in, read, run


def facts_of(file: Path, content: str) -> list[JobFacts]:
    return [each.row.facts for each in posts_in(file, content) if each.row]


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("ends", ("6 days left", "3 days left")),
        ("status", ("6 days left", "3 days left")),
        ("last seen", ("3 weeks ago", "2 weeks ago")),
        ("Experience", ("3 years", "5+ years")),
        ("member for", ("3 months", "8 months")),
        ("avg response", ("2 hours", "4 hours")),
        ("note", ("2 hours", "4 hours")),
        ("client since", ("2020-01-02 10:00", "2021-02-03 10:00")),
    ],
)
def test_what_only_looks_like_a_fact_of_the_post_is_none(
    tmp_path: Path, column: str, cells: tuple[str, str]
) -> None:
    file = tmp_path / "posts.csv"
    file.write_text(f"type,price,{column}\nfixed,$500,{cells[0]}\nhourly,$20/hr,{cells[1]}\n")
    rows, table = read(file)

    assert column in table.unused
    for each in rows:
        assert each.row is not None
        assert each.row.facts.duration_days is None
        assert each.row.facts.hours_per_week is None


def test_lengths_and_hours_are_known_under_any_name(tmp_path: Path) -> None:
    rows = "fixed,$500,Less than 30 hrs/week,1 to 3 months\nhourly,$20/hr,Part Time,3 to 6 months\n"
    fixed, hourly = facts_of(tmp_path / "posts.csv", f"type,price,how much,how long\n{rows}")

    assert fixed.hours_per_week == hourly.hours_per_week == UNDER_THIRTY_HOURS
    assert fixed.duration_days
    assert hourly.duration_days


@pytest.mark.parametrize("order", ["{price},{budget}", "{budget},{price}"])
@pytest.mark.parametrize("price", ["price", "cost", "pay", "rate"])
def test_a_budget_is_the_amount_before_what_may_be_the_price_of_a_proposal(
    tmp_path: Path, order: str, price: str
) -> None:
    name, one, two = (
        order.format(price=price, budget="budget"),
        order.format(price="6", budget="500"),
        order.format(price="4", budget="700"),
    )
    found = facts_of(tmp_path / "posts.csv", f"type,{name}\nfixed,{one}\nfixed,{two}\n")

    assert [each.budget_cents for each in found] == [500_00, 700_00]


@pytest.mark.parametrize(
    "content",
    [
        "type,amount,budget\nfixed,5,500\nhourly,4,25\n",
        "type,price,cost\nfixed,5,500\nhourly,4,25\n",
        "type,budget,project budget\nfixed,500,500\nhourly,,25\n",
        "type,min budget,budget min,budget max\nfixed,5,50,500\n",
        "job type,contract type,budget\nfixed,hourly,500\nhourly,hourly,25\n",
    ],
)
def test_two_columns_that_say_two_things_are_asked_about(tmp_path: Path, content: str) -> None:
    file, kept = tmp_path / "posts.csv", tmp_path / "map.toml"
    with pytest.raises(TableUnreadable, match="says two things of what the job pays"):
        posts_in(file, content)

    assert run("posts", "map", file, "--out", kept).exit_code == 0
    assert run("price", file, "--policy", "fair-2026", "--map", kept).exit_code == 0


def test_two_columns_that_say_the_same_are_no_doubt(tmp_path: Path) -> None:
    content = "type,budget,budget text\nfixed,500,$500.00\nhourly,25,$25.00/hr\nfixed,,N/A\n"

    assert [each.budget_cents for each in facts_of(tmp_path / "posts.csv", content)] == [
        500_00,
        None,
        None,
    ]


def test_a_rate_of_five_stars_is_no_pay(tmp_path: Path) -> None:
    content = "type,budget,rate\nfixed,500,4.9\nhourly,25,4.8\n"
    _, hourly = facts_of(tmp_path / "posts.csv", content)

    assert hourly.hourly_max_cents == 25_00


def test_sums_for_a_month_or_a_year_are_neither_budgets_nor_rates(tmp_path: Path) -> None:
    rows = "fixed,3000,month\nhourly,25,hour\nfixed,90000,Yearly\nfixed,70,project\n"
    found = posts_in(tmp_path / "posts.csv", f"type,salary,salary period\n{rows}")

    assert ["only sums" in each.problem for each in found] == [True, False, True, False]
    assert "not 'month'" in found[0].problem


def test_by_what_an_amount_is_paid_says_how_the_job_is_paid(tmp_path: Path) -> None:
    content = "id,pay,pay period\n1,25,hour\n2,700,fixed\n3,900,month\n"
    found = posts_in(tmp_path / "posts.csv", content)

    assert [each.row.facts.kind for each in found if each.row] == [JobKind.HOURLY, JobKind.FIXED]


def test_what_a_client_pays_on_average_is_not_what_the_job_pays(tmp_path: Path) -> None:
    content = (
        "type,budget,avg hourly rate,client budget,hires,connects price\nfixed,,22.5,90000,3,16\n"
    )
    file = tmp_path / "posts.csv"
    file.write_text(content)
    rows, table = read(file)

    assert rows[0].row is not None
    assert table.with_amount == 0
    assert {"avg hourly rate", "client budget", "connects price"} <= set(table.unused)


@pytest.mark.parametrize("name", ["ccy", "money of the job", "iso_currency_code"])
def test_a_column_of_currencies_is_one_under_any_name(tmp_path: Path, name: str) -> None:
    content = f"type,budget,{name}\nfixed,500,EUR\nhourly,25,USD\n"
    found = posts_in(tmp_path / "posts.csv", content)

    assert "in EUR" in found[0].problem
    assert found[1].row


@pytest.mark.parametrize("code", ["EUR", "INR", "BRL", "JPY"])
def test_no_rate_is_put_into_anybodys_mouth(tmp_path: Path, code: str) -> None:
    (found,) = posts_in(tmp_path / "posts.csv", f"type,budget,currency\nfixed,500,{code}\n")

    assert f"what one {code} is worth in USD" in found.problem
    assert not any(sign.isdigit() for sign in found.problem)


def tile(number: int, **facts: object) -> dict[str, object]:
    """A job as the marketplace's own pages are told of it, one thing inside of another."""
    job = {
        "id": str(number),
        "jobType": "FIXED",
        "hourlyBudgetMin": None,
        "hourlyBudgetMax": None,
        "hourlyEngagementType": None,
        "contractorTier": "ExpertLevel",
        "createTime": "2026-04-09T14:30:00.000Z",
        "publishTime": "2026-04-10T14:30:00.000Z",
        "weeklyRetainerBudget": None,
        "fixedPriceAmount": None,
    }
    client = {"paymentVerificationStatus": "VERIFIED", "totalSpent": {"amount": "12.5"}}
    return {"upworkHistoryData": {"client": client}, "jobTile": {"job": job | facts}}


def test_what_only_holds_the_post_is_no_part_of_its_columns_names(tmp_path: Path) -> None:
    fixed = {"fixedPriceAmount": {"isoCurrencyCode": "USD", "amount": "500.0"}}
    hourly = {"jobType": "HOURLY", "hourlyBudgetMin": "20", "hourlyBudgetMax": "40"}
    full = {"hourlyEngagementType": "FULL_TIME"}
    document = {"data": {"search": {"results": [tile(1, **fixed), tile(2, **hourly, **full)]}}}
    one, two = posts_in(tmp_path / "posts.json", json.dumps(document))

    assert one.row is not None
    assert two.row is not None
    assert one.row.facts.budget_cents == 500_00
    assert (two.row.facts.hourly_min_cents, two.row.facts.hourly_max_cents) == (20_00, 40_00)
    assert two.row.facts.hours_per_week is not None
    assert one.row.facts.client_payment_verified
    assert one.row.facts.client_spend_cents == 12_50
    assert one.cells["posted_at"] == "2026-04-10T14:30Z"


def test_a_post_that_says_nothing_but_zeros_is_hourly_without_a_rate(tmp_path: Path) -> None:
    content = "amount,hourly min,hourly max\n0.0,0.0,0.0\n0.0,20,40\n800,0.0,0.0\n"
    hidden, hourly, fixed = facts_of(tmp_path / "posts.csv", content)

    assert (hidden.kind, hidden.budget_cents, hidden.hourly_max_cents) == (
        JobKind.HOURLY,
        None,
        None,
    )
    assert hourly.kind is JobKind.HOURLY
    assert (fixed.kind, fixed.budget_cents) == (JobKind.FIXED, 800_00)


@pytest.mark.parametrize(
    ("cell", "kind", "cents"),
    [
        ("Fixed Price | Under $250", "fixed", 250_00),
        ("Fixed Price | $1k-$2.5k", "fixed", 1_750_00),
        ("Fixed Price | Not Sure", "fixed", None),
        ("Hourly | $10-$20/hr", "hourly", None),
    ],
)
def test_how_a_job_pays_may_stand_before_its_amount(
    tmp_path: Path, cell: str, kind: str, cents: int | None
) -> None:
    (found,) = facts_of(tmp_path / "posts.csv", f"title;budget\nA;{cell}\n")

    assert (found.kind.value, found.budget_cents) == (kind, cents)


def test_a_rate_may_stand_behind_the_kind_and_budgets_elsewhere(tmp_path: Path) -> None:
    rows = "Hourly: $25.00 - $35.00,N/A\nFixed price,Est. budget: $18.00\nHourly,N/A\n"
    rated, fixed, open_ = facts_of(tmp_path / "posts.csv", f"Hourly/Fixed,Budget\n{rows}")

    assert (rated.kind, rated.hourly_min_cents, rated.hourly_max_cents) == (
        JobKind.HOURLY,
        25_00,
        35_00,
    )
    assert (fixed.kind, fixed.budget_cents) == (JobKind.FIXED, 18_00)
    assert (open_.kind, open_.hourly_max_cents) == (JobKind.HOURLY, None)


def test_the_same_file_has_the_same_summary(tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_text("kind,budget_usd,hourly_min,hourly_max\nhourly,,20,30\nfixed,,,\nfixed,70,,\n")
    code = "from connects.cli.main import main; main()"
    arguments = (sys.executable, "-c", code, "price", str(file), "--policy", "fair-2026")
    said = {
        subprocess.run(
            arguments,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3", "4")
    }

    assert len(said) == 1

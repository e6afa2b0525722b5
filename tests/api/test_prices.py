"""Prices by the API: the same facts as the page shows and the command prints, for those who may see."""

import csv
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from connects.acts.jobs import publish as jobs
from connects.acts.jobs import set_demand
from connects.acts.jobs.make_cloud import make_cloud
from connects.cli.main import main
from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import Cloud, Job, JobPrice, JobStatus
from connects.vocabulary.facts import UNDER_ONE_MONTH, UNDER_THIRTY_HOURS, JobKind, Level
from connects.vocabulary.parties import AccountKind
from tests.api.calling import (
    DRAFT,
    draft_price,
    person_of,
    price_of,
    problem,
    program_of,
    signed_in,
)
from tests.market.people import Town, posted, registered

TEXT = "Drawn by hand, in two colours."
POSTS: dict[str, tuple[JobFields, dict[str, str], dict[str, Any]]] = {
    "a budget that is believed": (
        JobFields(title="Logo", kind=JobKind.FIXED, budget_cents=900_00, category="Design"),
        {"kind": "fixed", "budget_usd": "900"},
        {"kind": "fixed", "budget_cents": 900_00},
    ),
    "a placeholder, and a text": (
        JobFields(
            title="Logo",
            kind=JobKind.FIXED,
            budget_cents=5_00,
            duration=UNDER_ONE_MONTH,
            category="Design",
            description=TEXT,
        ),
        {
            "kind": "fixed",
            "budget_usd": "5",
            "duration": "lt_1m",
            "description": TEXT,
        },
        {"kind": "fixed", "budget_cents": 5_00, "duration": "under_month", "description": TEXT},
    ),
    "hours without a rate": (
        JobFields(
            title="Logo",
            kind=JobKind.HOURLY,
            hours_per_week=UNDER_THIRTY_HOURS,
            level=Level.EXPERT,
            category="Design",
        ),
        {"kind": "hourly", "workload": "lt_30", "experience_level": "expert"},
        {"kind": "hourly", "hours_per_week": "under_30", "level": "expert"},
    ),
}


def by_command(cells: dict[str, str], book: str, folder: Path) -> Any:
    row = {"job_id": "1", "category": "Design", "title": "Logo", **cells}
    file = folder / "posts.csv"
    with file.open("w", newline="") as stream:
        table = csv.DictWriter(stream, list(row))
        table.writeheader()
        table.writerow(row)
    arguments = ["price", str(file), "--policy", book, "--explain", "1", "--json"]
    return json.loads(CliRunner().invoke(main, arguments).output)


@pytest.mark.parametrize("book", ["upwork-2019-05", "fair-2026"])
@pytest.mark.parametrize("said", POSTS)
def test_api_page_and_command_give_the_same_facts(
    here: Town, tmp_path: Path, said: str, book: str
) -> None:
    fields, cells, draft = POSTS[said]
    set_demand.set_demand("Design", 1000)  # the command takes demand to be average
    client = registered("client", AccountKind.CLIENT, book)
    freelancer = registered("freelancer", AccountKind.FREELANCER, book)
    job = jobs.post(fields, client)
    assert isinstance(job, Job)

    price = price_of(program_of(freelancer), job.public_id).json()["price"]

    assert price == by_command(cells, book, tmp_path)
    sent = {"title": "Logo", "category": "Design", **draft}
    assert price == draft_price(program_of(client), sent).json()["price"]
    page = unescape(
        signed_in(person_of(freelancer)).get(f"/work/{job.public_id}/").content.decode()
    )
    name = price["rule_book"].partition("@")[0]
    assert name == book
    own = "The card says" in page  # a newcomer's price stands beside the card's
    for words in (
        f"The card says {price['connects']}" if own else f"<strong>{price['connects']}</strong>",
        price["interval_words"],
        price["demand_words"],
        f"Decided by {price['rule_book_title']}.",
        *(each["words"] for each in price["reasons"]),
    ):
        assert words in page
    assert page.count("assumed</span>") == len(price["assumed"])
    shown, told = re.findall("<li>(With [^<]*)", page), [each["words"] for each in price["edits"]]
    if book == "fair-2026":  # its newcomers pay half, and fewer edits change that
        shown, told = [_what(words) for words in shown], [_what(words) for words in told]
        assert set(shown) <= set(told)
    else:
        assert shown == told


def _what(words: str) -> str:
    """`With a budget of $800`, without what it would cost."""
    return words.partition(":")[0]


def test_amounts_are_minor_units_with_a_currency_and_times_are_utc(here: Town) -> None:
    told = price_of(program_of(here.freelancer), here.job.public_id).json()

    assert (told["price"]["value_cents"], told["price"]["currency"]) == (300_00, "USD")
    assert told["post"] == {
        "id": here.job.public_id,
        "status": "open",
        "revision": 1,
        "posted": "2019-05-20T12:00:00Z",
    }


def test_a_draft_is_priced_and_nothing_is_stored(here: Town) -> None:
    before = (Job.objects.count(), JobPrice.objects.count())

    told = draft_price(program_of(here.client), {**DRAFT, "title": "  Handbook "})

    assert told.status_code == 200
    assert told.json()["asked"] == "2019-05-20T12:00:00Z"
    assert told.json()["price"]["connects"] == 5
    assert (Job.objects.count(), JobPrice.objects.count()) == before


def test_a_draft_is_priced_by_another_rule_book_where_it_is_named(here: Town) -> None:
    told = draft_price(program_of(here.client), {**DRAFT, "policy": "upwork-2023"}).json()
    unknown = draft_price(program_of(here.client), {**DRAFT, "policy": "nobodys"})

    assert told["price"]["rule_book"].startswith("upwork-2023@")
    assert problem(unknown, 422)["code"] == "rule_book_unknown"
    assert problem(unknown, 422)["parameters"] == {"name": "nobodys"}


def test_what_belongs_to_the_other_kind_of_pay_is_left_aside(here: Town) -> None:
    mixed = {**DRAFT, "hourly_min_cents": 10_00, "hourly_max_cents": 90_00}

    told = draft_price(program_of(here.client), mixed).json()["price"]

    assert told["inputs"]["hourly_min_cents"] is None
    assert told["value_cents"] == 900_00


def test_a_whole_number_is_one_however_json_writes_it(here: Town) -> None:
    told = draft_price(
        program_of(here.client), '{"title": "a", "kind": "fixed", "budget_cents": 9e4}'
    )

    assert told.json()["price"]["value_cents"] == 900_00


def test_only_clients_price_drafts(here: Town) -> None:
    for caller in (program_of(here.freelancer), signed_in(here.operator)):
        told = problem(draft_price(caller, DRAFT), 403)
        assert (told["code"], told["parameters"]) == ("not_allowed", {"problem": "clients_only"})


def test_a_removed_post_is_seen_by_its_client_and_staff_alone(here: Town) -> None:
    Job.objects.update(status=JobStatus.REMOVED)
    path = here.job.public_id

    assert price_of(program_of(here.client), path).json()["post"]["status"] == "removed"
    assert price_of(signed_in(here.operator), path).status_code == 200
    for stranger in (here.freelancer, here.stranger):
        assert problem(price_of(program_of(stranger), path), 404)["code"] == "not_found"


def test_a_clouds_post_is_seen_by_its_members_alone(here: Town) -> None:
    cloud = make_cloud("Friends", here.client, [here.freelancer])
    assert isinstance(cloud, Cloud)
    Job.objects.update(cloud=cloud)

    assert price_of(program_of(here.freelancer), here.job.public_id).status_code == 200
    assert problem(price_of(program_of(here.agency), here.job.public_id), 404)["parameters"] == {}


@pytest.mark.parametrize(
    "path", ["0123456789abcdef", "%00", "x", "ABCDEF0123456789", "%ff", "a" * 5_000]
)
def test_a_post_that_is_not_there_is_not_found(here: Town, path: str) -> None:
    assert problem(price_of(program_of(here.freelancer), path), 404)["code"] == "not_found"


@pytest.mark.parametrize(("how", "most"), [("key", 6), ("session", 8)])
def test_a_price_asks_the_database_few_questions_however_much_there_is(
    here: Town, how: str, most: int
) -> None:
    user = person_of(here.freelancer)
    caller = program_of(here.freelancer) if how == "key" else signed_in(user)
    asked = []
    for number in range(2):
        for each in range(20 * number):
            posted(here.client, f"Job {each}")
        price_of(caller, here.job.public_id)  # the first call of a day notes it
        with CaptureQueriesContext(connection) as queries:
            assert price_of(caller, here.job.public_id).status_code == 200
        asked.append(len(queries))

    assert asked == [most, most]


def test_a_draft_asks_no_more_for_many_posts_than_for_few(here: Town) -> None:
    caller = program_of(here.client)
    asked = []
    for number in range(2):
        for each in range(20 * number):
            posted(here.client, f"Job {each}")
        draft_price(caller, DRAFT)
        with CaptureQueriesContext(connection) as queries:
            assert draft_price(caller, {**DRAFT, "category": "Design"}).status_code == 200
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 10


def test_a_visitor_is_told_how_to_sign_in(here: Town) -> None:
    response = price_of(Client(), here.job.public_id)

    told = problem(response, 401)
    assert told["code"] == "not_signed_in"
    assert "Bearer" in told["message"]
    assert response.headers["WWW-Authenticate"] == "Bearer"

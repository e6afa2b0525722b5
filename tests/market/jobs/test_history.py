"""The marketplace's own posts as a table to learn from: complete, and without names or texts."""

from datetime import timedelta

import pytest

from connects.acts.jobs import publish
from connects.bootstrap.clock import held_at
from connects.market.jobs.fields import JobFields
from connects.market.jobs.history import COLUMNS, TEXT_COLUMNS, TIERS, history_rows
from connects.market.jobs.models import Job
from connects.vocabulary.facts import ONE_TO_THREE_MONTHS, THIRTY_HOURS_OR_MORE, JobKind, Level
from tests.market.people import NOON, Town, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    with held_at(NOON):
        return town()


def rows(*, texts: bool = False) -> list[dict[str, object]]:
    columns = (*COLUMNS, *TEXT_COLUMNS) if texts else COLUMNS
    return [dict(zip(columns, row, strict=True)) for row in history_rows(texts=texts)]


def test_a_post_is_a_row_with_what_it_says(here: Town) -> None:
    fields = JobFields(
        title="Sing\nloudly",
        description="Every\r\nevening.",
        kind=JobKind.HOURLY,
        hourly_min_cents=10_00,
        hourly_max_cents=25_50,
        level=Level.EXPERT,
        duration=ONE_TO_THREE_MONTHS,
        hours_per_week=THIRTY_HOURS_OR_MORE,
        category="Music",
    )
    with held_at(NOON + timedelta(hours=1)):
        publish.post(fields, here.client)
    first, second = rows()

    assert (first["budget_usd"], first["hourly_min"], first["kind"]) == ("300.00", "", "fixed")
    assert (second["hourly_min"], second["hourly_max"]) == ("10.00", "25.50")
    assert (second["experience_level"], second["category"]) == ("expert", "Music")
    assert second["posted_at"] == "2019-05-20T13:00Z"
    assert second["client_key"] == here.client.pk
    assert second["source"] == "own"
    assert second["duration"]
    assert second["workload"]


def test_no_name_and_no_text_is_in_it_unless_asked_for(here: Town) -> None:
    plain = " ".join(str(value) for row in rows() for value in row.values())
    (told,) = rows(texts=True)

    for word in ("Draw a logo", "acme", "Acme", "acme@test.example"):
        assert word not in plain
    assert told["title"] == "Draw a logo"


def test_a_text_stands_on_one_line(here: Town) -> None:
    Job.objects.update(title="Two\nlines", description="a\r\n\tb   c")
    (told,) = rows(texts=True)

    assert (told["title"], told["description"]) == ("Two lines", "a b c")


@pytest.mark.parametrize(
    ("proposals", "tier"),
    [(0, "lt_5"), (4, "lt_5"), (5, "5_10"), (19, "15_20"), (49, "20_50"), (50, "50_plus")],
)
def test_proposals_are_counted_in_tiers(here: Town, proposals: int, tier: str) -> None:
    Job.objects.update(proposal_count=proposals)

    assert rows()[0]["proposals_tier"] == tier
    assert [bound for bound, _ in TIERS] == sorted(bound for bound, _ in TIERS)


def test_posts_come_oldest_first(here: Town) -> None:
    with held_at(NOON):
        for number in range(3):
            publish.post(JobFields(title=f"Work {number}", kind=JobKind.FIXED), here.client)

    numbers = [int(str(row["job_id"])) for row in rows()]
    assert numbers == sorted(numbers)
    assert len(numbers) == 4

"""Demand is measured for all categories at once, kept by the hour, and used while it is fresh."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from connects.acts.jobs.measure_demand import FRESH, demand_for, measure
from connects.acts.jobs.record_demand import KEPT, record_demand
from connects.bootstrap.clock import held_at
from connects.market.jobs.demand import last_readings, readings_since
from connects.market.jobs.models import DemandByHand, Job
from connects.vocabulary.facts import Demand
from tests.market.people import NOON, Town, posted, proposed, town

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def here() -> Iterator[Town]:
    """Three open jobs: two about the web, one of them with a proposal, and one about law."""
    with held_at(NOON):
        made = town()
        Job.objects.all().update(ended=NOON - timedelta(days=40))
        web, _, law = (posted(made.client, f"Job {n}") for n in range(3))
        Job.objects.filter(pk__in=[web.pk, web.pk + 1]).update(category="web")
        Job.objects.filter(pk=law.pk).update(category="law")
        proposed(web, made.freelancer, "w")
        proposed(law, made.freelancer, "l")
        yield made


def test_the_index_is_proposals_a_job_over_the_same_for_all(here: Town) -> None:
    found = {
        row.category: (row.jobs, row.proposals, row.index_thousandths) for row in measure(NOON)
    }

    # Two proposals to three jobs: one for two is 0.75 of that, one for one 1.5 times.
    assert found == {"web": (2, 1, 750), "law": (1, 1, 1500)}


def test_all_categories_are_measured_with_one_question(here: Town) -> None:
    with CaptureQueriesContext(connection) as asked:
        measure(NOON)

    assert len(asked) == 1


def test_a_price_takes_a_fresh_reading_and_measures_for_itself_after_that(here: Town) -> None:
    assert record_demand(NOON) == 2
    Job.objects.filter(category="law").update(category="web")

    assert demand_for("law", NOON) == Demand(1500, 1)
    assert demand_for("law", NOON + FRESH) == Demand(1000, 0)


def test_demand_set_by_hand_comes_before_any_reading(here: Town) -> None:
    record_demand(NOON)
    DemandByHand.objects.create(category="law", index_thousandths=800)

    assert demand_for("law", NOON) == Demand(800, None)


def test_an_hour_keeps_its_last_reading(here: Town) -> None:
    record_demand(NOON)
    assert record_demand(NOON + timedelta(seconds=30)) == 0, "not again within a minute"
    Job.objects.filter(category="law").update(category="web")
    record_demand(NOON + timedelta(minutes=30))
    record_demand(NOON + HOUR)

    series = [(r.taken, r.category, r.jobs) for r in readings_since(NOON - HOUR)]
    assert series == [
        (NOON, "law", 1),
        (NOON, "web", 3),
        (NOON + HOUR, "web", 3),
    ]
    assert [reading.category for reading in last_readings()] == ["web"]


def test_the_series_ends_where_it_is_too_old(here: Town) -> None:
    record_demand(NOON)
    record_demand(NOON + KEPT + HOUR)

    assert {reading.taken for reading in readings_since(NOON)} == {NOON + KEPT + HOUR}

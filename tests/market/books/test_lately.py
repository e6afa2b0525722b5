"""What a marketplace's last days add up to, for its visitors: from the days that were counted."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from connects.market.books.lately import DAYS, Lately, lately
from connects.market.books.models import DayFigures

pytestmark = pytest.mark.django_db

LAST = date(2026, 11, 26)


def counted(*days: tuple[int, int, int]) -> None:
    """Days up to the last one, each with its proposals, Connects spent and returned."""
    DayFigures.objects.bulk_create(
        DayFigures(
            day=LAST - timedelta(days=len(days) - 1 - number),
            proposals=proposals,
            spent=spent,
            returned=returned,
            **dict.fromkeys(("sold", "expired", "revenue_cents"), 0),
            **dict.fromkeys(("breakage_cents", "liability_cents"), 0),
            currency="USD",
            made=datetime(2026, 11, 27, tzinfo=UTC),
        )
        for number, (proposals, spent, returned) in enumerate(days)
    )


def test_the_last_days_add_up_and_earlier_ones_are_left_out() -> None:
    counted((900, 900, 900), *[(2, 9, 3)] * DAYS)

    found = lately()

    assert found == Lately(DAYS, 2 * DAYS, 9 * DAYS, 3 * DAYS)
    assert (found.each, found.percent_back) == (4, 33)


@pytest.mark.parametrize("days", [[], [(10, 30, 0)]])
def test_of_too_few_proposals_nothing_is_said(days: list[tuple[int, int, int]]) -> None:
    counted(*days)

    assert lately() is None
    assert "days on this marketplace" not in Client().get("/").content.decode()


def test_visitors_read_it_on_the_first_page() -> None:
    counted((60, 240, 60))

    page = Client().get("/").content.decode()

    assert "The last 28 days on this marketplace" in page
    assert "25% of the 240 paid in the same days" in page

"""Each day that is over is counted once: what was sold, spent, came back, and what is owed at its end."""

from datetime import date, datetime, timedelta

import pytest

from connects.acts.books.close_months import close_months
from connects.acts.books.count_days import KEPT_AT_FIRST, count_days
from connects.acts.jobs.end import close
from connects.acts.purchases.buy import order
from connects.bootstrap.clock import held_at
from connects.due.run import run
from connects.market.books.models import DayFigures
from connects.market.books.selectors import figures_before
from connects.market.jobs.models import CloseReason
from connects.market.purchases.models import Purchase
from connects.statements.books.chart import DEFERRED
from tests.market.people import NOON, Town, posted, proposed, town

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
MIDNIGHT = NOON.replace(hour=0)


@pytest.fixture
def here() -> Town:
    with held_at(NOON):
        return town()


def bought(here: Town, credits: int, key: str, at: datetime) -> None:
    with held_at(at):
        assert isinstance(order(here.freelancer, credits, key), Purchase)


def counted(at: datetime) -> dict[date, DayFigures]:
    count_days(at)
    return {row.day: row for row in DayFigures.objects.all()}


def test_a_day_that_is_over_is_counted_by_what_was_written_on_it(here: Town) -> None:
    bought(here, 10, "one", NOON)
    day = counted(NOON + DAY)[NOON.date()]

    assert (day.proposals, day.sold, day.spent) == (1, 10, here.proposal.paid)
    assert (day.returned, day.expired) == (0, 0)
    assert day.currency == "USD"
    # Newcomers' Connects cost nothing, and they are spent first.
    assert (day.liability_cents, day.revenue_cents) == (150, 0)


def test_the_day_that_is_not_over_is_left_for_tomorrow(here: Town) -> None:
    assert NOON.date() not in counted(NOON)
    assert NOON.date() in counted(MIDNIGHT + DAY)


def test_no_day_is_counted_twice_and_later_ones_go_on_from_it(here: Town) -> None:
    bought(here, 10, "one", NOON)
    assert count_days(NOON + DAY) == KEPT_AT_FIRST // DAY
    assert count_days(NOON + DAY) == 0
    bought(here, 20, "two", NOON + DAY)
    with held_at(NOON + 2 * DAY):
        for number in range(8):
            job = posted(here.client, f"A job {number}")
            proposed(job, here.freelancer, f"p{number}")
    found = counted(NOON + 4 * DAY)

    second, third, fourth = (found[(NOON + n * DAY).date()] for n in (1, 2, 3))
    assert (second.sold, second.liability_cents) == (20, 450)
    assert third.proposals == 8
    assert third.revenue_cents > 0
    assert third.liability_cents == 450 - third.revenue_cents
    assert fourth.liability_cents == third.liability_cents
    assert (fourth.sold, fourth.spent, fourth.proposals) == (0, 0, 0)


def test_what_came_back_counts_on_the_day_on_which_it_did(here: Town) -> None:
    with held_at(NOON + DAY):
        close(here.job, here.client, CloseReason.NOT_HIRING)
        run(NOON + DAY)
    found = counted(NOON + 2 * DAY)

    assert found[NOON.date()].returned == 0
    assert found[(NOON + DAY).date()].returned == here.proposal.paid


def test_what_expires_unused_is_breakage(here: Town) -> None:
    bought(here, 10, "one", NOON)
    year = NOON + timedelta(days=370)
    with held_at(year):
        run(year)
    found = counted(year + DAY)
    day = found[year.date()]

    assert day.expired >= 10
    assert (day.breakage_cents, day.revenue_cents, day.liability_cents) == (150, 150, 0)


def test_the_liability_is_what_the_books_say(here: Town) -> None:
    bought(here, 40, "one", NOON)
    with held_at(NOON + DAY):
        for number in range(9):
            proposed(posted(here.client, f"A job {number}"), here.freelancer, f"p{number}")
    found = counted(NOON + timedelta(days=20))
    (month,) = close_months([date(2019, 5, 1)])

    assert DEFERRED.startswith("Liabilities")
    assert found[date(2019, 5, 31)].liability_cents == month.deferred.closing
    assert sum(row.revenue_cents for row in found.values()) == sum(month.income.values())


def test_figures_are_read_oldest_first_up_to_a_day(here: Town) -> None:
    count_days(NOON + 3 * DAY)
    days = figures_before((NOON + 2 * DAY).date(), 2)

    assert [row.day for row in days] == [NOON.date(), (NOON + DAY).date()]

"""Policy's reports: what proposals cost as a share of the jobs, and how demand moves."""

import pytest

from connects.acts.jobs.record_demand import record_demand
from connects.policy.shelf import shipped_names
from connects.vocabulary.parties import Role
from tests.console.desk import Desk
from tests.market.people import NOON, Town

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", shipped_names())
def test_the_burden_is_shown_under_every_rule_book(here: Town, name: str) -> None:
    page = Desk(Role.POLICY).page("fairness/", policy=name)

    assert "<svg" in page
    assert "%" in page


@pytest.mark.parametrize("name", ["no-such-book", "../fair-2026", "x" * 5_000])
def test_a_rule_book_that_is_not_known_is_not_found(here: Town, name: str) -> None:
    Desk(Role.POLICY).page("fairness/", expected=404, policy=name)


def test_demand_is_shown_once_it_was_measured(here: Town) -> None:
    desk = Desk(Role.POLICY)
    assert "Design" not in desk.page("demand/")

    record_demand(NOON)

    page = desk.page("demand/")
    assert "Design" in page
    assert "<svg" in page

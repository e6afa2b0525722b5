"""The first page: what needs whom, the week in figures with tables, and the menu with its counts."""

from datetime import timedelta
from typing import Any

import pytest

from connects.acts.books.count_days import count_days
from connects.acts.jobs.flag import flag_job
from connects.acts.staff import grant_courtesy
from connects.bootstrap.clock import held_at
from connects.market.moderation.models import FlagReason
from connects.market.people.models import STAFF_ROLES
from connects.vocabulary.parties import AccountKind, Role
from tests.console.desk import Desk, person
from tests.market.people import NOON, Town, posted, registered, rules_change


def flagged(here: Town, title: str, times: int) -> str:
    job = posted(here.client, title)
    for number in range(times):
        member = registered(f"{title.lower()}-{number}", AccountKind.FREELANCER)
        flag_job(job, member, FlagReason.OTHER)
    return str(job.public_id)


def test_everything_that_waits_is_there_with_its_number(here: Town) -> None:
    flagged(here, "Bad", 1)
    grant_courtesy.grant(here.freelancer, 2_000, "an outage", person(Role.SUPPORT), "one")
    rules_change(here.operator)
    page = Desk(Role.OPERATOR).page("")

    assert "3 things need someone" in page
    for words in ("1 flagged job", "1 grant or correction waiting", "1 rollout running"):
        assert words in page
    assert "0 of 5 accounts have moved." in page


def test_each_role_is_told_what_it_can_do_something_about(here: Town) -> None:
    flagged(here, "Bad", 1)
    pages = {role: Desk(role).page("") for role in STAFF_ROLES}

    assert {role for role in STAFF_ROLES if "1 flagged job" in pages[role]} == {
        Role.MODERATOR,
        Role.SUPPORT,
        Role.OPERATOR,
    }
    assert "nothing needs you" in pages[Role.FINANCE]
    assert "All done" in pages[Role.FINANCE]


def test_the_week_stands_beside_the_one_before_with_a_table_for_each_chart(here: Town) -> None:
    count_days(NOON + timedelta(days=1))
    with held_at(NOON + timedelta(days=1)):
        page, moderator = Desk(Role.FINANCE).page(""), Desk(Role.MODERATOR).page("")

    assert "against the week before" in page
    assert page.count('<svg class="chart"') == 1
    assert "The same as a table" in page
    for label in ("Revenue", "Breakage", "Owed to members", "Connects spent"):
        assert f"<dt>{label}</dt>" in page
    assert "<dt>Revenue</dt>" not in moderator
    assert "<dt>Connects spent</dt>" in moderator


def test_before_a_day_was_counted_the_page_says_so(here: Town) -> None:
    assert "No day has been counted yet." in Desk(Role.OPERATOR).page("")


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_the_page_takes_few_queries(
    role: Role, here: Town, django_assert_max_num_queries: Any
) -> None:
    flagged(here, "Bad", 2)
    rules_change(here.operator)
    count_days(NOON + timedelta(days=1))
    desk = Desk(role)
    with django_assert_max_num_queries(12):
        desk.page("")


def test_the_menu_marks_where_one_is_and_counts_what_waits(here: Town) -> None:
    flagged(here, "Bad", 1)
    desk = Desk(Role.MODERATOR)
    menu = desk.page("flagged/").split("</nav>")[1]

    assert 'href="/console/flagged/" aria-current="page"' in menu
    assert menu.count("aria-current") == 1
    assert 'Flagged jobs<span class="count alarm">1' in menu
    assert 'href="/console/" aria-current="page"' in desk.page("").split("</nav>")[1]


def test_the_next_flagged_job_is_the_heaviest_or_the_one_after(here: Town) -> None:
    heavy, light = flagged(here, "Heavy", 3), flagged(here, "Light", 1)
    desk = Desk(Role.MODERATOR)
    first = desk.client.get("/console/flagged/next/")
    assert first.headers["Location"] == f"/console/posts/{heavy}/"

    desk.do(f"posts/{heavy}/", act="dismiss", reason="it is fine")
    assert desk.client.get("/console/flagged/next/").headers["Location"].endswith(f"{light}/")
    desk.do(f"posts/{light}/", act="dismiss", reason="it is fine")
    last = desk.client.get("/console/flagged/next/", follow=True)
    assert "No more flags wait for a decision." in last.content.decode()

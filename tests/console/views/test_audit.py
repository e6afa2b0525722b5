"""The activity log: who of the staff did what to whom, and why, the newest first."""

import pytest

from connects.vocabulary.parties import Role
from tests.console.desk import Desk
from tests.market.people import Town

pytestmark = pytest.mark.django_db


def test_what_staff_do_stands_in_the_log_with_their_name_and_reason(here: Town) -> None:
    Desk(Role.SUPPORT).do("accounts/ana/", credits=3, reason="an outage", key="k")
    Desk(Role.MODERATOR).do("accounts/studio/", act="suspend", reason="a fraud")

    page = Desk(Role.FINANCE).page("audit/")

    for fact in (
        "Support",
        ">Ana</a>",
        "an outage",
        "Moderator",
        "/console/accounts/studio/",
        "a fraud",
    ):
        assert fact in page, fact
    assert page.index("a fraud") < page.index("an outage")


def test_reading_the_log_adds_nothing_to_it(here: Town) -> None:
    desk = Desk(Role.FINANCE)

    assert desk.page("audit/").count("<tr>") == desk.page("audit/").count("<tr>")


def test_what_was_refused_is_no_act(here: Town) -> None:
    Desk(Role.SUPPORT).refused("accounts/ana/", credits=0, reason="an outage", key="k")

    assert "an outage" not in Desk(Role.FINANCE).page("audit/")


@pytest.mark.parametrize("page", ["2", "0", "x", "-1", "9" * 5_000])
def test_a_page_beyond_the_last_one_is_no_error(here: Town, page: str) -> None:
    Desk(Role.FINANCE).page("audit/", page=page)

"""Every list of the console: it is filtered, shows chosen columns, is kept as a view, and downloaded."""

import csv
import io
from collections.abc import Mapping
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from connects.acts.staff.keep_views import VIEWS_MOST
from connects.console.views.saved_views import ADDRESSES
from connects.market.people.models import Account
from connects.market.staff.models import SavedView
from connects.market.trust.models import StaffAct
from connects.vocabulary.parties import AccountKind, Role
from tests.console.desk import DONE, NOT_THERE, REFUSED, Desk, audited
from tests.market.people import Town, posted, registered

LISTS = {
    "accounts": "accounts/",
    "jobs": "posts/",
    "proposals": "proposals/",
    "payments": "payments/",
    "purchases": "purchases/",
    "flagged": "flagged/",
    "appeals": "appeals/",
    "e-mails": "letters/",
    "e-mails-about-access": "letters/access/",
    "activity": "audit/",
    "promos": "promos/",
    "grants": "corrections/",
    "api-clients": "api-clients/",
    "rollouts": "rollouts/",
}


def file_of(desk: Desk, address: str, **asked: str) -> list[dict[str, str]]:
    answer = desk.client.get(f"/console/{address}", {**asked, "as": "csv"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_countries_are_named_in_the_language_of_the_reader(here: Town) -> None:
    Account.objects.update(country="DE")
    desk = Desk(Role.OPERATOR)

    assert "Germany" in desk.page("accounts/")
    assert {row["country"] for row in file_of(desk, "accounts/")} == {"Germany"}
    assert (
        "Alemania"
        in desk.client.get("/console/accounts/", headers={"Accept-Language": "es"}).content.decode()
    )


def test_the_lists_that_views_are_kept_of_are_those_tried_here() -> None:
    assert set(ADDRESSES) == set(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_filters_columns_a_sort_and_a_file(name: str, here: Town) -> None:
    desk = Desk(Role.OPERATOR)
    page = desk.page(LISTS[name])

    for part in ('role="search"', 'id="sort"', 'name="column"', "Download as CSV"):
        assert part in page, part
    assert file_of(desk, LISTS[name]) is not None
    assert audited("export") == [(f"list:{name}", "operator", "")]


@pytest.mark.parametrize("name", LISTS)
def test_no_list_asks_more_for_more_rows(name: str, here: Town) -> None:
    desk = Desk(Role.OPERATOR)
    desk.page(LISTS[name])
    with CaptureQueriesContext(
        connection,
    ) as few:
        desk.page(LISTS[name])
    for number in range(4):
        client = registered(f"client-{number}", AccountKind.CLIENT)
        posted(client, f"A job {number}")
    with CaptureQueriesContext(connection) as many:
        desk.page(LISTS[name])

    assert len(many) <= len(few)
    assert len(many) <= 12


def test_accounts_are_filtered_and_their_addresses_are_for_some_alone(here: Town) -> None:
    support, moderator = Desk(Role.SUPPORT), Desk(Role.MODERATOR)

    assert "ana@test.example" in support.page("accounts/", email="ana@test.example")
    assert audited("read-people") == [("list:accounts", "support", "")]
    hidden = moderator.page("accounts/", email="nobody@test.example")
    assert "E-mail address" not in hidden
    assert "ana@test.example" not in hidden
    assert ">Ana<" in hidden
    assert "Studio" not in support.page("accounts/", kind="freelancer")
    assert "email" not in file_of(moderator, "accounts/", column="email")[0]


def test_columns_are_chosen_for_the_page_and_for_the_file(here: Town) -> None:
    desk = Desk(Role.OPERATOR)
    page = desk.client.get("/console/posts/", {"column": ["job", "budget"]}).content.decode()

    assert "$300.00" in page
    assert 'data-label="Client"' not in page
    address = "/console/posts/?column=job&column=budget&as=csv"
    text = b"".join(desk.client.get(address)).decode()
    assert text == "job,budget,budget_currency\r\nDraw a logo,300.00,USD\r\n"


def test_a_file_holds_what_is_filtered_and_runs_nothing(here: Town) -> None:
    Account.objects.filter(handle="other").update(name='=HYPERLINK("http://x")')
    rows = file_of(Desk(Role.OPERATOR), "accounts/", kind="client", sort="name")

    assert [row["handle"] for row in rows] == ["other", "acme"]
    assert rows[0]["name"] == '\'=HYPERLINK("http://x")'


def test_a_list_without_rows_is_a_file_with_a_head(here: Town) -> None:
    answer = Desk(Role.OPERATOR).client.get("/console/promos/?as=csv")

    assert b"".join(answer).startswith(b"code,connects,state")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"registered-from": "tomorrow"}, "Registered from: enter a day, such as 2026-11-28."),
        ({"kind": "robot"}, "Kind: choose one of those offered."),
        (
            {"registered-from": "2026-11-28", "registered-to": "2026-11-27"},
            "Registered to: this ends before it begins, at 2026-11-28, so nothing can fit.",
        ),
    ],
)
def test_a_filter_that_makes_no_sense_is_told(
    asked: Mapping[str, Any], words: str, here: Town
) -> None:
    page = Desk(Role.OPERATOR).page("accounts/", REFUSED, **asked)

    assert "Nothing is shown" in page
    assert words in page
    assert ">Ana<" not in page


def test_a_view_is_kept_marked_replaced_and_forgotten(here: Town) -> None:
    desk = Desk(Role.SUPPORT)
    there = desk.do("views/", list="accounts", name="Agencies", query="kind=agency")
    page = desk.client.get(there).content.decode()

    assert there == "/console/accounts/?kind=agency"
    assert "“Agencies” is kept." in page
    assert 'href="/console/accounts/?kind=agency" aria-current="page">Agencies' in page
    assert "Agencies" not in Desk(Role.FINANCE).page("accounts/")
    desk.do("views/", list="accounts", name="Agencies", query="kind=agency&country=DE")
    view = SavedView.objects.get()
    assert view.query == "kind=agency&country=DE"
    Desk(Role.FINANCE).do("views/", list="accounts", act="forget", view=view.pk)
    assert SavedView.objects.exists()
    desk.do("views/", list="accounts", act="forget", view=view.pk)
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_or_one_too_many_is_refused(here: Town) -> None:
    desk = Desk(Role.SUPPORT)
    for number in range(VIEWS_MOST):
        desk.do("views/", list="jobs", name=f"View {number}", query="status=open")

    for form in ({"name": ""}, {"name": "One more"}, {"name": "x" * 61}):
        there = desk.do("views/", list="jobs", query="status=open", **form)
        assert 'role="alert"' in desk.client.get(there).content.decode()
    assert SavedView.objects.count() == VIEWS_MOST
    assert desk.send("views/", list="nonsense", name="x").status_code == NOT_THERE
    assert (
        desk.send("views/", list="jobs", name="x", query="a\r\nSet-Cookie: b").status_code == DONE
    )


def test_the_activity_log_says_what_was_done_and_leads_there(here: Town) -> None:
    desk = Desk(Role.OPERATOR)
    desk.do("accounts/ana/", act="suspend", reason="a fraud")
    page = desk.page("audit/", about="account:ana")

    assert "Suspended an account" in page
    assert '<a href="/console/accounts/ana/">Ana</a>' in page
    assert StaffAct.objects.filter(act="suspend").exists()
    assert "Suspended an account" not in desk.page("audit/", act="reinstate")
    assert "Suspended an account" not in desk.page("audit/", role="finance")

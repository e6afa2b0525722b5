"""Staff's pages about prices: fairness and demand."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from connects.acts.jobs.record_demand import record_demand
from connects.bootstrap.clock import held_at
from connects.market.jobs.models import Job
from connects.market.people.models import User
from connects.vocabulary.parties import Role
from tests.market.people import NOON, Town, posted, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


def staff(role: Role) -> Client:
    client = Client()
    user = User.objects.create_user(f"{role}@test.example", "S", None, role.value)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_policy_people_see_the_burden_under_any_rule_book(here: Town) -> None:
    posted(here.client, "Logo", budget_cents=100_00)

    page = staff(Role.POLICY).get("/console/fairness/?policy=upwork-2023").content.decode()

    assert "Under upwork-2023@2 a proposal to one of" in page
    assert "connects policy fit posts.csv --base upwork-2023 --out new.toml" in page
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg" class="chart"') == 5


def test_all_rule_books_stand_side_by_side_on_the_same_values(here: Town) -> None:
    posted(here.client, "Logo", budget_cents=100_00)
    policy = staff(Role.POLICY)

    page = policy.get("/console/fairness/").content.decode()
    by_own = policy.get("/console/fairness/?policy=upwork-2023&values=upwork-2023").content.decode()

    assert "every post is valued alike, by fair-2026@" in page
    assert "every post is valued alike, by upwork-2023@2" in by_own
    table = page.partition("Rule books side by side")[2].partition("</table>")[0]
    for label in ("upwork-2019-05@2", "upwork-2023@2", "upwork-2025@1"):
        assert f'<th scope="row">{label}</th>' in table
    share = "Mean share of the value,\u00a0%"
    assert f">{share}</th>" in table
    assert table.count(f'data-label="{share}"') == table.count("<tr>") - 1
    assert policy.get("/console/fairness/?values=none").status_code == 404


def test_the_report_asks_as_much_for_many_posts_as_for_few(here: Town) -> None:
    client = staff(Role.POLICY)
    asked = []
    for number in range(2):
        for each in range(1 + 5 * number):
            posted(here.client, f"Job {number} {each}")
        with CaptureQueriesContext(connection) as queries:
            client.get("/console/fairness/")
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_an_unknown_rule_book_is_no_page(here: Town) -> None:
    assert staff(Role.POLICY).get("/console/fairness/?policy=none").status_code == 404


def test_the_demand_page_shows_the_last_readings_and_the_series(here: Town) -> None:
    client = staff(Role.OPERATOR)
    assert "Nothing has been measured yet" in client.get("/console/demand/").content.decode()
    posted(here.client, "Logo")
    Job.objects.update(category="Design & Art")
    record_demand(NOON)

    page = client.get("/console/demand/").content.decode()

    assert "Design &amp; Art" in page
    assert f"Measured {NOON:%-d %B %Y, %H:%M} UTC" in page
    assert 'aria-label="Demand index by category' in page


@pytest.mark.parametrize("address", ["/console/fairness/", "/console/demand/"])
def test_others_of_the_staff_and_members_see_neither(here: Town, address: str) -> None:
    assert staff(Role.FINANCE).get(address).status_code == 404
    member = Client()
    member.force_login(
        here.user_of(here.freelancer), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert member.get(address).status_code == 404

"""The page where work is found: its filters, saved searches with alerts, and what contradicts itself."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from connects.acts.accounts.edit_profile import ProfileForm, edit_profile
from connects.bootstrap.clock import held_at
from connects.market.jobs.models import Alert, Job, JobSkill, SavedSearch
from connects.market.profiles.suggested import skills_named
from connects.web.templatetags.dates import posted_ago
from tests.market.people import NOON, Town, posted, town

pytestmark = pytest.mark.django_db

ALL = (
    "q=logo&category=Design&kind=fixed&level=&price_least=0&price_most=40&budget_least=10"
    "&budget_most=900&seen=7&posted=30&proposals=50"
)


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


@pytest.fixture
def ana(here: Town) -> Client:
    client = Client()
    client.force_login(
        here.user_of(here.freelancer), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def test_all_filters_together_find_what_fits_in_few_queries(
    here: Town, ana: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(25):
        posted(here.client, "Draw a logo")

    with django_assert_max_num_queries(12):
        page = ana.get(f"/work/?{ALL}")

    assert page.context["work"].total == 26
    text = page.content.decode()
    assert "The client has 26 open jobs with this title" in text
    assert 'name="price_most" inputmode="numeric" maxlength="6" value="40"' in text
    assert "price_most=40&amp;budget_least=10" in text, "the next page keeps the filters"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("price_least=9&price_most=1", "Connects: this ends before it begins"),
        ("budget_least=900&budget_most=10", "Budget: this ends before it begins"),
        (
            "kind=hourly&budget_least=10",
            "Budget: leave this out; it is for jobs that pay the other way",
        ),
        ("price_least=x", "enter a whole number"),
        ("budget_least=cheap", "enter an amount"),
    ],
)
def test_filters_that_contradict_each_other_say_so(ana: Client, question: str, said: str) -> None:
    for reader in (ana, Client()):
        page = reader.get(f"/work/?{question}")

        assert page.status_code == 409
        assert said in page.content.decode()


def test_a_search_is_saved_with_an_alert_and_the_alert_is_changed(ana: Client) -> None:
    saved = ana.post(
        "/work/searches/", {"name": "Logos", "query": ALL, "alert": "at_once"}, follow=True
    )
    search = SavedSearch.objects.get()
    assert search.alert == Alert.AT_ONCE
    assert "within minutes of a new job that fits" in saved.content.decode()

    ana.post(f"/work/searches/{search.pk}/alert/", {"alert": "never"})

    search.refresh_from_db()
    assert (search.alert, search.next_check) == (Alert.NEVER, None)
    assert ana.get(f"/work/searches/{search.pk}/")["Location"].endswith(search.query)


def test_a_search_is_a_tab_takes_a_new_name_and_says_why_it_is_not_saved(ana: Client) -> None:
    for name in ("Logos", "Cheap logos"):
        ana.post("/work/searches/", {"name": name, "query": "q=logo&", "alert": "daily"})
    refused = ana.post(
        "/work/searches/", {"name": "All", "query": "", "alert": "daily"}, follow=True
    )
    shown = ana.get("/work/?q=logo").content.decode()

    assert SavedSearch.objects.get().name == "Cheap logos"
    assert '<a href="/work/?q=logo" aria-current="page">Cheap logos</a>' in shown
    assert shown.count('class="tabs"') == 1
    assert '<a href="/work/" aria-current="page">All jobs</a>' not in shown
    *_, why = refused.context["messages"]
    assert (why.level_tag, SavedSearch.objects.count()) == ("error", 1)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(seconds=30), "Posted just now"),
        (timedelta(minutes=1), "Posted 1 minute ago"),
        (timedelta(hours=3), "Posted 3 hours ago"),
        (timedelta(hours=20), "Posted yesterday"),
        (timedelta(days=6), "Posted 6 days ago"),
        (timedelta(days=7), "Posted on 24 May"),
        (timedelta(days=365), "Posted on 31 May 2018"),
    ],
)
def test_when_a_job_was_posted_is_said_as_people_say_it(before: timedelta, said: str) -> None:
    now = datetime(2019, 5, 31, 12, tzinfo=UTC)

    assert posted_ago(now - before, now) == said


@pytest.mark.parametrize("alert", ["", "hourly", "\x00"])
def test_an_alert_that_there_is_not_is_no_page(ana: Client, alert: str) -> None:
    ana.post("/work/searches/", {"name": "Logos", "query": ALL, "alert": alert})
    search = SavedSearch.objects.get()

    answer = ana.post(f"/work/searches/{search.pk}/alert/", {"alert": alert})

    assert answer.status_code == 404
    assert search.alert == Alert.NEVER
    assert ana.get("/work/searches/99/").status_code == 404


def test_the_skills_of_a_job_are_said_found_and_matched_with_ones_own(
    here: Town, ana: Client
) -> None:
    acme = Client()
    acme.force_login(here.user_of(here.client), backend="django.contrib.auth.backends.ModelBackend")
    form = {"title": "Build a shop", "kind": "fixed", "budget": "300"}
    skills = ", ".join(f"skill {n}" for n in range(16))
    assert (
        "There is a problem"
        in acme.post("/posts/new/", {**form, "skills": skills}).content.decode()
    )
    acme.post("/posts/new/", {**form, "skills": "Python; Web Design, python"})
    job = Job.objects.get(title="Build a shop")
    assert job.skills == ["Python", "Web Design"]
    profile = ProfileForm(skills="web  design, Cooking", currency="USD")
    edit_profile(here.freelancer, profile)

    assert ana.get("/work/?skill=PYTHON").context["work"].total == 1
    assert ana.get("/work/?skill=pyth").context["work"].total == 0
    mine = ana.get("/work/?mine=1")
    assert [item.job.title for item in mine.context["work"].items] == ["Build a shop"]
    assert '<span class="unseen">Your skill:</span> Web Design</a>' in mine.content.decode()
    assert 'skill=Web%20Design">' in ana.get(f"/work/{job.public_id}/").content.decode()
    assert skills_named(job) == {"python", "web design"}
    assert "Ana" in acme.get(f"/posts/{job.public_id}/invite/").content.decode()

    edited = acme.get(f"/posts/{job.public_id}/edit/").content.decode()
    assert 'value="Python, Web Design"' in edited
    acme.post(f"/posts/{job.public_id}/edit/", {**form, "skills": "Django"})
    assert ana.get("/work/?mine=1").context["work"].total == 0
    assert list(JobSkill.objects.values_list("key", flat=True)) == ["django"]

"""People tell of themselves, decide who may read it, and are found by members."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from connects.acts.accounts.edit_profile import ProfileForm, edit_profile
from connects.acts.credits.award_badge import add_badge
from connects.acts.proposals import client_acts
from connects.bootstrap.clock import held_at
from connects.market.people.models import Account, Membership
from connects.market.profiles.models import Profile, ShownTo
from connects.vocabulary.parties import AccountKind, Role
from tests.market.people import NOON, Town, registered, town

pytestmark = pytest.mark.django_db

TOLD = {
    "title": "Illustrator",
    "skills": "Drawing, Logo design, drawing",
    "rate": "45",
    "country": "DE",
    "about": "I draw birds.",
    "shown_to": "members",
}


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


def browser_of(here: Town, account: Account) -> Client:
    client = Client()
    client.force_login(here.user_of(account), backend="django.contrib.auth.backends.ModelBackend")
    return client


def tells(account: Account, **fields: Any) -> Profile:
    answer = edit_profile(account, ProfileForm(currency="USD", **fields))
    assert isinstance(answer, Profile), answer
    return answer


def found(client: Client, question: str) -> list[str]:
    response = client.get(f"/people/?{question}")
    assert response.status_code == 200
    return [person.account.name for person in response.context["found"].items]


def test_somebody_tells_of_themselves_and_it_is_read_by_members(here: Town) -> None:
    ana = browser_of(here, here.freelancer)

    answer = ana.post("/account/profile/", TOLD, follow=True)

    assert "Your profile is saved." in answer.content.decode()
    page = browser_of(here, here.client).get("/people/ana/").content.decode()
    for words in ("Illustrator", "Logo design", "$45.00 an hour", "Germany", "I draw birds."):
        assert words in page
    assert Profile.objects.get().skills == ["Drawing", "Logo design"]
    assert "ana@test.example" not in page


def test_the_form_begins_with_what_was_told(here: Town) -> None:
    ana = browser_of(here, here.freelancer)
    ana.post("/account/profile/", TOLD)

    page = ana.get("/account/profile/").content.decode()

    assert 'value="Drawing, Logo design"' in page
    assert 'value="45.00"' in page
    assert '<option value="DE" selected>Germany</option>' in page


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("country", "Atlantis", "Choose a country from the list"),
        ("country", "Ge", "Choose a country from the list"),
        ("rate", "a lot", "Enter an amount"),
        ("rate", "99999999", "Rate: enter less"),
        ("rate", "-5", "Enter an amount"),
        ("skills", ",".join(f"s{n}" for n in range(16)), "Name at most 15 skills"),
        ("skills", "x" * 41, "Skills: use at most"),
        ("title", "x" * 101, "at most 100 characters"),
        ("about", "a\x07b", "characters that cannot be shown"),
        ("shown_to", "nobody", "Choose one of those offered"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_and_changes_nothing(
    here: Town, field: str, typed: str, said: str
) -> None:
    ana = browser_of(here, here.freelancer)

    answer = ana.post("/account/profile/", {**TOLD, field: typed})

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Profile.objects.exists()


def test_visitors_read_only_what_is_for_everyone(here: Town) -> None:
    assert Client().get("/people/ana/").status_code == 302
    assert Client().get("/people/no-such-person/").status_code == 302
    tells(here.freelancer, title="Illustrator", shown_to=ShownTo.EVERYONE)

    assert "Illustrator" in Client().get("/people/ana/").content.decode()


def test_who_hides_is_seen_by_those_they_propose_to_and_found_by_nobody(here: Town) -> None:
    tells(here.freelancer, title="Illustrator", shown_to=ShownTo.DEALINGS)
    acme, other = browser_of(here, here.client), browser_of(here, here.stranger)

    assert "Illustrator" in acme.get("/people/ana/").content.decode()
    assert other.get("/people/ana/").status_code == 404
    assert browser_of(here, here.freelancer).get("/people/ana/").status_code == 200
    assert "Ana" not in found(acme, "") + found(other, "q=ana") + found(other, "q=Ana")


@pytest.mark.parametrize("column", ["suspended", "closed"])
def test_suspended_and_closed_people_are_not_found(here: Town, column: str) -> None:
    Account.objects.filter(pk=here.freelancer.pk).update(**{column: NOON})
    other = browser_of(here, here.stranger)

    assert found(other, "q=ana") == []
    assert other.get("/people/ana/").status_code == 404


def test_clients_have_no_profile(here: Town) -> None:
    acme = browser_of(here, here.client)

    assert acme.get("/people/other/").status_code == 404
    assert acme.get("/account/profile/").status_code == 404


def test_a_plain_member_of_an_agency_does_not_change_its_profile(here: Town) -> None:
    user = here.user_of(here.freelancer)
    Membership.objects.create(user=user, account=here.agency, role=Role.AGENCY_MEMBER.value)
    ana = browser_of(here, here.freelancer)
    ana.post("/account/", {"account": "studio"})

    assert ana.get("/account/profile/").status_code == 404
    assert 'href="/account/profile/"' not in ana.get("/people/studio/").content.decode()


def test_people_are_found_by_name_skill_country_rate_and_badge(here: Town) -> None:
    tells(here.freelancer, skills="Logo Design, Drawing", hourly_cents=45_00, country="DE")
    registered("ben", AccountKind.FREELANCER)
    Account.objects.filter(handle="ben").update(country="FR")
    add_badge(here.freelancer, "top-rated")
    acme = browser_of(here, here.client)

    assert found(acme, "") == ["Ana", "Ben", "Studio"]
    assert found(acme, "q=an") == ["Ana"]
    assert found(acme, "skill=LOGO++design") == ["Ana"]
    assert found(acme, "skill=logo") == ["Ana"]
    assert found(acme, "skill=design") == []
    assert found(acme, "country=DE") == found(acme, "country=Germany") == ["Ana"]
    assert found(acme, "country=FR") == ["Ben"]
    assert found(acme, "rate_most=45") == found(acme, "rate_least=45.00") == ["Ana"]
    assert found(acme, "rate_least=46") == []
    assert found(acme, "badge=top-rated") == ["Ana"]
    assert found(acme, "kind=agency") == ["Studio"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("rate_least=50&rate_most=20", "nothing can fit"),
        ("rate_least=cheap", "enter an amount"),
        ("rate_most=1e9", "enter an amount"),
        ("country=Atlantis", "Choose a country from the list"),
        ("country=ZZ", "Choose a country from the list"),
    ],
)
def test_a_search_that_makes_no_sense_says_so(here: Town, question: str, said: str) -> None:
    answer = browser_of(here, here.client).get(f"/people/?{question}")

    assert answer.status_code == 409
    assert said in answer.content.decode()


@pytest.mark.parametrize("name", ["%00", "%F0%9F", "a%27%3B--", "%25", "&page=9e9", "no+such+name"])
def test_a_name_that_is_not_there_finds_nobody_and_breaks_nothing(here: Town, name: str) -> None:
    response = browser_of(here, here.client).get(f"/people/?q={name}")

    assert response.status_code == 200


def test_nobody_is_found_by_their_e_mail_address(here: Town) -> None:
    assert found(browser_of(here, here.client), "q=ana@test.example") == []


def test_a_record_counts_what_was_sent_and_hired(here: Town) -> None:
    client_acts.hire(here.proposal, here.client)

    page = browser_of(here, here.stranger).get("/people/?q=ana").content.decode()

    assert "1 proposal, hired 1 time" in page


def test_a_page_of_people_takes_few_queries(here: Town, django_assert_max_num_queries: Any) -> None:
    for number in range(25):
        account = registered(f"p{number}", AccountKind.FREELANCER)
        tells(account, skills="Drawing", hourly_cents=20_00, country="DE")
        add_badge(account, "top-rated")
    acme = browser_of(here, here.client)

    with django_assert_max_num_queries(12):
        page = acme.get("/people/?skill=drawing&country=DE&rate_least=10&badge=top-rated")

    assert page.context["found"].total == 25
    assert "Page 1 of 2" in page.content.decode()


def test_visitors_are_asked_to_sign_in_before_they_look_for_people(here: Town) -> None:
    assert Client().get("/people/").status_code == 302


def test_a_profile_is_found_after_its_skills_change(here: Town) -> None:
    tells(here.freelancer, skills="Drawing")
    with held_at(NOON + timedelta(days=1)):
        tells(here.freelancer, skills="Painting")
    acme = browser_of(here, here.client)

    assert found(acme, "skill=drawing") == []
    assert found(acme, "skill=painting") == ["Ana"]

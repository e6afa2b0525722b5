"""Clients and agencies find whom to invite; the pages say the same of every address."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from connects.acts.accounts.edit_profile import ProfileForm, edit_profile
from connects.acts.proposals import client_acts
from connects.acts.proposals.invite_by_email import Target, invite_by_email, token_of
from connects.bootstrap.clock import held_at
from connects.market.jobs.models import Cloud
from connects.market.people.models import Account, TeamInvitation
from connects.market.profiles.models import EmailInvitation
from connects.market.proposals.models import Invitation
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, Town, posted, registered, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


def browser_of(here: Town, account: Account) -> Client:
    client = Client()
    client.force_login(here.user_of(account), backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(here: Town) -> str:
    return f"/posts/{here.job.public_id}/invite/"


def test_a_client_finds_people_by_name_or_skill_and_invites_them(here: Town) -> None:
    ben = registered("ben", AccountKind.FREELANCER)
    edit_profile(ben, ProfileForm(skills="Logo design", currency="USD"))
    acme = browser_of(here, here.client)

    for words in ("be", "logo"):
        found = acme.get(page_of(here), {"q": words}).context["found"]
        assert [person.account.handle for person in found.items] == ["ben"]
    answer = acme.post(page_of(here), {"handle": "ben"}, follow=True)

    text = answer.content.decode()
    assert "Ben is invited to this job." in text
    assert Invitation.objects.get().account == ben
    assert [row.account for row in answer.context["invited"]] == [ben]


def test_people_whose_skills_the_post_names_are_suggested_best_first(here: Town) -> None:
    for name, skills in (("ben", "Logo"), ("cem", "Design, logo"), ("dan", "Singing")):
        account = registered(name, AccountKind.FREELANCER)
        edit_profile(account, ProfileForm(skills=skills, currency="USD"))
    job = posted(here.client, "A logo for our shop")

    shown = browser_of(here, here.client).get(f"/posts/{job.public_id}/invite/")

    assert [person.account.handle for person in shown.context["suggested"]] == ["cem", "ben"]


def test_who_was_hired_before_is_offered_again(here: Town) -> None:
    client_acts.hire(here.proposal, here.client)
    job = posted(here.client, "Write a handbook")

    shown = browser_of(here, here.client).get(f"/posts/{job.public_id}/invite/")

    assert [person.account.handle for person in shown.context["earlier"]] == ["ana"]


def test_the_answer_is_the_same_for_every_address(here: Town) -> None:
    registered("ben", AccountKind.FREELANCER)
    acme = browser_of(here, here.client)

    answers = []
    for email in ("ben@test.example", "new@test.example"):
        job = posted(here.client, "Write a handbook")
        page = f"/posts/{job.public_id}/invite/"
        looked = acme.get(page, {"q": email}).content.decode()
        asked = acme.post(page, {"email": email}, follow=True).content.decode()
        token = re.compile('name="csrfmiddlewaretoken" value="[^"]+"')
        answers.append(token.sub("", looked + asked).replace(page, "/"))
        answers[-1] = answers[-1].replace(email, "X").replace(quote(email), "X")
        answers[-1] = answers[-1].replace(job.public_id, "")

    assert "X is invited to this job." in answers[0]
    assert answers[0] == answers[1]
    assert "Ben" not in answers[0]


@pytest.mark.parametrize("form", [{"handle": "nobody"}, {"handle": ""}, {"email": "ben at home"}])
def test_a_name_that_is_not_there_is_refused_in_words(here: Town, form: dict[str, str]) -> None:
    answer = browser_of(here, here.client).post(page_of(here), form)

    assert answer.status_code == 409
    assert "Error:" in answer.content.decode()
    assert not Invitation.objects.exists()
    assert not EmailInvitation.objects.exists()


def test_an_agency_finds_freelancers_and_asks_them_in(here: Town) -> None:
    studio = browser_of(here, here.agency)

    found = studio.get("/team/invite/", {"q": "ana"}).context["found"]
    studio.post("/team/invite/", {"handle": "ana", "admin": "1"})
    listed = studio.get("/team/").content.decode()

    assert [person.account.handle for person in found.items] == ["ana"]
    assert TeamInvitation.objects.get().role == "agency-admin"
    assert "Ana" in listed


def test_an_agency_lists_an_address_by_the_address_and_takes_it_back(here: Town) -> None:
    studio = browser_of(here, here.agency)
    studio.post("/team/invite/", {"email": "ana@test.example"})

    listed = studio.get("/team/").content.decode()
    studio.post(
        "/team/", {"act": "uninvite-address", "invitation": EmailInvitation.objects.get().pk}
    )

    assert "ana@test.example" in listed
    assert ">Ana<" not in listed
    assert "ana@test.example" not in studio.get("/team/").content.decode()


@pytest.mark.parametrize("number", ["0", "x", "9" * 30, "-1", ""])
def test_taking_back_what_is_not_there_is_refused(here: Town, number: str) -> None:
    form = {"act": "uninvite-address", "invitation": number}

    assert browser_of(here, here.agency).post("/team/", form).status_code == 409


def test_a_cloud_is_made_with_who_was_found(here: Town) -> None:
    acme = browser_of(here, here.client)

    found = acme.get("/posts/clouds/add/", {"name": "Best", "q": "ana"})
    acme.post("/posts/clouds/add/", {"name": "Best", "handle": "ana"})

    assert "Add people to a talent cloud" in found.content.decode()
    assert [member.handle for member in Cloud.objects.get().members.all()] == ["ana"]
    assert acme.get("/posts/clouds/add/").status_code == 302


def test_only_those_whose_job_or_team_it_is_invite(here: Town) -> None:
    assert browser_of(here, here.stranger).get(page_of(here)).status_code == 404
    assert browser_of(here, here.freelancer).get(page_of(here)).status_code == 404
    assert browser_of(here, here.freelancer).get("/team/invite/").status_code == 404


def test_the_link_says_who_invites_and_begins_the_sign_up(here: Town) -> None:
    invitation = invite_by_email(
        "new@some.example", Target(by=here.client, job=here.job), here.user_of(here.client)
    )
    assert isinstance(invitation, EmailInvitation)
    address = f"/invited/{token_of(invitation)}/"

    page = Client().get(address).content.decode()
    begun = Client().get("/sign-up/?kind=freelancer&email=new%40some.example").content.decode()
    Client().post(address)

    assert "Acme invites you to “Draw a logo”" in page
    assert 'value="new@some.example"' in begun
    assert Client().get(address).status_code == 410
    assert Client().get("/invited/forged/").status_code == 410


def test_a_page_to_invite_from_takes_few_queries(
    here: Town, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        account = registered(f"p{number}", AccountKind.FREELANCER)
        edit_profile(account, ProfileForm(skills="Logo, Draw", currency="USD"))
    client_acts.message(here.proposal, here.client, "Hello")
    acme = browser_of(here, here.client)

    with django_assert_max_num_queries(13):
        shown = acme.get(page_of(here))

    assert len(shown.context["suggested"]) == 10

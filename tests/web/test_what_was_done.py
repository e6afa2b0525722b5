"""After an act, the next page says what is true now."""

from collections.abc import Iterator

import pytest
from django.test import Client

from connects.bootstrap.clock import held_at
from connects.market.people.models import Account
from tests.market.people import NOON, Town, posted, town
from tests.web.confirming import confirm

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


def said(here: Town, account: Account, address: str, form: dict[str, str]) -> str:
    """What the page says in green that a form of this account leads to."""
    client = Client()
    client.force_login(here.user_of(account), backend="django.contrib.auth.backends.ModelBackend")
    page = confirm(client, address, form, follow=True).content.decode()
    note = page.partition('<div class="note good" role="status" tabindex="-1" autofocus>')[2]
    return note.partition("<p>")[2].partition("</p>")[0]


@pytest.mark.parametrize(
    ("most", "words"),
    [("60", "Your limit is 60 Connects a month."), ("", "You have no limit now.")],
)
def test_a_limit_is_told_once_it_is_set(here: Town, most: str, words: str) -> None:
    assert said(here, here.freelancer, "/membership/limit/", {"most": most}) == words


def test_a_limit_that_cannot_be_read_is_not_told_as_set(here: Town) -> None:
    assert said(here, here.freelancer, "/membership/limit/", {"most": "abc"}) == ""


def test_who_sends_a_proposal_reads_what_they_paid(here: Town) -> None:
    job = posted(here.client, "Write a handbook", 900_00)
    form = {"key": "k" * 32, "max_connects": "5", "cover_letter": "Hello"}

    words = said(here, here.freelancer, f"/work/{job.public_id}/propose/", form)

    assert words.startswith(f"Sent to {here.client.name}. You paid 5 Connects, and have ")


def test_who_withdraws_reads_what_came_back(here: Town) -> None:
    words = said(
        here, here.freelancer, f"/proposals/{here.proposal.public_id}/", {"act": "withdraw"}
    )

    assert words == "You withdrew. No Connects came back."


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("shortlist", "{} is on your short list."),
        ("decline", "You told {} no."),
        ("offer", "You offered {} the job."),
        ("hire", "{} is hired, and hears of it now. The job is open until you close it."),
    ],
)
def test_a_client_reads_what_became_of_a_proposal(here: Town, act: str, words: str) -> None:
    address = f"/proposals/{here.proposal.public_id}/"

    assert said(here, here.client, address, {"act": act}) == words.format(here.freelancer.name)


def test_an_offer_that_is_taken_back_is_told_as_that(here: Town) -> None:
    address = f"/proposals/{here.proposal.public_id}/"
    said(here, here.client, address, {"act": "offer"})

    assert said(here, here.client, address, {"act": "decline"}) == "You took the offer back."


def test_a_client_who_closes_a_job_reads_that_it_is_closed(here: Town) -> None:
    words = said(here, here.client, f"/posts/{here.job.public_id}/close/", {"reason": "not_hiring"})

    assert words == "“Draw a logo” is closed. 4 Connects go back to 1 freelancer."


def test_who_is_invited_is_named(here: Town) -> None:
    job = posted(here.client, "Write a handbook", 900_00)

    words = said(
        here, here.client, f"/posts/{job.public_id}/invite/", {"handle": here.freelancer.handle}
    )

    assert words == f"{here.freelancer.name} is invited to this job."


def changed(here: Town, budget: str) -> str:
    form = {
        "title": here.job.title,
        "category": here.job.category,
        "kind": here.job.kind,
        "budget": budget,
    }
    return said(here, here.client, f"/posts/{here.job.public_id}/edit/", form)


def test_who_edits_a_job_reads_how_many_are_told(here: Town) -> None:
    assert changed(here, "30") == (
        "Your changes are live. 1 person who proposed is told what changed."
    )


def test_an_edit_that_changes_nothing_says_so(here: Town) -> None:
    assert changed(here, "300") == "You changed nothing, so the job is as it was."

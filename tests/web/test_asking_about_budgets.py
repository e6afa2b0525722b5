"""A budget that is low for the work is asked about before the post goes live."""

from collections.abc import Iterator

import pytest
from django.test import Client

from connects.bootstrap.clock import held_at
from connects.market.jobs.models import Job
from connects.vocabulary.parties import AccountKind
from tests.api.calling import person_of, signed_in
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db

LOW = {
    "title": "A survey for a workshop",
    "kind": "fixed",
    "budget": "75",
    "duration": "three_to_six",
    "level": "expert",
}
QUESTION = "$75 for three to six months of work: is that right?"


@pytest.fixture
def client() -> Iterator[Client]:
    with held_at(NOON):
        acme = registered("acme", AccountKind.CLIENT, "fair-2026")
        yield signed_in(person_of(acme))


def test_the_form_asks_and_publishes_nothing_until_it_is_answered(client: Client) -> None:
    answer = client.post("/posts/new/", LOW)

    assert answer.status_code == 200
    assert QUESTION in answer.content.decode()
    assert not Job.objects.exists()


@pytest.mark.parametrize(("said", "is_open"), [("yes", False), ("open", True)])
def test_the_answer_is_kept_and_the_post_goes_live(
    client: Client, said: str, is_open: bool
) -> None:
    answer = client.post("/posts/new/", {**LOW, "budget_meant": said})

    assert answer.status_code == 302
    assert Job.objects.get().budget_open is is_open
    page = client.get(answer["Location"]).content.decode()
    assert ("open to offers" in page) is is_open


def test_the_question_is_asked_of_a_post_without_a_level(client: Client) -> None:
    assert QUESTION in client.post("/posts/new/", {**LOW, "level": ""}).content.decode()


def test_a_preview_shows_the_price_and_the_question(client: Client) -> None:
    page = client.post("/posts/new/", {**LOW, "preview": "1"}).content.decode()

    assert QUESTION in page
    assert "Priced by the stated budget, $75; we think it is worth about $200." in page
    assert "Unless you say that the budget is open, a proposal costs what a $75 job’s does" in page
    assert "Jobs like it usually pay about $500." in page
    assert "does not say what it pays" not in page


@pytest.mark.parametrize(
    "post",
    [{**LOW, "budget": "900"}, {**LOW, "kind": "hourly", "budget": ""}, {**LOW, "budget": ""}],
)
def test_nobody_is_asked_about_what_is_believed(client: Client, post: dict[str, str]) -> None:
    assert client.get("/posts/new/").content.decode().count("is that right?") == 0
    assert client.post("/posts/new/", post).status_code == 302


def test_an_answer_that_was_never_offered_is_refused(client: Client) -> None:
    answer = client.post("/posts/new/", {**LOW, "budget_meant": "perhaps"})

    assert answer.status_code == 200
    assert "Choose one of those offered" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1,200", "$1,200."),
        ("1,200.50", "$1,200.50."),
        ("1.200,50", "$1,200.50."),
        ("14,99", "$14.99."),
        ("1.234.567", "$1,234,567."),
    ],
)
def test_an_amount_may_be_typed_as_any_tongue_writes_it(
    client: Client, typed: str, meant: str
) -> None:
    post = {"title": "Draw", "kind": "fixed", "budget": typed, "preview": "1"}

    assert f"You offer {meant}" in client.post("/posts/new/", post).content.decode()


def test_a_point_before_three_digits_ends_thousands_where_the_reader_writes_so(
    client: Client,
) -> None:
    post = {"title": "Draw", "kind": "fixed", "budget": "1.200", "preview": "1"}

    assert "Enter an amount such as" in client.post("/posts/new/", post).content.decode()
    spanish = client.post("/posts/new/", post, headers={"accept-language": "es"}).content.decode()
    assert "Escribe un importe" not in spanish
    assert "Ofreces 1.200" in spanish.replace("1200", "1.200")


def posted(client: Client, **said: str) -> Job:
    assert client.post("/posts/new/", {**LOW, **said}).status_code == 302
    return Job.objects.get()


def test_the_question_says_at_its_place_what_is_missing(client: Client) -> None:
    page = client.post("/posts/new/", LOW).content.decode()

    field = page.partition('<fieldset class="field wrong" id="id_budget_meant"')[2]
    assert "Please tell us, so that nobody has to guess." in field.partition("</fieldset>")[0]
    assert 'aria-describedby="id_budget_meant_error"' in field.partition(">")[0]
    assert "right?:" not in page


@pytest.mark.parametrize("where", ["/posts/{}/edit/", "/posts/new/?again={}"])
def test_an_open_budget_is_shown_as_answered_and_can_be_changed(client: Client, where: str) -> None:
    job = posted(client, budget_meant="open")

    page = client.get(where.format(job.public_id)).content.decode()

    assert QUESTION in page
    answers = page.partition('id="id_budget_meant"')[2].partition("</fieldset>")[0]
    assert 'value="open"' in answers
    assert (
        answers.index('value="open"') < answers.index("checked") < answers.index("open to offers")
    )


def test_the_answer_that_is_changed_counts(client: Client) -> None:
    job = posted(client, budget_meant="open")

    client.post(f"/posts/{job.public_id}/edit/", {**LOW, "budget_meant": "yes"})

    job.refresh_from_db()
    assert (job.budget_open, job.revision) == (False, 2)


@pytest.mark.parametrize(("budget", "is_open"), [("900", True), ("950", False)])
def test_a_budget_that_is_open_and_believed_stays_open_with_its_amount_alone(
    client: Client, budget: str, is_open: bool
) -> None:
    job = posted(client, budget="900")
    Job.objects.update(budget_open=True)

    edited = {**LOW, "title": "A survey for two workshops", "budget": budget}
    assert client.post(f"/posts/{job.public_id}/edit/", edited).status_code == 302

    job.refresh_from_db()
    assert (job.revision, job.budget_open) == (2, is_open)


@pytest.mark.parametrize(
    ("said", "asked"), [({"budget": ""}, True), ({"budget_meant": "open"}, False)]
)
def test_a_client_is_asked_for_more_about_pay_only_where_none_was_named(
    client: Client, said: dict[str, str], asked: bool
) -> None:
    page = client.post("/posts/new/", {**LOW, **said, "preview": "1"}).content.decode()

    assert ("Say more about pay, length and hours" in page) is asked


def test_the_question_is_good_spanish(client: Client) -> None:
    page = client.post("/posts/new/", LOW, headers={"accept-language": "es"}).content.decode()

    assert "por un trabajo que dura de tres a seis meses: ¿es correcto?" in page

"""Prices in the marketplace rest on the installed model, and say so; without one they say that."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from connects.acts.jobs import publish as jobs
from connects.bootstrap.clock import held_at
from connects.estimate.model import Model
from connects.estimate.model_file import write_model
from connects.estimate.training import train
from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import Job
from connects.market.jobs.prices import price_for, priced
from connects.market.people.models import Account
from connects.policy.shelf import shipped
from connects.vocabulary.facts import JobKind, Level
from connects.vocabulary.parties import AccountKind
from tests.estimate.histories import fixed_posts, told_in_words
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db

OPEN = JobFields(title="Build a shop", kind=JobKind.FIXED, level=Level.EXPERT, category="Shops")
BOOK = shipped("upwork-2019-05")


@pytest.fixture(scope="module")
def model() -> Model:
    return Model("2026-01-29", "d" * 64, "test", train(fixed_posts(200)))


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "estimate.model"
    monkeypatch.setenv("CONNECTS_MODEL", str(found))
    return found


@pytest.fixture
def client() -> Iterator[Account]:
    with held_at(NOON):
        yield registered("acme", AccountKind.CLIENT)


def posted(fields: JobFields, client: Account) -> Job:
    answer = jobs.post(fields, client)
    assert isinstance(answer, Job)
    return answer


def codes(job: Job) -> set[str]:
    return {reason.code for reason in price_for(job, BOOK).reasons}


def test_without_a_model_the_medians_are_used_and_the_reasons_say_so(
    client: Account, path: Path
) -> None:
    assert not path.exists()
    assert "no_model" in codes(posted(OPEN, client))


def test_a_model_that_is_installed_prices_the_next_post(
    client: Account, path: Path, model: Model
) -> None:
    before = posted(OPEN, client)
    write_model(model, path)

    job = posted(OPEN, client)

    answer = price_for(job, BOOK)
    assert "value_estimated" in codes(job)
    assert answer.low_cents is not None
    assert answer.high_cents is not None
    assert answer.low_cents < answer.value_cents < answer.high_cents
    assert "no_model" in codes(before)


def test_what_a_post_says_counts_where_the_model_read_texts(client: Account, path: Path) -> None:
    write_model(Model("2026-01-29", "d" * 64, "test", train(told_in_words(300))), path)
    dear, cheap = (
        posted(replace(OPEN, title=f"A {word} page", description=word), client)
        for word in ("urgent", "simple")
    )

    assert price_for(dear, BOOK).value_cents > 2 * price_for(cheap, BOOK).value_cents


def generous(model_source: str, key: str, path: Path) -> None:
    """Install a model whose history has a client of this key who paid fifty times as much."""
    posts = fixed_posts(300, source=model_source)
    dear = [
        replace(post, client=key, budget_cents=50 * (post.budget_cents or 0)) for post in posts[:40]
    ]
    write_model(Model("2026-01-29", "d" * 64, "test", train([*dear, *posts[40:]])), path)


def value(client: Account) -> int:
    return price_for(posted(OPEN, client), BOOK).value_cents


def test_a_number_of_ours_is_no_client_of_a_strangers_history(client: Account, path: Path) -> None:
    other = registered("other", AccountKind.CLIENT)
    generous("elsewhere", str(client.pk), path)

    assert value(client) == value(other)


def test_a_client_is_known_in_the_marketplaces_own_history(client: Account, path: Path) -> None:
    other = registered("other", AccountKind.CLIENT)
    generous("own", str(client.pk), path)

    assert value(client) > 2 * value(other)


def test_a_client_is_known_by_the_hosts_id_where_the_source_is_named(
    client: Account, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = registered("other", AccountKind.CLIENT)
    client.external_id = "c-1"
    client.save()
    generous("before", "c-1", path)
    monkeypatch.setenv("CONNECTS_MODEL_SOURCE", "before")

    assert value(client) > 2 * value(other)


def test_a_price_stands_when_the_model_goes(client: Account, path: Path, model: Model) -> None:
    write_model(model, path)
    job = posted(OPEN, client)
    path.unlink()
    job.refresh_from_db()

    assert priced(job, BOOK) == price_for(job, BOOK)


def test_an_edit_is_estimated_anew(client: Account, path: Path, model: Model) -> None:
    job = posted(OPEN, client)
    write_model(model, path)
    edited = jobs.edit(job, JobFields(title="Shop", kind=JobKind.FIXED, category="Shops"), client)

    assert isinstance(edited, Job)
    assert edited.estimate_model == model.name


def test_a_model_that_cannot_be_read_stops_no_post(
    client: Account, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.write_bytes(b"no model")

    assert "no_model" in codes(posted(OPEN, client))
    assert "cannot be read" in caplog.text


def test_the_page_says_what_a_price_rests_on_and_what_would_change_it(
    client: Account, path: Path, model: Model
) -> None:
    write_model(model, path)
    job = posted(OPEN, client)

    page = Client().get(f"/work/{job.public_id}/").content.decode()

    assert "We think it is worth about $" in page
    assert "80 %" not in page
    assert '<span class="tag">assumed</span>' in page
    assert "What would change it" in page
    assert "With a budget of $50: 1 Connect." in page
    assert "Demand in its category:" in page

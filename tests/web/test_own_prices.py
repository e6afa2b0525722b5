"""Wherever a price is listed it is the reader's own: what sending then costs."""

from collections.abc import Iterator

import pytest
from django.test import Client

from connects.acts.jobs.make_cloud import make_cloud
from connects.acts.jobs.publish import post
from connects.acts.proposals.invite import invite_to_job
from connects.bootstrap.clock import held_at
from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import Cloud, Job
from connects.market.people.models import Account, User
from connects.vocabulary.facts import JobKind
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, posted, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Iterator[Account]:
    with held_at(NOON):
        yield registered("ana", AccountKind.FREELANCER, "fair-2026")


@pytest.fixture
def acme(ana: Account) -> Account:
    return registered("acme", AccountKind.CLIENT, "fair-2026")


def page(address: str, account: Account | None = None) -> str:
    client = Client()
    if account is not None:
        user = User.objects.get(memberships__account=account)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_newcomer_sees_half_the_price_in_every_place(ana: Account, acme: Account) -> None:
    job = posted(acme, "Write a handbook", 600_00)

    assert "<strong>2</strong> Connects" in page("/work/", ana)
    shown = page(f"/work/{job.public_id}/", ana)
    assert "Propose for 2 Connects" in shown
    assert "The card says 4" in shown
    assert "With a budget of $801: 3 Connects" in shown
    assert "With a budget of $450" not in shown  # half of 3, rounded up, is what they pay anyway
    assert "What comes back of your 2 Connects" in shown
    assert "Send for 2 Connects" in page(f"/work/{job.public_id}/propose/", ana)


def test_money_stands_beside_the_price(ana: Account, acme: Account) -> None:
    posted(acme, "Write a handbook", 600_00)

    assert "about $0.30" in page("/work/", ana)


def test_who_is_invited_sees_that_it_is_free(ana: Account, acme: Account) -> None:
    job = posted(acme, "Write a handbook", 600_00)
    invite_to_job(job, ana, acme)

    assert "<strong>Free</strong>" in page("/work/", ana)
    assert "Propose for free" in page(f"/work/{job.public_id}/", ana)
    assert "Your proposal is free." in page("/invitations/", ana)
    assert "Send for free" in page(f"/work/{job.public_id}/propose/", ana)


def test_a_job_of_ones_cloud_is_free(ana: Account, acme: Account) -> None:
    cloud = make_cloud("Friends", acme, [ana])
    assert isinstance(cloud, Cloud)
    job = post(JobFields(title="Sing", kind=JobKind.FIXED, budget_cents=600_00), acme, cloud)
    assert isinstance(job, Job)

    assert "<strong>Free</strong>" in page("/work/", ana)
    assert "Propose for free" in page(f"/work/{job.public_id}/", ana)

"""Readers of an announcement see what it means for them: their day, and their own proposals' prices."""

from datetime import timedelta

import pytest
from django.test import Client

from connects.acts.rules import announce
from connects.acts.rules.move_accounts import enrol
from connects.bootstrap.clock import held_at
from connects.market.announcements.models import Announcement
from connects.market.desk.priced_again import PricedAgain, priced_again
from connects.market.jobs.models import JobPrice
from connects.market.members.editions import edition_of
from connects.market.people.models import Account, User
from connects.market.rollout.models import Move
from connects.policy.shelf import shipped
from tests.market.people import NOON, Town, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    with held_at(NOON):
        return town()


def priced_under_fair(here: Town, connects: int) -> None:
    """The job gets a price under the new rules, too, at the revision that was paid for."""
    price = JobPrice.objects.get(job=here.job, revision=here.proposal.revision)
    edition = edition_of(shipped("fair-2026"), NOON)
    price.pk, price.digest, price.connects = None, edition.digest, connects
    price.rule_book = f"{edition.name}@{edition.version}"
    price.save()


def page_for(account: Account, announcement: Announcement) -> str:
    client = Client()
    client.force_login(
        User.objects.get(memberships__account=account), "django.contrib.auth.backends.ModelBackend"
    )
    with held_at(NOON + timedelta(days=1)):
        return client.get(f"/announcements/{announcement.slug}/").content.decode()


def test_only_paid_proposals_to_jobs_with_a_price_under_the_new_rules_count(here: Town) -> None:
    edition = edition_of(shipped("fair-2026"), NOON)
    assert priced_again(here.freelancer, edition) is None, "the job has no price under them"

    priced_under_fair(here, 9)

    paid = here.proposal.paid
    assert priced_again(here.freelancer, edition) == PricedAgain(1, paid, 9)
    assert priced_again(here.freelancer, edition_of(shipped("upwork-2019-05"), NOON)) is None
    assert priced_again(here.agency, edition) is None


def test_an_announcement_says_the_readers_own_day_and_prices_and_nothing_of_others(
    here: Town,
) -> None:
    priced_under_fair(here, 9)
    text = announce.AnnouncementText(
        title="Fair Connects", introduction="Soon.", rule_book="fair-2026", effective=NOON
    )
    with held_at(NOON):
        answer = announce.announce(text, here.operator)
        assert isinstance(answer, Announcement), answer
        enrol(here.freelancer, "fair-2026", notice=True)
    move = Move.objects.get(account=here.freelancer)

    page, other = (page_for(each, answer) for each in (here.freelancer, here.agency))
    assert f"You move on <b>{move.effective:%-d %B}" in page
    assert "<dd>9 Connects</dd>" in page
    assert "You move on" not in other
    assert "Your last" not in other

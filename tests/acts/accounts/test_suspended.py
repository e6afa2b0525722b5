"""Who is suspended acts no more, wherever that may be; what they may still do is look, and appeal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from connects.acts.accounts.make_api_key import make_key
from connects.acts.credits.redeem_promo import redeem_promo
from connects.acts.jobs.flag import flag_job
from connects.acts.jobs.make_cloud import make_cloud
from connects.acts.proposals import submit as proposals
from connects.acts.proposals.client_acts import hire, message, shortlist
from connects.acts.proposals.invite import invite_to_job
from connects.acts.proposals.submission import ProposalForm
from connects.acts.proposals.submit import take_more
from connects.acts.purchases import buy as purchases
from connects.acts.purchases import change_plan as plans
from connects.acts.rules.announce import reply_to_announcement
from connects.acts.staff.moderate import suspend
from connects.bootstrap.clock import held_at
from connects.market.announcements.models import Announcement
from connects.market.jobs.models import Job
from connects.market.moderation.models import FlagReason
from connects.market.people.models import Account, User
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.market.people import NOON, Town, posted, rules_change, town

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Scene:
    """A town whose freelancer and client are suspended, and somebody else's post."""

    here: Town
    other_post: Job
    announcement: Announcement

    def person(self, account: Account) -> User:
        return self.here.user_of(account)


@pytest.fixture
def scene() -> Iterator[Scene]:
    with held_at(NOON):
        here = town()
        rules_change(here.operator)
        other = posted(here.stranger, "Another's")
        for account in (here.freelancer, here.client):
            suspend(account, here.operator, "Spam")
        yield Scene(here, other, Announcement.objects.get())


def _reply(s: Scene, who: Account) -> object:
    return reply_to_announcement(s.announcement, who, s.person(who), "Why?", "1")


ACTS: dict[str, Callable[[Scene], object]] = {
    "a freelancer proposes": lambda s: proposals.submit(
        s.other_post, s.here.freelancer, ProposalForm(key="k")
    ),
    "a freelancer replies": lambda s: _reply(s, s.here.freelancer),
    "a freelancer flags": lambda s: flag_job(s.other_post, s.here.freelancer, FlagReason.OTHER),
    "a freelancer redeems a code": lambda s: redeem_promo(s.here.freelancer, "WELCOME", "k"),
    "a freelancer buys": lambda s: purchases.order(s.here.freelancer, 10, "k"),
    "a freelancer changes the plan": lambda s: plans.subscribe(s.here.freelancer, "plus", "k"),
    "a freelancer makes a key": lambda s: make_key(
        s.person(s.here.freelancer), s.here.freelancer, "A key"
    ),
    "a client replies": lambda s: _reply(s, s.here.client),
    "a client flags": lambda s: flag_job(s.other_post, s.here.client, FlagReason.OTHER),
    "a client makes a cloud": lambda s: make_cloud("Friends", s.here.client, []),
}


# Their own posts were void from the moment of the suspension.
ACTS_ON_OWN_POSTS: dict[str, Callable[[Scene], object]] = {
    "a client invites": lambda s: invite_to_job(s.here.job, s.here.agency, s.here.client),
    "a client writes": lambda s: message(s.here.proposal, s.here.client, "Hello"),
    "a client lists": lambda s: shortlist(s.here.proposal, s.here.client),
    "a client hires": lambda s: hire(s.here.proposal, s.here.client),
    "a client takes more": lambda s: take_more(s.here.job, s.here.client),
}


@pytest.mark.parametrize("act", ACTS)
def test_who_is_suspended_cannot_act(scene: Scene, act: str) -> None:
    for account in (scene.here.freelancer, scene.here.client):
        account.refresh_from_db()

    answer = ACTS[act](scene)

    assert isinstance(answer, Refused), answer
    assert answer.parameters.get("problem") == "suspended", answer


@pytest.mark.parametrize("act", ACTS_ON_OWN_POSTS)
def test_a_suspended_clients_own_posts_take_nothing_more(scene: Scene, act: str) -> None:
    scene.here.client.refresh_from_db()

    answer = ACTS_ON_OWN_POSTS[act](scene)

    assert isinstance(answer, Refused), answer
    assert answer.code in (RefusalCode.JOB_CLOSED, RefusalCode.NOT_ALLOWED)

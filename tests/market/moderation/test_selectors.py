"""What moderators see: the queue in its orders, the evidence about a post, and posts that are alike."""

from datetime import timedelta

import pytest

from connects.acts.jobs import publish
from connects.acts.jobs.end import close
from connects.acts.jobs.flag import flag_job
from connects.acts.staff.moderate import dismiss_flags, uphold_flags
from connects.bootstrap.clock import held_at
from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import CloseReason, Job
from connects.market.moderation.duplicates import WINDOW, near_duplicate
from connects.market.moderation.lists import FLAGGED
from connects.market.moderation.models import Flag, FlagReason
from connects.market.moderation.selectors import evidence_of
from connects.market.people.models import Account
from connects.vocabulary.facts import JobKind
from tests.market.listed import listed
from tests.market.people import NOON, Town, posted, proposed, town

pytestmark = pytest.mark.django_db

WORDS = "Paint a large sign for my quiet shop in the old town"


@pytest.fixture
def here() -> Town:
    with held_at(NOON):
        return town()


def flagged(job: Job, by: Account, minutes: int = 0, weight: int = 5) -> Flag:
    with held_at(NOON + timedelta(minutes=minutes)):
        answer = flag_job(job, by, FlagReason.NOT_SERIOUS, "It looks copied.")
    assert isinstance(answer, Flag), answer
    Flag.objects.filter(pk=answer.pk).update(weight=weight)
    return answer


def post(client: Account, title: str, description: str = "", minutes: int = 0) -> Job:
    fields = JobFields(
        title=title, description=description, kind=JobKind.FIXED, budget_cents=300_00
    )
    with held_at(NOON + timedelta(minutes=minutes)):
        answer = publish.post(fields, client)
    assert isinstance(answer, Job), answer
    Flag.objects.filter(job=answer).delete()
    return answer


def titles(sort: str = "") -> list[str]:
    return [job.title for job in listed(FLAGGED, sort=sort)]


def test_the_queue_is_by_weight_by_age_or_by_the_best_reporter(here: Town) -> None:
    light, heavy, trusted = (post(here.client, title) for title in ("Light", "Heavy", "Trusted"))
    flagged(light, here.freelancer, minutes=0, weight=1)
    flagged(heavy, here.freelancer, minutes=1, weight=5)
    flagged(heavy, here.agency, minutes=2, weight=5)
    flagged(trusted, here.freelancer, minutes=3, weight=9)

    assert titles() == ["Heavy", "Trusted", "Light"]
    assert titles("age") == ["Light", "Heavy", "Trusted"]
    assert titles("reporter") == ["Trusted", "Heavy", "Light"]
    assert titles("nonsense") == titles()


def test_what_is_decided_leaves_the_queue(here: Town) -> None:
    job = post(here.client, "Light")
    flagged(job, here.freelancer)
    assert titles() == ["Light"]
    with held_at(NOON):
        dismiss_flags(job, here.operator, "it is a real job")

    assert titles() == []


def test_the_evidence_is_all_that_was_said_and_what_is_at_stake(here: Town) -> None:
    flagged(here.job, here.agency)
    with held_at(NOON):
        changed = JobFields(title="Draw two logos", kind=JobKind.FIXED, budget_cents=300_00)
        publish.edit(here.job, changed, here.client)
    found = evidence_of(here.job, NOON)

    (view,) = found.flags
    assert (view.flag.by, view.flag.text) == (here.agency, "It looks copied.")
    (edit,) = found.edits
    assert (edit.then.job.title, edit.now.job.title) == ("Draw a logo", "Draw two logos")
    assert (found.proposals, found.at_stake) == (1, here.proposal.paid)
    assert found.record.posts == 1
    assert found.twin is None


def test_what_came_back_is_at_stake_no_more(here: Town) -> None:
    with held_at(NOON):
        close(here.job, here.client, CloseReason.NOT_HIRING)

    assert evidence_of(here.job, NOON).at_stake == 0


def test_a_reporters_record_counts_what_was_decided(here: Town) -> None:
    jobs = [post(here.client, f"Work {number}") for number in range(3)]
    for job in jobs:
        flagged(job, here.agency)
    with held_at(NOON):
        uphold_flags(jobs[0], here.operator, "a fraud")
        dismiss_flags(jobs[1], here.operator, "a real job")
    (view,) = evidence_of(jobs[2], NOON).flags

    assert (view.upheld, view.decided) == (1, 2)


@pytest.mark.parametrize(
    ("description", "alike"),
    [
        (WORDS, True),
        (WORDS.upper(), True),
        (f"{WORDS}!", True),
        (WORDS.replace("large", "small"), True),
        ("Translate a novel from Polish into Portuguese, chapter by chapter", False),
    ],
)
def test_posts_of_nearly_the_same_words_are_alike(
    here: Town, description: str, alike: bool
) -> None:
    first = post(here.client, "A sign", WORDS)
    second = post(here.client, "A sign", description, minutes=5)

    assert (near_duplicate(second, NOON + timedelta(hours=1)) == first) is alike


def test_posts_of_another_client_or_another_time_are_not_compared(here: Town) -> None:
    post(here.stranger, "A sign", WORDS)
    own = post(here.client, "A sign", WORDS)

    assert near_duplicate(own, NOON) is None
    again = post(here.client, "A sign", f"{WORDS}.", minutes=1)
    assert near_duplicate(again, NOON + timedelta(hours=1)) == own
    assert near_duplicate(again, NOON + WINDOW + timedelta(hours=1)) is None


def test_a_few_words_say_too_little_to_compare(here: Town) -> None:
    post(here.client, "Sing")
    again = post(here.client, "Sing", minutes=1)

    assert near_duplicate(again, NOON + timedelta(hours=1)) is None


def test_evidence_takes_as_many_queries_however_many_have_flagged(
    here: Town, django_assert_max_num_queries: object
) -> None:
    flagged(here.job, here.agency)
    with held_at(NOON):
        for number in range(3):
            proposed(posted(here.client, f"Work {number}", 30_00), here.freelancer, f"k{number}")

    with django_assert_max_num_queries(8):  # type: ignore[operator]
        evidence_of(here.job, NOON)

"""Finding posts: by words, by what they are, and never those that somebody else's circle keeps."""

from datetime import timedelta

import pytest

from connects.acts.jobs import publish
from connects.acts.jobs.end import close
from connects.acts.jobs.make_cloud import make_cloud
from connects.acts.jobs.take_down import remove_job
from connects.bootstrap.clock import held_at
from connects.market.jobs.fields import JobFields
from connects.market.jobs.lists import JOBS
from connects.market.jobs.models import CloseReason, Cloud, Job
from connects.market.jobs.search import with_words
from connects.market.jobs.selectors import (
    SORTS,
    categories,
    find_work,
    job_for,
    own_job,
    posts_of,
)
from connects.market.jobs.work_query import WorkQuery
from connects.market.people.models import Account
from connects.market.word_search import WORDS_MOST
from connects.policy.shelf import shipped
from connects.vocabulary.facts import JobKind, Level
from tests.market.listed import listed
from tests.market.people import NOON, Town, posted, proposed, town

pytestmark = pytest.mark.django_db

BOOK = shipped("upwork-2019-05")


@pytest.fixture
def here() -> Town:
    with held_at(NOON):
        return town()


def post(client: Account, title: str, cloud: Cloud | None = None, **said: object) -> Job:
    fields: dict[str, object] = {"title": title, "kind": JobKind.FIXED, **said}
    with held_at(NOON + timedelta(minutes=Job.objects.count())):
        answer = publish.post(JobFields(**fields), client, cloud)  # type: ignore[arg-type]
    assert isinstance(answer, Job), answer
    return answer


def found(viewer: Account | None = None, **query: object) -> list[str]:
    page = find_work(WorkQuery(**query), BOOK, viewer, now=NOON)  # type: ignore[arg-type]
    return [item.job.title for item in page.items]


def searched(text: str) -> set[str]:
    return set(with_words(Job.objects.all(), text).values_list("title", flat=True))


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("logo", {"Draw a logo", "Logo, and a website"}),
        ("LOGO", {"Draw a logo", "Logo, and a website"}),
        ("logo website", {"Logo, and a website"}),
        ("website logo", {"Logo, and a website"}),
        ("web", {"Logo, and a website"}),
        ("quiet", {"Logo, and a website"}),
        ("logo nothing", set()),
        ("!?", {"Draw a logo", "Logo, and a website"}),
        ("", {"Draw a logo", "Logo, and a website"}),
        ("' OR 1=1 --", set()),
        ("logo & | :* !", {"Draw a logo", "Logo, and a website"}),
    ],
)
def test_every_word_must_be_there_or_begin_a_word(here: Town, text: str, titles: set[str]) -> None:
    post(here.client, "Logo, and a website", description="For a quiet shop.")

    assert searched(text) == titles


def test_so_many_words_are_looked_for_and_no_more(here: Town) -> None:
    words = ["logo"] * WORDS_MOST

    assert searched(" ".join([*words, "nothing"])) == {"Draw a logo"}
    assert searched(" ".join([*words[1:], "nothing"])) == set()


def test_conditions_hold_together(here: Town) -> None:
    post(here.client, "Sing", category="Music", level=Level.EXPERT)
    post(here.client, "Hum", category="Music", kind=JobKind.HOURLY)

    assert set(found(category="Music")) == {"Sing", "Hum"}
    assert found(category="Music", kind="hourly") == ["Hum"]
    assert found(category="Music", level="expert") == ["Sing"]
    assert found(category="Music", text="logo") == []
    assert found(category="Cooking") == []


def test_posts_are_sorted_as_asked(here: Town) -> None:
    post(here.client, "Cheap", budget_cents=10_00)
    post(here.client, "Dear", budget_cents=900_00)
    post(here.client, "Unsaid")

    assert found(sort="newest") == ["Unsaid", "Dear", "Cheap", "Draw a logo"]
    assert found(sort="budget") == ["Dear", "Draw a logo", "Cheap"]
    assert found(sort="fewest")[-1] == "Draw a logo"
    assert found(sort="nonsense") == found(sort="newest")
    assert set(SORTS) == {"newest", "fewest", "budget"}


def test_only_open_posts_are_found(here: Town) -> None:
    with held_at(NOON):
        close(here.job, here.client, CloseReason.NOT_HIRING)

    assert found() == []
    assert categories() == []


def test_a_post_of_a_circle_is_found_by_its_members_alone(here: Town) -> None:
    with held_at(NOON):
        cloud = make_cloud("Best", here.client, [here.freelancer])
    assert isinstance(cloud, Cloud)
    secret = post(here.client, "Secret", cloud)

    assert "Secret" in found(here.freelancer)
    assert "Secret" not in found(here.agency)
    assert "Secret" not in found()
    assert job_for(here.user_of(here.freelancer), secret.public_id) == secret
    assert job_for(here.user_of(here.client), secret.public_id) == secret
    assert job_for(here.operator, secret.public_id) == secret
    assert job_for(here.user_of(here.agency), secret.public_id) is None
    assert job_for(None, secret.public_id) is None


def test_a_removed_post_is_seen_by_its_client_and_staff_alone(here: Town) -> None:
    with held_at(NOON):
        remove_job(here.job, None, "it asks for a fee")
    name = here.job.public_id

    assert job_for(here.user_of(here.client), name) is not None
    assert job_for(here.operator, name) is not None
    for user in (None, here.user_of(here.freelancer), here.user_of(here.stranger)):
        assert job_for(user, name) is None


def test_a_closed_post_is_still_there_to_be_read(here: Town) -> None:
    with held_at(NOON):
        close(here.job, here.client, CloseReason.NOT_HIRING)

    assert job_for(None, here.job.public_id) is not None


def test_a_clients_own_posts_are_theirs_alone(here: Town) -> None:
    other = post(here.stranger, "Another")

    assert [item.job for item in posts_of(here.client, 1, BOOK).items] == [here.job]
    assert own_job(here.client, here.job.public_id) == here.job
    assert own_job(here.client, other.public_id) is None


def test_staff_see_every_post_and_find_it_by_its_words(here: Town) -> None:
    post(here.stranger, "Another")

    assert [job.title for job in listed(JOBS)] == ["Another", "Draw a logo"]
    assert [job.title for job in listed(JOBS, q="LOGO")] == ["Draw a logo"]
    assert [job.title for job in listed(JOBS, client="other")] == ["Another"]


def test_categories_are_named_once_in_order(here: Town) -> None:
    for category in ("Music", "Art", "Music", ""):
        post(here.client, "Work", category=category, description=str(Job.objects.count()))

    assert categories() == ["Art", "Design", "Music"]


def test_a_list_asks_as_often_for_many_posts_as_for_one(
    here: Town, django_assert_max_num_queries: object
) -> None:
    with held_at(NOON):
        for number in range(5):
            proposed(posted(here.client, f"Work {number}", 30_00), here.freelancer, f"k{number}")

    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert len(found(here.freelancer)) == 6

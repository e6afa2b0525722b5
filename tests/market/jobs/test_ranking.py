"""Posts in the order of their numbers of proposals."""

import pytest
from django.db import connection

from connects.acts.jobs.end import close
from connects.bootstrap.clock import held_at
from connects.market.jobs.lists import JOBS
from connects.market.jobs.models import CloseReason, Job, JobRanking
from connects.market.jobs.ranking import open_ranked
from connects.market.jobs.selectors import SORTS
from connects.market.listing.listings import asked_of, slice_of
from connects.vocabulary.typed_input import Typed
from tests.market.people import NOON, Town, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    with held_at(NOON):
        return town()


def numbers(jobs: list[Job]) -> list[int]:
    return [job.proposal_count for job in jobs]


def test_posts_stand_where_their_number_of_proposals_puts_them(here: Town) -> None:
    others = [
        Job.objects.create(
            client=here.client,
            title=f"Job {count}",
            kind="fixed",
            demand_index_thousandths=1_000,
            posted=NOON,
            client_active=NOON,
            proposal_count=count,
        )
        for count in (7, 3, 9)
    ]
    Job.objects.filter(pk=others[1].pk).update(proposal_count=8)
    with held_at(NOON):
        close(others[2], here.client, CloseReason.NOT_HIRING)

    found = open_ranked(Job.objects.filter(status="open")).order_by(*SORTS["fewest"])
    assert numbers(list(found)) == [1, 7, 8]
    listed = slice_of(JOBS, asked_of(JOBS, Typed({"sort": "proposals"})))
    assert numbers(list(listed.rows)) == [9, 8, 7, 1]

    others[0].delete()
    if connection.vendor == "postgresql":
        assert set(JobRanking.objects.values_list("job", "is_open", "proposals")) == {
            (here.job.pk, True, 1),
            (others[1].pk, True, 8),
            (others[2].pk, False, 9),
        }
        # Else each proposal would write an entry into every index of the post.
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'jobs_job'")
            assert not any("proposal_count" in index for (index,) in cursor.fetchall())

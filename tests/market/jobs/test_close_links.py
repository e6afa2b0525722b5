"""A link from an e-mail closes its own job, for its own client, while nothing has changed."""

from datetime import timedelta

import pytest
from django.core.signing import Signer

from connects.bootstrap.clock import held_at
from connects.market.jobs.close_links import (
    LASTS,
    SALT,
    CloseLink,
    LinkProblem,
    job_of,
    link_in,
    problem_of,
    token_of,
)
from connects.market.jobs.models import Job, JobStatus
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, posted, registered


def test_a_link_says_what_was_written_into_it() -> None:
    link = CloseLink("0123456789abcdef", 3, NOON)

    assert link_in(token_of(link)) == link


@pytest.mark.parametrize(
    "token",
    [
        "",
        "nonsense",
        "a" * 401,
        token_of(CloseLink("0123456789abcdef", 1, NOON))[:-1],
        Signer(salt="another").sign_object(["0123456789abcdef", 1, NOON.isoformat()]),
        Signer(salt=SALT).sign_object(["0123456789abcdef", 1]),
        Signer(salt=SALT).sign_object(["0123456789abcdef", "one", NOON.isoformat()]),
        Signer(salt=SALT).sign_object({"job": "0123456789abcdef"}),
    ],
)
def test_what_we_did_not_write_is_broken(token: str) -> None:
    assert link_in(token) is LinkProblem.BROKEN


@pytest.mark.django_db
def test_a_link_works_for_its_client_until_it_expires_or_its_job_changes() -> None:
    with held_at(NOON):
        client = registered("acme", AccountKind.CLIENT)
        job = posted(client)
    link = CloseLink(job.public_id, job.revision, NOON)

    def why_not(accounts: set[int] | None = None, **later: float) -> LinkProblem | None:
        return problem_of(link, job, accounts, NOON + timedelta(**later))

    assert job_of(link) == job
    assert job_of(CloseLink("0123456789abcdef", 1, NOON)) is None
    assert why_not() is why_not({client.pk, 0}) is None
    assert why_not(set()) is why_not({client.pk + 1}) is LinkProblem.OTHER_PERSON
    assert why_not(days=LASTS.days) is None
    assert why_not(days=LASTS.days, seconds=1) is LinkProblem.EXPIRED
    job.revision += 1
    assert why_not() is LinkProblem.CHANGED
    for status, problem in (
        (JobStatus.CLOSED, LinkProblem.CLOSED_ALREADY),
        (JobStatus.REMOVED, LinkProblem.ENDED),
    ):
        Job.objects.filter(pk=job.pk).update(status=status)
        job.refresh_from_db()
        assert why_not(days=60) is problem, "how it ended says more than how old the link is"
        assert why_not(set()) is LinkProblem.OTHER_PERSON

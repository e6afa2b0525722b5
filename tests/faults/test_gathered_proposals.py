"""Proposals of many requests at once share transactions: each is sent once, or refused by itself."""

from collections.abc import Iterator

import pytest

from connects.acts.proposals import gather
from connects.acts.proposals.submission import ProposalForm
from connects.acts.proposals.submit import submit
from connects.journal.group_commit import GroupCommit
from connects.market.jobs.models import Job
from connects.market.people.models import Account
from connects.market.proposals.models import Proposal
from connects.vocabulary.parties import AccountKind
from tests.faults.test_members_at_once import fresh, held, member, tabs
from tests.market.people import posted, registered

pytestmark = [
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("address"),
]


@pytest.fixture(autouse=True)
def _gathering() -> Iterator[None]:
    gather.begin()
    yield
    gather.end()


@pytest.fixture
def client() -> Account:
    return registered("acme", AccountKind.CLIENT, "upwork-2019-05")


def test_everyone_is_charged_as_far_as_their_balance_goes(client: Account) -> None:
    people = [member(f"p{n}") for n in range(4)]
    jobs = [posted(client, f"Job {n}", 1_000_00) for n in range(6)]

    done = tabs(
        24,
        lambda n: submit(jobs[n // 4], fresh(people[n % 4]), ProposalForm(key=f"tab {n}")),
    )

    assert done == {"done": 16, "insufficient_connects": 8}
    assert [held(person) for person in people] == [(0, 0)] * 4
    counted = sum(Job.objects.values_list("proposal_count", flat=True))
    assert counted == Proposal.objects.count() == 16


def test_a_form_that_is_sent_by_many_tabs_is_one_proposal(client: Account) -> None:
    ana, job = member("ana"), posted(client, "Job", 1_000_00)

    done = tabs(12, lambda _: submit(job, fresh(ana), ProposalForm(key="one form")))

    assert done == {"done": 12}
    assert held(ana) == (15, 0)


def test_a_name_that_a_host_uses_twice_is_refused_and_takes_nobody_down(client: Account) -> None:
    people = [member(f"p{n}") for n in range(8)]
    job = posted(client, "Job", 1_000_00)

    def named(n: int) -> object:
        called = "same" if n < 2 else f"own {n}"
        return submit(job, fresh(people[n]), ProposalForm(key=f"{n}", external_id=called))

    done = tabs(8, named)

    assert done == {"done": 7, "invalid": 1}
    assert Proposal.objects.count() == 7


def test_no_thread_is_left_when_gathering_ends(client: Account) -> None:
    ana, job = member("ana"), posted(client, "Job", 1_000_00)
    groups = {gather.gathered(number) for number in range(gather.GROUPS)}
    assert len(groups) == gather.GROUPS

    gather.end()

    assert all(isinstance(group, GroupCommit) and group.closed for group in groups)
    assert gather.gathered(job.pk) is None
    assert isinstance(submit(job, ana, ProposalForm(key="alone")), Proposal)

"""A client's list: first lines, price and record of each proposal, and none is opened by it."""

from datetime import timedelta
from typing import Any

import pytest

from connects.acts.proposals import client_acts
from connects.acts.proposals.client_acts import decline, shortlist
from connects.acts.proposals.offer import make_offer
from connects.acts.proposals.submission import ProposalForm
from connects.acts.proposals.submit import submit
from connects.acts.proposals.withdraw import withdraw_proposal
from connects.bootstrap.clock import held_at
from connects.market.jobs.models import Job
from connects.market.people.models import Account
from connects.market.profiles.client_list import SORTS, listed_for_client, numbers_of
from connects.market.profiles.client_needs import QUIET_AFTER, needs_of, unread_of
from connects.market.proposals.asking import Asking
from connects.market.proposals.models import Proposal
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, posted, proposed, registered

pytestmark = pytest.mark.django_db


class Contest:
    """Three freelancers who sent letters to one job, an hour apart."""

    def __init__(self) -> None:
        with held_at(NOON):
            self.client = registered("acme", AccountKind.CLIENT)
            self.job = posted(self.client, "Sing")
        self.sent = {
            name: self._sends(name, number, cents)
            for number, (name, cents) in enumerate(
                (("ana", 300_00), ("ben", None), ("cleo", 200_00))
            )
        }

    def _sends(self, name: str, number: int, cents: int | None) -> Proposal:
        with held_at(NOON + timedelta(hours=number)):
            account = registered(name, AccountKind.FREELANCER)
            form = ProposalForm(
                key="k", cover_letter=f"{name}: " + "x" * 1_000, asking=Asking(price_cents=cents)
            )
            answer = submit(self.job, account, form)
        assert isinstance(answer, Proposal), answer
        return answer

    def names(self, sort: str) -> list[str]:
        return [
            listed.proposal.account.handle for listed in listed_for_client(self.job, sort, 1).items
        ]


@pytest.fixture
def contest() -> Contest:
    return Contest()


def hired_elsewhere(client: Account, account: Account) -> None:
    with held_at(NOON):
        job = posted(client, "Dance")
        client_acts.hire(proposed(job, account, "elsewhere"), client)


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("", ["ana", "ben", "cleo"]),
        ("newest", ["cleo", "ben", "ana"]),
        ("price", ["cleo", "ana", "ben"]),
        ("record", ["ben", "ana", "cleo"]),
        ("nonsense", ["ana", "ben", "cleo"]),
    ],
)
def test_proposals_are_sorted_as_the_client_asks(
    contest: Contest, sort: str, names: list[str]
) -> None:
    hired_elsewhere(contest.client, contest.sent["ben"].account)

    assert contest.names(sort) == names


def test_the_list_shows_first_lines_and_a_record_and_opens_nothing(contest: Contest) -> None:
    hired_elsewhere(contest.client, contest.sent["ana"].account)

    listed = listed_for_client(contest.job, "", 1).items[0]

    assert listed.first_lines.startswith("ana: xxx")
    assert len(listed.first_lines) < 400
    assert (listed.person.record.sent, listed.person.record.hired) == (2, 1)
    assert listed.is_unread
    assert not Proposal.objects.filter(job=contest.job, opened__isnull=False).exists()


def test_nothing_is_read_of_what_was_withdrawn(contest: Contest) -> None:
    with held_at(NOON + timedelta(hours=5)):
        withdraw_proposal(contest.sent["ana"], contest.sent["ana"].account)

    listed = listed_for_client(contest.job, "", 1).items[0]

    assert (listed.first_lines, listed.is_unread) == ("", False)


@pytest.mark.parametrize("sort", SORTS)
def test_a_list_asks_as_much_for_many_as_for_one(
    contest: Contest, sort: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(4):
        assert listed_for_client(contest.job, sort, 1).total == 3


def test_opening_one_leaves_the_others_unread(contest: Contest) -> None:
    assert unread_of([contest.job.pk]) == {contest.job.pk: 3}
    with held_at(NOON + timedelta(hours=5)):
        client_acts.open_proposal(contest.sent["ana"], contest.client)

    assert unread_of([contest.job.pk]) == {contest.job.pk: 2}
    assert needs_of(contest.client, NOON)[0].unread == 2


def test_a_job_needs_its_client_until_everyone_has_an_answer(contest: Contest) -> None:
    with held_at(NOON + timedelta(hours=5)):
        for name in ("ana", "ben"):
            client_acts.decline(contest.sent[name], contest.client)
        make_offer(contest.sent["cleo"], contest.client)
        (need,) = needs_of(contest.client, NOON + timedelta(hours=5))
        assert (need.unread, need.offered) == (0, 1)

        client_acts.hire(contest.sent["cleo"], contest.client)

    assert needs_of(contest.client, NOON + QUIET_AFTER * 2) == []


def test_a_job_that_its_client_forgets_is_quiet(contest: Contest) -> None:
    with held_at(NOON + timedelta(hours=5)):
        for row in contest.sent.values():
            client_acts.open_proposal(row, contest.client)

    assert needs_of(contest.client, NOON + timedelta(hours=6)) == []
    (need,) = needs_of(contest.client, NOON + QUIET_AFTER + timedelta(hours=6))
    assert (need.waiting, need.is_quiet) == (3, True)


def test_other_clients_and_ended_jobs_need_nobody(contest: Contest) -> None:
    other = registered("other", AccountKind.CLIENT)
    assert needs_of(other, NOON) == []

    Job.objects.filter(pk=contest.job.pk).update(status="closed")

    assert needs_of(contest.client, NOON) == []


def test_tabs_hold_who_is_unread_shortlisted_offered_or_gone(contest: Contest) -> None:
    ana, ben, cleo = (contest.sent[name] for name in ("ana", "ben", "cleo"))
    with held_at(NOON + timedelta(hours=5)):
        shortlist(ana, contest.client)
        decline(cleo, contest.client)

    def names(tab: str) -> list[str]:
        return [
            each.proposal.account.handle
            for each in listed_for_client(contest.job, "", 1, tab).items
        ]

    assert names("unread") == [ben.account.handle]
    assert names("shortlisted") == [ana.account.handle]
    assert names("gone") == [cleo.account.handle]
    assert names("offered") == []
    assert numbers_of(contest.job).tabs == {
        "": 3,
        "unread": 1,
        "shortlisted": 1,
        "offered": 0,
        "gone": 1,
    }

"""How accounts stand to jobs is read alike one by one and many at once, and decides what they pay."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from connects.acts.accounts.register import join
from connects.acts.jobs import publish
from connects.acts.jobs.make_cloud import make_cloud
from connects.acts.proposals.hold import hold_proposal
from connects.acts.proposals.invite import invite_to_job
from connects.acts.proposals.submission import ProposalForm
from connects.acts.proposals.withdraw import withdraw_proposal
from connects.bootstrap.clock import held_at
from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import Cloud, Job
from connects.market.jobs.prices import fix_prices, price_for
from connects.market.jobs.work_query import WorkQuery
from connects.market.people.models import Account
from connects.market.proposals.costing import costing
from connects.market.proposals.many_ties import Known, Pair, locked_pairs
from connects.market.proposals.models import HeldProposal, Proposal
from connects.market.proposals.own_prices import own_prices, proposals_sent
from connects.market.proposals.ties import locked_ties, ties_to
from connects.policy.shelf import shipped
from connects.policy.terms import RuleBook
from connects.vocabulary.facts import JobKind
from connects.vocabulary.parties import AccountKind, Role
from tests.market.people import NOON, Town, posted, proposed, registered, town

pytestmark = pytest.mark.django_db

OLD, FAIR, FIRST_FREE = map(shipped, ("upwork-2019-05", "fair-2026", "peopleperhour"))


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


class Jobs:
    """A job for each way in which Ana can stand to one."""

    def __init__(self, here: Town) -> None:
        self.here, self.ana, self.client = here, here.freelancer, here.client
        self.plain = posted(self.client, "Plain")
        self.invited = posted(self.client, "Invited")
        invite_to_job(self.invited, self.ana, self.client)
        self.cloud = self.in_cloud()
        self.held = posted(self.client, "Held")
        reserved = hold_proposal(self.held, self.ana, ProposalForm(key="held"), 900)
        assert isinstance(reserved, HeldProposal), reserved
        join(here.user_of(self.ana), here.stranger, Role.CLIENT)
        self.own = posted(here.stranger, "Own")

    def in_cloud(self) -> Job:
        cloud = make_cloud("regulars", self.client, [self.ana])
        assert isinstance(cloud, Cloud), cloud
        fields = JobFields(title="Cloud", kind=JobKind.FIXED, budget_cents=300_00)
        job = publish.post(fields, self.client, cloud)
        assert isinstance(job, Job), job
        return job

    @property
    def all(self) -> list[Job]:
        return [self.plain, self.invited, self.cloud, self.held, self.own, self.here.job]


@pytest.fixture
def jobs(here: Town) -> Jobs:
    return Jobs(here)


def pairs(*asked: Pair) -> list[Known]:
    with transaction.atomic():
        return locked_pairs(asked)[0]


def test_each_tie_is_seen_and_no_other(jobs: Jobs) -> None:
    ties = ties_to(jobs.all, jobs.ana)

    assert [job for job in jobs.all if ties[job.pk].invited] == [jobs.invited]
    assert [job for job in jobs.all if ties[job.pk].in_cloud] == [jobs.cloud]
    assert [job for job in jobs.all if ties[job.pk].reserved] == [jobs.held]
    assert [job for job in jobs.all if ties[job.pk].is_own] == [jobs.own]
    assert {ties[job.pk].own_reservations for job in jobs.all} == {1}
    assert ties[jobs.held.pk].proposals == 1, "a reservation counts as a proposal"
    assert ties_to([], jobs.ana) == {}


def test_many_at_once_stand_as_each_does_alone(jobs: Jobs) -> None:
    cem = registered("cem", AccountKind.FREELANCER)
    asked = [
        Pair(job.pk, account, f"{account.handle} {job.pk}")
        for job in jobs.all
        for account in (jobs.ana, cem, jobs.here.agency)
    ]

    with transaction.atomic():
        alone = [locked_ties(Job.objects.get(pk=pair.job), pair.account) for pair in asked]
    assert [known.ties for known in pairs(*asked)] == alone


def test_who_sends_for_an_agency_gains_too(jobs: Jobs) -> None:
    studio, user = jobs.here.agency, jobs.here.user_of(jobs.ana)
    plain, by_member, by_user = (
        Pair(jobs.own.pk, studio, "k"),
        Pair(jobs.own.pk, studio, "k", sender=jobs.ana),
        Pair(jobs.own.pk, studio, "k", member=user),
    )

    assert [known.ties.is_own for known in pairs(plain, by_member, by_user)] == [False, True, True]


def test_what_was_sent_before_is_known_by_its_job_and_by_its_key(jobs: Jobs) -> None:
    first = jobs.here.proposal
    (to_job, with_key, neither) = pairs(
        Pair(first.job_id, jobs.ana, "another"),
        Pair(jobs.plain.pk, jobs.ana, first.key),
        Pair(jobs.plain.pk, jobs.ana, "another"),
    )

    assert [each.job for each in to_job.earlier] == [first.job_id]
    assert [each.paid for each in with_key.earlier] == [first.paid]
    assert neither.earlier == ()


def test_a_job_that_is_not_there_is_no_pair(jobs: Jobs) -> None:
    with pytest.raises(Job.DoesNotExist):
        pairs(Pair(jobs.plain.pk, jobs.ana, "k"), Pair(0, jobs.ana, "k"))


def test_what_was_withdrawn_while_it_was_free_is_known_to_have_been(jobs: Jobs) -> None:
    for job, key in ((jobs.invited, "free"), (jobs.plain, "paid")):
        assert isinstance(withdraw_proposal(proposed(job, jobs.ana, key), jobs.ana), Proposal)

    ties = ties_to([jobs.invited, jobs.plain], jobs.ana)
    assert (ties[jobs.invited.pk].withdrew_free, ties[jobs.plain.pk].withdrew_free) == (True, False)


@pytest.mark.parametrize("book", [OLD, FAIR, FIRST_FREE], ids=lambda book: book.name)
def test_jobs_are_found_by_what_they_cost_their_reader(jobs: Jobs, book: RuleBook) -> None:
    fix_prices(jobs.all, book, NOON)
    paid = {pk: price.connects for pk, price in own_prices(jobs.all, jobs.ana, book).items()}

    for least, most in ((0, 0), (1, 400), (0, 1), (2, 3), (0, 400)):
        query = WorkQuery(connects_least=least, connects_most=most)
        found = costing(Job.objects.filter(pk__in=paid), query, book, jobs.ana)
        fits = {pk for pk, cost in paid.items() if least <= cost <= most}
        assert set(found.values_list("pk", flat=True)) == fits, (least, most)


def test_a_newcomers_first_proposals_cost_half_and_a_visitor_sees_the_card(jobs: Jobs) -> None:
    cem = registered("cem", AccountKind.FREELANCER, "fair-2026")
    card = price_for(jobs.plain, FAIR).connects

    assert proposals_sent(cem.pk, FAIR) == 0
    assert own_prices([jobs.plain], cem, FAIR)[jobs.plain.pk].connects == -(-card // 2)
    asked = [own_prices([jobs.plain], cem, FAIR, sent=sent)[jobs.plain.pk] for sent in (4, 5)]
    assert [price.connects for price in asked] == [-(-card // 2), card]
    visitor: Account | None = None
    fix_prices([jobs.plain], FAIR, NOON)
    at_card = WorkQuery(connects_least=card, connects_most=card)
    assert list(costing(Job.objects.filter(pk=jobs.plain.pk), at_card, FAIR, visitor)) == [
        jobs.plain
    ]

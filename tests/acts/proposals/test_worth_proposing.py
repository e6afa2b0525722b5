"""Invitations, messages, teams, limits, records and flags: each for who may, and within bounds."""

from datetime import UTC, datetime, timedelta

import pytest

from connects.acts.accounts import team
from connects.acts.accounts.leave_team import leave_team
from connects.acts.accounts.set_member_terms import set_member_terms
from connects.acts.jobs import end, make_cloud
from connects.acts.jobs import publish as jobs
from connects.acts.jobs.flag import flag_job
from connects.acts.memberships import freeze
from connects.acts.proposals import client_acts, invite, offer
from connects.acts.proposals import submit as proposals
from connects.acts.proposals.limit_spending import set_spending_limit
from connects.acts.proposals.message import answer_client, conversation
from connects.acts.proposals.submission import ProposalForm
from connects.acts.purchases import buy as purchases
from connects.acts.purchases import change_plan as plans
from connects.acts.staff import moderate as moderation
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import CloseReason, Job
from connects.market.jobs.records import records_of
from connects.market.jobs.selectors import find_work, job_for
from connects.market.jobs.work_query import WorkQuery
from connects.market.members.selectors import rule_book_of
from connects.market.moderation.models import Flag, FlagReason, FlagState
from connects.market.notices.models import OutboxEvent
from connects.market.people.models import Account, Membership, User
from connects.market.proposals.models import Proposal
from connects.market.proposals.statement import monthly_statement
from connects.market.purchases.models import Purchase
from connects.market.trust.models import StaffAct
from connects.vocabulary.facts import JobKind
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import Refused
from tests.market.people import posted, proposed, registered

NOW = datetime(2019, 6, 3, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Account:
    with held_at(NOW):
        return registered("ana", AccountKind.FREELANCER)


@pytest.fixture
def acme() -> Account:
    with held_at(NOW):
        return registered("acme", AccountKind.CLIENT)


def problem(answer: object) -> object:
    assert isinstance(answer, Refused), answer
    return answer.parameters.get("problem", answer.code.value)


def test_nobody_invites_themselves_or_to_anothers_post(ana: Account, acme: Account) -> None:
    with held_at(NOW):
        other = registered("other", AccountKind.CLIENT)
        job = posted(acme)
        Membership.objects.create(
            user=User.objects.get(memberships__account=acme), account=ana, role="freelancer"
        )

        assert problem(invite.invite_to_job(job, ana, acme)) == "self_invitation"
        assert problem(invite.invite_to_job(job, ana, other)) == "not_yours"


def test_an_invitation_is_made_and_told_once(ana: Account, acme: Account) -> None:
    with held_at(NOW):
        job = posted(acme)
        first = invite.invite_to_job(job, ana, acme)
        assert invite.invite_to_job(job, ana, acme) == first

    assert OutboxEvent.objects.filter(code="invited").count() == 1
    assert invite.invitations_of(ana, 1).total == 1


def test_a_client_writes_first_and_then_both_do(ana: Account, acme: Account) -> None:
    with held_at(NOW):
        proposal = proposed(posted(acme), ana)
        assert problem(answer_client(proposal, ana, "Hello?")) == "client_writes_first"
        client_acts.message(proposal, acme, "When can you begin?")
        answer_client(proposal, ana, "On Monday.")
        assert problem(answer_client(proposal, acme, "x")) == "not_yours"
        assert problem(client_acts.message(proposal, acme, "x" * 4_001)) == "too_long"
        assert problem(answer_client(proposal, ana, " ")) == "required"

    assert [(m.by_client, m.text) for m in conversation(proposal)] == [
        (True, "When can you begin?"),
        (False, "On Monday."),
    ]
    assert OutboxEvent.objects.filter(code="message").count() == 2


def test_a_member_spends_within_their_own_limit_and_what_came_back_counts_as_not_spent(
    ana: Account, acme: Account
) -> None:
    with held_at(NOW):
        studio = registered("studio", AccountKind.AGENCY)
        team.join_team(ana, studio)
        assert isinstance(purchases.order(studio, 20, "some"), Purchase)
        set_member_terms(studio, ana, 5, may_spend=True)
        first = posted(acme, "First", 900_00)
        second = posted(acme, "Second", 900_00)

        def sent(job: Job, key: str) -> object:
            return proposals.submit(job, ana, ProposalForm(key=key, agency=studio))

        assert isinstance(sent(first, "1"), Proposal)
        assert problem(sent(second, "2")) == "spending_limit"
        end.close(first, acme, CloseReason.NOT_HIRING)
        assert isinstance(sent(second, "2"), Proposal)
    assert journal().wallet(studio.pk).balance == 15
    assert Proposal.objects.filter(account=studio, for_agency_by=ana).count() == 2


def test_an_own_limit_holds_for_a_calendar_month(ana: Account, acme: Account) -> None:
    with held_at(NOW):
        set_spending_limit(ana, 5)
        proposed(posted(acme, "First", 900_00), ana)
        second = posted(acme, "Second", 900_00)
        form = ProposalForm(key="second")
        assert problem(proposals.submit(second, ana, form)) == "spending_limit"
    with held_at(datetime(2019, 7, 1, tzinfo=UTC)):
        assert isinstance(proposals.submit(second, ana, form), Proposal)


def test_who_leaves_a_team_neither_proposes_nor_signs_in_for_it_any_more(
    ana: Account, acme: Account
) -> None:
    with held_at(NOW):
        studio = registered("studio", AccountKind.AGENCY)
        team.join_team(ana, studio)
        user = User.objects.get(memberships__account=ana)
        assert Membership.objects.filter(user=user, account=studio).exists()
        job = posted(acme)
        leave_team(ana, studio)
        form = ProposalForm(key="late", agency=studio)

        assert problem(proposals.submit(job, ana, form)) == "not_member"
    assert not Membership.objects.filter(user=user, account=studio).exists()


def test_a_clouds_job_is_seen_by_its_members_alone(ana: Account, acme: Account) -> None:
    with held_at(NOW):
        ben = registered("ben", AccountKind.FREELANCER)
        cloud = make_cloud.make_cloud("friends", acme, [ana])
        assert not isinstance(cloud, Refused)
        job = jobs.post(JobFields(title="Secret", kind=JobKind.FIXED), acme, cloud)
        assert isinstance(job, Job)
    book = rule_book_of(ana, NOW)
    people = {a: User.objects.get(memberships__account=a) for a in (ana, ben, acme)}

    assert find_work(WorkQuery(), book, ana, now=NOW).total == 1
    assert find_work(WorkQuery(), book, ben, now=NOW).total == 0
    assert find_work(WorkQuery(), book, now=NOW).total == 0
    assert job_for(people[ana], job.public_id) == job
    assert job_for(people[acme], job.public_id) == job
    assert job_for(people[ben], job.public_id) is None
    assert job_for(None, job.public_id) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [("hand", 1), ("HANDBOOK garden", 1), ("handbook shop", 0), ("& | ! :* ' \\", 2), ("", 2)],
)
def test_every_word_must_be_there_or_begin_one_that_is(
    acme: Account, text: str, found: int
) -> None:
    with held_at(NOW):
        posted(acme, "A handbook of gardening")
        posted(acme, "A shop")

    assert find_work(WorkQuery(text=text), rule_book_of(acme, NOW), now=NOW).total == found


def test_a_clients_record_is_counted_from_what_happened(ana: Account, acme: Account) -> None:
    with held_at(NOW):
        for number in range(6):
            job = posted(acme, f"Job {number}", 30_00)
            if number < 3:
                proposal = proposed(job, ana, f"k{number}")
                client_acts.hire(proposal, acme)
                end.close(job, acme, CloseReason.FILLED)
    later = NOW + timedelta(days=40)

    record = records_of([acme.pk], later)[acme.pk]

    assert (record.posts, record.hired.hits, record.hired.cases) == (6, 3, 6)
    assert (record.left_open.hits, record.left_open.percent) == (3, 50)
    assert record.opened.percent is None  # three proposals say too little


def test_a_monthly_statement_adds_up(ana: Account, acme: Account) -> None:
    with held_at(NOW):
        first = proposed(posted(acme, "First", 900_00), ana, "1")
        second = proposed(posted(acme, "Second", 900_00), ana, "2")
        client_acts.message(first, acme, "Hello")
        client_acts.hire(first, acme)
        end.close(second.job, acme, CloseReason.NOT_HIRING)

    told = monthly_statement(ana, datetime(2019, 6, 1, tzinfo=UTC))

    assert (told.proposals, told.spent, told.came_back, told.kept) == (2, 10, 5, 5)
    assert (told.opened, told.interviews, told.hires, told.a_hire_cost) == (1, 1, 1, 5)


def test_flags_weigh_by_their_authors_record_and_are_decided_once(
    ana: Account, acme: Account
) -> None:
    with held_at(NOW):
        for number in range(5):
            job = posted(acme, f"Job {number}")
            flag_job(job, ana, FlagReason.NOT_SERIOUS)
            moderation.uphold_flags(job, None, "it is not")
        last = posted(acme, "Last")
        raised = flag_job(last, ana, FlagReason.OTHER, "Look at this")
        moderation.dismiss_flags(last, None, "it is fine")

    assert isinstance(raised, Flag)
    assert raised.weight == 10
    assert Flag.objects.filter(state=FlagState.UPHELD).count() == 5
    assert Flag.objects.get(job=last).state == FlagState.DISMISSED


def test_moderation_is_for_moderators_and_operators(ana: Account, acme: Account) -> None:
    sue = User.objects.create_user("sue@test.example", "Sue", None, Role.SUPPORT.value)
    mo = User.objects.create_user("mo@test.example", "Mo", None, Role.MODERATOR.value)
    with held_at(NOW):
        job = posted(acme)
        assert problem(moderation.dismiss_flags(job, sue, "")) == "staff_role"
        assert problem(moderation.suspend(acme, sue, "")) == "staff_role"
        assert isinstance(moderation.suspend(acme, mo, "spam"), Account)
        assert problem(jobs.post(JobFields(title="x", kind=JobKind.FIXED), acme)) == "suspended"
        moderation.reinstate(acme, mo, "a mistake")
        assert isinstance(jobs.post(JobFields(title="x", kind=JobKind.FIXED), acme), Job)

    assert list(StaffAct.objects.filter(user=mo).values_list("act", flat=True)) == [
        "suspend",
        "reinstate",
    ]


def test_a_member_who_may_not_spend_answers_invitations_alone(ana: Account, acme: Account) -> None:
    with held_at(NOW):
        studio = registered("studio", AccountKind.AGENCY)
        team.join_team(ana, studio)
        set_member_terms(studio, ana, None, may_spend=False)
        job = posted(acme, "A job", 900_00)
        form = ProposalForm(key="k", agency=studio)
        assert problem(proposals.submit(job, ana, form)) == "may_not_spend"
        invite.invite_to_job(job, studio, acme)
        assert isinstance(proposals.submit(job, ana, form), Proposal)


def test_a_frozen_plan_rests_and_goes_on_where_it_stopped(acme: Account) -> None:
    with held_at(NOW):
        studio = registered("studio", AccountKind.AGENCY, "upwork-2018")
        assert problem(freeze.revive(studio)) == "not_frozen"
    with held_at(NOW + timedelta(days=10)):
        job = posted(acme, "A job")
        freeze.freeze(studio)
        assert problem(plans.subscribe(studio, "plus", "k")) == "frozen"
        form = ProposalForm(key="k")
        assert problem(proposals.submit(job, studio, form)) == "frozen"
    run(NOW + timedelta(days=100))
    assert journal().wallet(studio.pk).balance == 80
    with held_at(NOW + timedelta(days=100)):
        held = freeze.revive(studio)
        assert not isinstance(held, Refused)
        assert isinstance(proposals.submit(job, studio, form), Proposal)

    assert held.renews == NOW + timedelta(days=30 + 90)
    run(held.renews)
    assert journal().wallet(studio.pk).balance == 80  # 78 did not roll over, 80 arrived


def test_an_offer_is_accepted_or_declined_by_who_got_it(ana: Account, acme: Account) -> None:
    with held_at(NOW):
        proposal = proposed(posted(acme), ana)
        assert problem(offer.answer_offer(proposal, ana, accepts=True)) == "no_offer"
        offer.make_offer(proposal, acme)
        assert problem(offer.answer_offer(proposal, acme, accepts=True)) == "not_yours"
        declined = offer.answer_offer(proposal, ana, accepts=False)
        assert isinstance(declined, Proposal)
        assert declined.status == "submitted"
    with held_at(NOW + timedelta(hours=1)):
        offer.make_offer(proposal, acme)
        accepted = offer.answer_offer(proposal, ana, accepts=True)

    assert isinstance(accepted, Proposal)
    assert accepted.status == "hired"
    told = list(OutboxEvent.objects.filter(code__startswith="offer").values_list("code", flat=True))
    assert told == ["offer", "offer-answered"] * 2


def test_clients_of_rules_without_silence_are_reminded_and_nothing_is_closed(
    acme: Account,
) -> None:
    with held_at(NOW):
        job = posted(acme)
    run(NOW + timedelta(days=100))

    job.refresh_from_db()
    assert job.status == "open"
    assert OutboxEvent.objects.filter(code="post-waiting").count() == 7

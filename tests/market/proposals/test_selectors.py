"""Finding proposals: each by its account and its job's client, and by nobody else."""

from datetime import UTC, datetime, timedelta

import pytest

from connects.acts.jobs.end import close
from connects.acts.proposals.client_acts import hire, message, open_proposal, shortlist
from connects.acts.proposals.invite import invite_to_job
from connects.bootstrap.clock import held_at
from connects.market.jobs.models import CloseReason
from connects.market.people.models import Account, Membership
from connects.market.proposals.own_list import counts_and_outcome, counts_of, own_page, tab_named
from connects.market.proposals.selectors import (
    jobs_by_reference,
    own_proposal,
    proposal_for,
)
from connects.market.proposals.statement import (
    added_up,
    monthly_statement,
    outcomes_by_month,
    whole_months,
)
from connects.market.proposals.ties import ties_to
from connects.vocabulary.returns import Stage
from tests.market.people import NOON, Town, posted, proposed, town

pytestmark = pytest.mark.django_db

MAY, JUNE = datetime(2019, 5, 1, tzinfo=UTC), datetime(2019, 6, 1, tzinfo=UTC)


@pytest.fixture
def here() -> Town:
    with held_at(NOON):
        return town()


def test_a_proposal_is_seen_by_both_sides_and_nobody_else(here: Town) -> None:
    name = here.proposal.public_id

    for account in (here.freelancer, here.client):
        assert proposal_for(here.user_of(account), name) == here.proposal
    for user in (here.user_of(here.agency), here.user_of(here.stranger), here.operator):
        assert proposal_for(user, name) is None
    assert proposal_for(here.user_of(here.client), "0123456789abcdef") is None


def test_who_acts_for_both_sides_sees_a_proposal_once(here: Town) -> None:
    user = here.user_of(here.client)
    Membership.objects.create(user=user, account=here.freelancer, role="freelancer")

    assert proposal_for(user, here.proposal.public_id) == here.proposal


def test_an_accounts_proposals_come_newest_first_and_by_tab(here: Town) -> None:
    with held_at(NOON + timedelta(hours=1)):
        second = proposed(posted(here.client, "Sing", 30_00), here.freelancer, "k2")
        hire(second, here.client)

    def listed(account: Account, tab: str = "", text: str = "") -> list[int]:
        return [row.pk for row in own_page(account, tab_named(tab), text, 1).items]

    assert listed(here.freelancer) == [second.pk, here.proposal.pk]
    assert listed(here.freelancer, "hired") == [second.pk]
    assert listed(here.freelancer, "active") == [here.proposal.pk]
    assert listed(here.freelancer, "nonsense") == listed(here.freelancer)
    assert listed(here.freelancer, text="sIng") == [second.pk]
    assert listed(here.freelancer, text="acme") == listed(here.freelancer)
    assert listed(here.freelancer, "hired", "logo") == listed(here.agency) == []
    assert own_proposal(here.freelancer, here.job) == here.proposal
    assert own_proposal(here.agency, here.job) is None


def test_a_line_of_a_history_leads_to_its_job(here: Town) -> None:
    reference = here.proposal.reference

    assert jobs_by_reference({reference, "proposal:0", "purchase:1", ""}) == {reference: here.job}
    assert jobs_by_reference(set()) == {}


def test_a_stage_is_how_far_it_got_and_never_less(here: Town) -> None:
    stages = [here.proposal.stage]
    with held_at(NOON):
        for act in (open_proposal, shortlist):
            act(here.proposal, here.client)
            here.proposal.refresh_from_db()
            stages.append(here.proposal.stage)
        message(here.proposal, here.client, "Hello")
    here.proposal.refresh_from_db()

    assert [*stages, here.proposal.stage] == [
        Stage.UNOPENED,
        Stage.OPENED,
        Stage.ENGAGED,
        Stage.ENGAGED,
    ]


def test_ties_say_who_was_invited_and_whose_own_job_it_is(here: Town) -> None:
    with held_at(NOON):
        invite_to_job(here.job, here.agency, here.client)

    assert ties_to([here.job], here.agency)[here.job.pk].invited
    assert not ties_to([here.job], here.freelancer)[here.job.pk].invited
    assert not ties_to([here.job], here.freelancer)[here.job.pk].is_own
    user = here.user_of(here.client)
    Membership.objects.create(user=user, account=here.freelancer, role="freelancer")
    assert ties_to([here.job], here.freelancer)[here.job.pk].is_own
    assert not ties_to([here.job], here.freelancer)[here.job.pk].in_cloud


def test_a_month_says_what_its_proposals_cost_and_brought(here: Town) -> None:
    with held_at(NOON):
        second = proposed(posted(here.client, "Sing", 30_00), here.freelancer, "k2")
        third_job = posted(here.client, "Hum", 30_00)
        proposed(third_job, here.freelancer, "k3")
        open_proposal(here.proposal, here.client)
        message(second, here.client, "Hello")
        hire(second, here.client)
        close(third_job, here.client, CloseReason.NOT_HIRING)
    told = monthly_statement(here.freelancer, MAY)

    assert (told.proposals, told.spent, told.came_back, told.kept) == (3, 6, 1, 5)
    assert (told.opened, told.interviews, told.hires) == (2, 1, 1)
    assert told.a_hire_cost == 5


def test_a_month_without_proposals_costs_nothing_and_no_hire_has_no_price(here: Town) -> None:
    told = monthly_statement(here.freelancer, JUNE)

    assert (told.proposals, told.spent, told.kept) == (0, 0, 0)
    assert told.a_hire_cost is None
    assert monthly_statement(here.freelancer, MAY).a_hire_cost is None


def test_a_proposal_belongs_to_the_month_in_which_it_was_sent(here: Town) -> None:
    with held_at(JUNE):
        proposed(posted(here.client, "Sing", 30_00), here.freelancer, "k2")

    assert monthly_statement(here.freelancer, MAY).proposals == 1
    assert monthly_statement(here.freelancer, JUNE).proposals == 1


def test_the_last_months_are_what_their_statements_say_and_add_up(here: Town) -> None:
    with held_at(JUNE):
        proposed(posted(here.client, "Sing", 30_00), here.freelancer, "k2")
        hire(here.proposal, here.client)

    months = outcomes_by_month(here.freelancer, JUNE + timedelta(days=9), 3)

    each = [monthly_statement(here.freelancer, month.since) for month in months]
    assert list(months) == each
    assert [month.proposals for month in months] == [0, 1, 1]
    counts, since_then = counts_and_outcome(here.freelancer, months[0].since)
    assert (counts, added_up(months)) == (counts_of(here.freelancer), since_then)
    assert counts_and_outcome(here.freelancer, JUNE)[1] == months[2]
    # The month in which somebody came is none of theirs, and neither is the one that runs.
    assert whole_months(months, MAY + timedelta(hours=1), 3) == ()
    assert whole_months(months, MAY, 3) == months[1:2]

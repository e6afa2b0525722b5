"""Posts that flag themselves, the queue, and appeals that two people decide."""

from datetime import UTC, datetime, timedelta

import pytest

from connects.acts.jobs import end
from connects.acts.jobs import publish as jobs
from connects.acts.jobs.flag import flag_job
from connects.acts.proposals import appeal, client_acts
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.journal.proof.verify import verify
from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import CloseReason, Job
from connects.market.moderation.lists import FLAGGED
from connects.market.moderation.models import Appeal, AppealState, Flag, FlagReason
from connects.market.moderation.selectors import evidence_of
from connects.market.people.models import Account, User
from connects.market.proposals.models import Proposal
from connects.vocabulary.facts import JobKind
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import Refused
from tests.market.listed import listed
from tests.market.people import posted, proposed, registered

NOW = datetime(2019, 6, 3, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def people() -> tuple[Account, Account, User, User]:
    with held_at(NOW):
        ana = registered("ana", AccountKind.FREELANCER)
        # The first version of these rules doubted small budgets.
        acme = registered("acme", AccountKind.CLIENT, "upwork-2019-05@1")
    sue = User.objects.create_user("sue@test.example", "Sue", None, Role.SUPPORT.value)
    mo = User.objects.create_user("mo@test.example", "Mo", None, Role.MODERATOR.value)
    return ana, acme, sue, mo


def problem(answer: object) -> object:
    assert isinstance(answer, Refused), answer
    return answer.parameters.get("problem", answer.code.value)


def test_a_post_that_was_posted_before_and_a_budget_that_is_not_meant_flag_themselves() -> None:
    _, acme, _, _ = people()
    with held_at(NOW):
        posted(acme, "Write ten pages about gardening in spring")
        posted(acme, "Write ten pages about gardening in the spring")
        posted(acme, "Draw a logo for a bakery", 5_00)
        posted(acme, "Build a shop for shoes and hats", 800_00)
    with held_at(NOW + timedelta(days=31)):
        posted(acme, "Build a shop for shoes and hats", 800_00)

    flagged = {(flag.job.title, flag.reason) for flag in Flag.objects.select_related("job")}
    assert flagged == {
        ("Write ten pages about gardening in the spring", FlagReason.DUPLICATE.value),
        ("Draw a logo for a bakery", FlagReason.FAKE_BUDGET.value),
    }


def test_the_queue_is_by_weight_age_or_reporter_and_shows_what_is_at_stake() -> None:
    ana, acme, _, _ = people()
    with held_at(NOW):
        first = posted(acme, "A job", 900_00)
        proposed(first, ana)
        flag_job(first, ana, FlagReason.NOT_SERIOUS, "Look")
    with held_at(NOW + timedelta(days=1)):
        second = posted(acme, "Another", 5_00)

    assert listed(FLAGGED) == [second, first]
    assert listed(FLAGGED, sort="age") == [first, second]
    assert listed(FLAGGED, sort="reporter") == [second, first]
    evidence = evidence_of(first, NOW)
    assert (evidence.proposals, evidence.at_stake) == (1, 5)
    assert [view.flag.text for view in evidence.flags] == ["Look"]


def refused_proposal(ana: Account, acme: Account) -> Proposal:
    with held_at(NOW):
        job = posted(acme, "A job", 900_00)
        proposal = proposed(job, ana)
        end.close(job, acme, CloseReason.FILLED)
    return Proposal.objects.get(pk=proposal.pk)


def test_an_appeal_is_granted_by_two_people_and_gives_back_what_is_left() -> None:
    ana, acme, sue, mo = people()
    proposal = refused_proposal(ana, acme)
    with held_at(NOW):
        made = appeal.file_appeal(proposal, ana, "Nobody was hired.")
        assert appeal.file_appeal(proposal, ana, "Again") == made
        assert isinstance(made, Appeal)
        assert problem(appeal.decide_appeal(made, mo, agrees=True)) == "not_proposed"
        appeal.propose_decision(made, sue, "They are right", grants=True)
        assert problem(appeal.decide_appeal(made, sue, agrees=True)) == "second_person"
        assert journal().wallet(ana.pk).balance == 15
        done = appeal.decide_appeal(made, mo, agrees=True)
        assert problem(appeal.decide_appeal(made, mo, agrees=True)) == "not_proposed"

    assert isinstance(done, Appeal)
    assert done.state == AppealState.GRANTED
    assert journal().wallet(ana.pk).balance == 20
    assert [proof for proof in verify(journal()) if proof.breaches] == []


def test_a_second_person_who_disagrees_opens_it_again() -> None:
    ana, acme, sue, mo = people()
    with held_at(NOW):
        made = appeal.file_appeal(refused_proposal(ana, acme), ana, "Why?")
        assert isinstance(made, Appeal)
        appeal.propose_decision(made, sue, "No", grants=False)
        again = appeal.decide_appeal(made, mo, agrees=False)
        assert isinstance(again, Appeal)
        assert again.state == AppealState.OPEN
        appeal.propose_decision(made, mo, "No", grants=False)
        done = appeal.decide_appeal(made, sue, agrees=True)

    assert isinstance(done, Appeal)
    assert done.state == AppealState.REFUSED
    assert journal().wallet(ana.pk).balance == 15


def test_only_who_proposed_appeals_and_only_when_something_is_left() -> None:
    ana, acme, sue, _ = people()
    finance = User.objects.create_user("fi@test.example", "Fi", None, Role.FINANCE.value)
    with held_at(NOW):
        ben = registered("ben", AccountKind.FREELANCER)
        job = posted(acme, "A job", 900_00)
        proposal = proposed(job, ana)
        assert problem(appeal.file_appeal(proposal, ana, "Early")) == "nothing_to_appeal"
        end.close(job, acme, CloseReason.NOT_HIRING)
        proposal = Proposal.objects.get(pk=proposal.pk)
        assert problem(appeal.file_appeal(proposal, ana, "Late")) == "nothing_to_appeal"
        refused = refused_proposal_of(ben, acme)
        assert problem(appeal.file_appeal(refused, ana, "Mine?")) == "not_yours"
        assert problem(appeal.file_appeal(refused, ben, " ")) == "required"
        made = appeal.file_appeal(refused, ben, "Please")
        assert isinstance(made, Appeal)
        assert problem(appeal.propose_decision(made, finance, "x", grants=True)) == "staff_role"
        assert problem(appeal.propose_decision(made, sue, " ", grants=True)) == "required"


def refused_proposal_of(account: Account, client: Account) -> Proposal:
    job = jobs.post(JobFields(title="Other", kind=JobKind.FIXED, budget_cents=900_00), client)
    assert isinstance(job, Job)
    proposal = proposed(job, account)
    end.close(job, client, CloseReason.FILLED)
    return Proposal.objects.get(pk=proposal.pk)


def test_a_pair_that_interviews_again_and_again_comes_before_the_moderators() -> None:
    ana, acme, _, _ = people()
    with held_at(NOW):
        ben = registered("ben", AccountKind.FREELANCER)
        for number in range(5):
            job = posted(acme, f"Job number {number}", 30_00)
            client_acts.message(proposed(job, ana, f"a{number}"), acme, "Hello")
            if number < 4:
                client_acts.message(proposed(job, ben, f"b{number}"), acme, "Hello")

    (flag,) = Flag.objects.filter(reason=FlagReason.SAME_PAIR)
    assert flag.job.title == "Job number 4"

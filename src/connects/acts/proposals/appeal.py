"""Appeals: a member asks for Connects that the rules did not give back, and two people decide."""

from __future__ import annotations

from django.db import transaction

from connects.acts.credits.return_paid import give_the_rest
from connects.acts.notices.outbox import put_in_outbox
from connects.acts.oversight.audit import note_act
from connects.acts.proposals.tell import tell_proposer
from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.models import JobStatus
from connects.market.moderation.models import Appeal, AppealState
from connects.market.people.models import Account, User
from connects.market.people.permissions import Act, denied
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.vocabulary.events import Event
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid, not_allowed
from connects.vocabulary.typed_input import REASON_CHARACTERS, text_refused

TEXT_CHARACTERS = 1_000


def file_appeal(proposal: Proposal, account: Account, text: str) -> Appeal | Refused:
    """Ask for what has not come back of a proposal whose job has ended; once for each proposal.

    Refused with `not_allowed` or `invalid`.
    """
    refused = text_refused("text", text, TEXT_CHARACTERS, required=True)
    if refused is not None:
        return refused
    if account.pk not in (proposal.account_id, proposal.for_agency_by_id):
        return not_allowed(Problem.NOT_YOURS)
    is_over = proposal.job.status != JobStatus.OPEN or proposal.status != ProposalStatus.SUBMITTED
    if not is_over or proposal.paid <= proposal.returned:
        return not_allowed(Problem.NOTHING_TO_APPEAL)
    now = clock_now()
    with transaction.atomic():
        made, is_new = Appeal.objects.get_or_create(
            proposal=proposal,
            defaults={"account": proposal.account, "text": text, "made": now},
        )
        if is_new:
            tell_proposer(proposal, "appeal-received", now)
        return made


def propose_decision(found: Appeal, staff: User, reason: str, *, grants: bool) -> Appeal | Refused:
    """The first person says what they would decide, and why. Refused with `not_allowed` or `invalid`."""
    refused = denied(staff, Act.DECIDE_APPEALS) or text_refused(
        "reason", reason, REASON_CHARACTERS, required=True
    )
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        row = Appeal.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if row.state not in (AppealState.OPEN, AppealState.PROPOSED):
            return invalid(Problem.WRONG_STATE, field="appeal")
        row.state, row.grants = AppealState.PROPOSED, grants
        row.reason, row.first_by = reason, staff
        row.save()
        note_act(staff, "propose-appeal", f"appeal:{row.pk}", reason, now, {"grants": grants})
        return row


def decide_appeal(found: Appeal, staff: User, *, agrees: bool) -> Appeal | Refused:
    """The second person agrees, and it is done; or does not, and it is open again.

    Refused with `not_allowed`: the first person is not the second one.
    """
    refused = denied(staff, Act.DECIDE_APPEALS)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        row = Appeal.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if row.state != AppealState.PROPOSED:
            return not_allowed(Problem.NOT_PROPOSED)
        if row.first_by_id == staff.pk:
            return not_allowed(Problem.SECOND_PERSON)
        note_act(staff, "decide-appeal", f"appeal:{row.pk}", row.reason, now, {"agrees": agrees})
        if not agrees:
            row.state, row.grants, row.first_by = AppealState.OPEN, None, None
        else:
            _settle(row, staff)
        row.save()
        return row


def _settle(row: Appeal, staff: User) -> None:
    now = clock_now()
    row.state = AppealState.GRANTED if row.grants else AppealState.REFUSED
    row.second_by, row.decided = staff, now
    if row.grants:
        proposals = Proposal.objects.select_for_update(of=("self",))
        give_the_rest(proposals.get(pk=row.proposal_id), now)
    put_in_outbox(
        [
            Event(
                key=f"appeal:{row.pk}",
                account=row.account_id,
                code="appeal-decided",
                parameters={
                    "proposal": row.proposal.public_id,
                    "title": row.proposal.job.title,
                    "state": row.state,
                    "reason": row.reason,
                },
            )
        ],
        now,
    )


def appeal_of(proposal: Proposal) -> Appeal | None:
    """The appeal about a proposal, if any."""
    return Appeal.objects.filter(proposal=proposal).first()


def appeal_numbered(number: int) -> Appeal | None:
    """One appeal, for staff."""
    rows = Appeal.objects.select_related("account", "proposal__job", "first_by", "second_by")
    return rows.filter(pk=number).first()

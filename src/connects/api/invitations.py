"""Whom clients invite to their jobs at a host."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Router

from connects.acts.oversight.audited import audited_once
from connects.acts.proposals.invite import invite_to_job
from connects.api.job_documents import InvitationDocument
from connects.api.named import HostId, holder_named, id_of, job_named
from connects.api.outcomes import Answer, Outcome, answered, done, turn_of
from connects.api.problems import HOST_ANSWERS
from connects.api.server_keys import HostCall, ServerKey
from connects.market.api_clients.models import Scope
from connects.market.proposals.models import Invitation
from connects.market.proposals.selectors import invitation_to

router = Router(tags=["jobs"])


@router.put(
    "/jobs/{id}/invitations/{account}",
    auth=ServerKey(Scope.SYNC),
    response={200: InvitationDocument, 201: InvitationDocument, **HOST_ANSWERS},
    operation_id="put_invitation",
    summary="Say that a client invites an account",
)
def put_invitation(
    request: HostCall,
    response: HttpResponse,
    id: HostId,  # noqa: A002
    account: HostId,
) -> Answer:
    """Invite an account: its proposal is free where the rules say so, and what it paid comes back."""
    job, invited = job_named(id), holder_named(account)

    def outcome(row: Invitation, status: int) -> Outcome:
        document = {
            "job": id_of(job),
            "account": id_of(invited),
            "invited": row.invited,
            "declined": row.declined,
        }
        return Outcome(status, document, replayed=status == 200)

    def found() -> Outcome | None:
        earlier = invitation_to(job, invited)
        return None if earlier is None else outcome(earlier, 200)

    answer = done(
        audited_once(
            turn_of("invitation", id, account),
            found,
            lambda: invite_to_job(job, invited, job.client),
            lambda _: request.auth.note("invite", f"job:{job.public_id}", id=id, account=account),
        )
    )
    return answered(response, answer if isinstance(answer, Outcome) else outcome(answer, 201))

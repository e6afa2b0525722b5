"""Grants of a host: Connects that are given as a courtesy, once under the host's own id."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from connects.acts.oversight.audited import audited_once
from connects.acts.staff.grant_courtesy import CREDITS_MOST, grant_for_host
from connects.api.documents import WalletDocument, present_wallet
from connects.api.named import HostId, Named, checked_id, holder_named, id_of, unknown
from connects.api.outcomes import (
    Answer,
    Outcome,
    answered,
    digests_of,
    done,
    key_of,
    require_same,
    turn_of,
)
from connects.api.patterns import LINE
from connects.api.problems import HOST_ANSWERS
from connects.api.server_keys import HostCall, ServerKey
from connects.market.api_clients.models import Scope
from connects.market.corrections.models import Correction, CorrectionState
from connects.market.corrections.selectors import grant_called
from connects.vocabulary.typed_input import REASON_CHARACTERS

router = Router(tags=["grants"], auth=ServerKey(Scope.GRANT))


class GrantKind(StrEnum):
    COURTESY = "courtesy"


class GrantStatus(StrEnum):
    """What became of a grant. It is `waiting` where it is more than a host may give without staff."""

    DONE = "done"
    WAITING = "waiting"
    DECLINED = "declined"


STATUS_OF: dict[str, GrantStatus] = {
    CorrectionState.DONE: GrantStatus.DONE,
    CorrectionState.PROPOSED: GrantStatus.WAITING,
    CorrectionState.DECLINED: GrantStatus.DECLINED,
}


class GrantBody(Schema):
    model_config = ConfigDict(extra="forbid")

    account: Named
    credits: Annotated[int, Field(strict=True, ge=1, le=CREDITS_MOST)]
    reason: Annotated[str, Field(min_length=1, max_length=REASON_CHARACTERS, pattern=LINE)]
    kind: GrantKind = GrantKind.COURTESY


class GrantDocument(Schema):
    """A grant, and what became of it."""

    id: str
    account: str
    credits: int
    kind: GrantKind
    reason: str
    status: GrantStatus
    made: datetime
    wallet: WalletDocument


@router.put(
    "/grants/{id}",
    response={200: GrantDocument, 201: GrantDocument, **HOST_ANSWERS},
    operation_id="put_grant",
    summary="Give Connects, once",
)
def put_grant(request: HostCall, response: HttpResponse, id: HostId, body: GrantBody) -> Answer:  # noqa: A002
    """Give Connects. The id is the idempotency key, for ever."""
    return answered(response, grant_put(request, id, body))


@router.post(
    "/grants",
    response={200: GrantDocument, 201: GrantDocument, **HOST_ANSWERS},
    operation_id="post_grant",
    summary="The same, named by the header `Idempotency-Key`",
)
def post_grant(request: HostCall, response: HttpResponse, body: GrantBody) -> Answer:
    """For libraries that know the header alone."""
    return answered(response, grant_put(request, key_of(request), body))


def grant_put(request: HostCall, name: str, body: GrantBody) -> Outcome:
    """What becomes of one grant that a host sends."""
    checked_id(name)
    digests = digests_of(body.model_dump(mode="json", exclude_defaults=True))

    def found() -> Outcome | None:
        earlier = grant_called(name)
        if earlier is None:
            return None
        require_same(earlier.sent_fields, digests)
        return Outcome(200, _document(earlier, request.auth.now), replayed=True)

    again = found()
    if again is not None:
        return again
    account = holder_named(body.account, "account")
    answer = done(
        audited_once(
            turn_of("grant", name),
            found,
            lambda: grant_for_host(account, body.credits, body.reason, name, digests),
            lambda _: request.auth.note(
                "grant", f"account:{account.handle}", id=name, credits=body.credits
            ),
        )
    )
    if isinstance(answer, Outcome):
        return answer
    return Outcome(201, _document(answer, request.auth.now))


@router.get(
    "/grants/{id}",
    response={200: GrantDocument, **HOST_ANSWERS},
    operation_id="get_grant",
    summary="A grant",
)
def get_grant(request: HostCall, id: HostId) -> dict[str, Any]:  # noqa: A002
    """A grant as it stands."""
    row = grant_called(checked_id(id))
    if row is None:
        raise unknown("grant", id, None)
    return _document(row, request.auth.now)


def _document(row: Correction, now: datetime) -> dict[str, Any]:
    return {
        "id": str(row.external_id),
        "account": id_of(row.account),
        "credits": row.connects,
        "kind": GrantKind.COURTESY,
        "reason": row.reason,
        "status": STATUS_OF[row.state],
        "made": row.made,
        "wallet": present_wallet(row.account, now),
    }

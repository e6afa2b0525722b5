"""Members of a host's agencies: who may spend an agency's Connects, and how many."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from connects.acts.accounts.leave_team import leave_team
from connects.acts.accounts.set_member_terms import set_member_terms
from connects.acts.accounts.team import join_team
from connects.acts.oversight.audited import audited_once
from connects.acts.proposals.limit_spending import spent_by_member, spent_by_members
from connects.api.named import HostId, account_named, id_of, unknown, wrong_kind
from connects.api.outcomes import Answer, Outcome, already_different, answered, done, turn_of
from connects.api.problems import HOST_ANSWERS
from connects.api.server_keys import HostCall, ServerKey
from connects.market.api_clients.models import Scope
from connects.market.people.models import Account, TeamMembership
from connects.market.people.teams import last_membership_in, membership_in, team_in_order
from connects.vocabulary.amounts import Connects
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import Refused

router = Router(tags=["accounts"])

SPENDS_MOST = 10**6

MemberRole = Literal["owner", "admin", "member"]
_ROLES: dict[MemberRole, Role] = {
    "owner": Role.AGENCY_OWNER,
    "admin": Role.AGENCY_ADMIN,
    "member": Role.AGENCY_MEMBER,
}
_NAMES = {role.value: name for name, role in _ROLES.items()}


class MemberBody(Schema):
    """What a member of an agency may do with its Connects. Owners and admins buy on our own pages."""

    model_config = ConfigDict(extra="forbid")

    role: MemberRole | None = Field(None, description="`member`, where nothing is said; it stays.")
    may_spend: bool = Field(True, strict=True, description="False: proposes where it is free.")
    spends_most: Annotated[int, Field(strict=True, ge=0, le=SPENDS_MOST)] | None = Field(
        None, description="How many Connects in a calendar month; null for no limit."
    )


class MemberDocument(Schema):
    """A member of an agency's team."""

    agency: str
    account: str
    role: MemberRole
    may_spend: bool
    spends_most: int | None
    spent_this_month: int = Field(
        description="Spent and held in this calendar month, less what came back."
    )
    joined: datetime
    left: datetime | None


class MemberList(Schema):
    items: list[MemberDocument]


@router.put(
    "/agencies/{id}/members/{account}",
    auth=ServerKey(Scope.SYNC),
    response={200: MemberDocument, 201: MemberDocument, **HOST_ANSWERS},
    operation_id="put_member",
    summary="Let an account spend an agency's Connects, and say how many",
)
def put_member(
    request: HostCall,
    response: HttpResponse,
    id: HostId,  # noqa: A002
    account: HostId,
    body: MemberBody,
) -> Answer:
    """Add a freelancer to an agency's team, or change what they may spend."""
    agency, member = _agency(id), _freelancer(account)
    status = 201

    def found() -> Outcome | None:
        nonlocal status
        row = membership_in(agency, member)
        if row is None:
            return None
        status = 200
        if body.role is not None and row.role != _ROLES[body.role]:
            raise already_different(["role"])
        if (row.may_spend, row.spends_most) != (body.may_spend, body.spends_most):
            return None
        return Outcome(200, _document(row, request.auth.now), replayed=True)

    def put() -> Account | Refused:
        joined = join_team(member, agency, _ROLES[body.role or "member"])
        if isinstance(joined, Refused):
            return joined
        return set_member_terms(agency, member, body.spends_most, may_spend=body.may_spend)

    answer = done(
        audited_once(
            turn_of("member", id, account),
            found,
            put,
            lambda _: _note(request, "put-member", agency, id, account),
        )
    )
    if isinstance(answer, Outcome):
        return answered(response, answer)
    document = _document(_standing(agency, member, account), request.auth.now)
    return answered(response, Outcome(status, document))


@router.get(
    "/agencies/{id}/members",
    auth=ServerKey(Scope.READ),
    response={200: MemberList, **HOST_ANSWERS},
    operation_id="list_members",
    summary="The team of an agency",
)
def list_members(request: HostCall, id: HostId) -> dict[str, Any]:  # noqa: A002
    """Everyone who may propose for the agency now, in the order in which they joined."""
    agency, now = _agency(id), request.auth.now
    spent = spent_by_members(agency, now)
    rows = team_in_order(agency)
    return {"items": [_document(row, now, spent[row.account_id]) for row in rows]}


@router.get(
    "/agencies/{id}/members/{account}",
    auth=ServerKey(Scope.READ),
    response={200: MemberDocument, **HOST_ANSWERS},
    operation_id="get_member",
    summary="A member of an agency",
)
def get_member(request: HostCall, id: HostId, account: HostId) -> dict[str, Any]:  # noqa: A002
    """What a member may spend, and has spent this month."""
    return _document(_standing(_agency(id), _freelancer(account), account), request.auth.now)


@router.api_operation(
    ["DELETE"],
    "/agencies/{id}/members/{account}",
    auth=ServerKey(Scope.SYNC),
    response={200: MemberDocument, **HOST_ANSWERS},
    operation_id="delete_member",
    summary="Take an account out of an agency's team",
)
def delete_member(
    request: HostCall,
    response: HttpResponse,
    id: HostId,  # noqa: A002
    account: HostId,
) -> Answer:
    """End a membership; what was sent stays the agency's. Twice is once."""
    agency, member = _agency(id), _freelancer(account)

    def found() -> Outcome | None:
        if membership_in(agency, member) is not None:
            return None
        return Outcome(200, _document(_left(agency, member, account), request.auth.now), True)

    answer = done(
        audited_once(
            turn_of("member", id, account),
            found,
            lambda: leave_team(member, agency),
            lambda _: _note(request, "delete-member", agency, id, account),
        )
    )
    if isinstance(answer, Outcome):
        return answered(response, answer)
    document = _document(_left(agency, member, account), request.auth.now)
    return answered(response, Outcome(200, document))


def _note(request: HostCall, act: str, agency: Account, name: str, member: str) -> None:
    request.auth.note(act, f"account:{agency.handle}", id=name, member=member)


def _agency(name: str) -> Account:
    found = account_named(name)
    if found.kind != AccountKind.AGENCY:
        raise wrong_kind(found, "id")
    return found


def _freelancer(name: str) -> Account:
    found = account_named(name, "account")
    if found.kind != AccountKind.FREELANCER:
        raise wrong_kind(found, "account")
    return found


def _standing(agency: Account, member: Account, name: str) -> TeamMembership:
    found = membership_in(agency, member)
    if found is None:
        raise unknown("member", name, "account")
    return found


def _left(agency: Account, member: Account, name: str) -> TeamMembership:
    found = last_membership_in(agency, member)
    if found is None:
        raise unknown("member", name, "account")
    return found


def _document(row: TeamMembership, now: datetime, spent: Connects | None = None) -> dict[str, Any]:
    """A membership; `spent` is what the member has spent, where that is known."""
    return {
        "agency": id_of(row.agency),
        "account": id_of(row.account),
        "role": _NAMES[row.role],
        "may_spend": row.may_spend,
        "spends_most": row.spends_most,
        "spent_this_month": spent_by_member(row, now) if spent is None else spent,
        "joined": row.joined,
        "left": row.left,
    }

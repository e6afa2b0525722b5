"""Accounts of a host: who takes part, under the host's own ids."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from connects.acts.accounts.register import Registration, register
from connects.acts.accounts.tell_facts import AccountFacts, ToldRecord, tell_facts
from connects.acts.oversight.audited import audited
from connects.api.callers import Stopped
from connects.api.documents import AccountDocument, account_document
from connects.api.moments import Moment
from connects.api.named import HostId, account_named, checked_id, id_of
from connects.api.outcomes import (
    Answer,
    Outcome,
    already_different,
    answered,
    done,
    require_revision,
)
from connects.api.patterns import COUNTRY, EMAIL
from connects.api.problems import HOST_ANSWERS, invalid
from connects.api.server_keys import HostCall, ServerKey
from connects.market.api_clients.models import Scope
from connects.market.people.models import Account
from connects.market.people.selectors import has_address
from connects.policy.terms import Name
from connects.vocabulary.names import NAME_CHARACTERS
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Parameter, RefusalCode, Refused

router = Router(tags=["accounts"])

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
Count = Annotated[int, Field(strict=True, ge=0, le=10**6)]


class Gifts(StrEnum):
    """Whether a new account gets what newcomers get."""

    NEWCOMER = "newcomer"
    NONE = "none"


class RecordFacts(Schema):
    """What became of a client's posts at the host, until more has happened here."""

    model_config = ConfigDict(extra="forbid")

    posts_ended: Count
    left_open: Count = 0
    hires: Count = 0


class AccountBody(Schema):
    """Facts of an account. What is left out is not known, or stays as it is."""

    model_config = ConfigDict(extra="forbid")

    kind: AccountKind
    name: Annotated[str, Field(min_length=1, max_length=NAME_CHARACTERS)] | None = None
    email: Annotated[str, Field(pattern=EMAIL, max_length=254)] | None = None
    country: Annotated[str, Field(pattern=COUNTRY)] | None = None
    registered_at: Moment | None = Field(None, description="Not before 1995.")
    rule_book: Name | None = Field(
        None, description="The one that it begins under; left aside later."
    )
    grants: Gifts = Field(Gifts.NEWCOMER, description="Left aside later.")
    payment_verified: bool | None = None
    client_record: RecordFacts | None = None

    def facts(self) -> AccountFacts:
        """What the acts are told."""
        record = self.client_record
        return AccountFacts(
            name=self.name,
            country=self.country,
            payment_verified=self.payment_verified,
            registered=self.registered_at,
            record=ToldRecord(record.posts_ended, record.left_open, record.hires)
            if record
            else None,
        )


@router.put(
    "/accounts/{id}",
    auth=ServerKey(Scope.SYNC),
    response={200: AccountDocument, 201: AccountDocument, **HOST_ANSWERS},
    operation_id="put_account",
    summary="Send an account, or what has changed of it",
)
def put_account(request: HostCall, response: HttpResponse, id: HostId, body: AccountBody) -> Answer:  # noqa: A002
    """Make an account with its wallet, or bring it to these facts."""
    return answered(response, account_put(request, id, body))


def account_put(request: HostCall, name: str, body: AccountBody) -> Outcome:
    """What becomes of one account that a host sends."""
    checked_id(name)
    _require_sense(body, request.auth.now)
    found = _existing(name)
    if found is None:
        require_revision(request, None)
        return _made(request, name, body)
    return _told(request, found, body)


def _existing(name: str) -> Account | None:
    try:
        return account_named(name)
    except Stopped as stopped:
        if stopped.problem.code == "account_unknown":
            return None
        raise


def past_problem(field: str, moment: datetime | None, now: datetime) -> list[dict[str, Parameter]]:
    """What is wrong with when something is said to have happened: not before there were marketplaces."""
    if moment is None or EARLIEST <= moment <= now:
        return []
    wrong = Problem.IN_THE_FUTURE if moment > now else Problem.OUT_OF_RANGE
    return [{"field": field, "problem": wrong}]


def _require_sense(body: AccountBody, now: datetime) -> None:
    """Stop where facts cannot be, such as a registration that is still to come."""
    record = body.client_record
    problems = past_problem("registered_at", body.registered_at, now)
    if record is not None and body.kind is not AccountKind.CLIENT:
        problems.append({"field": "client_record", "problem": Problem.CLIENTS_ONLY})
    if record is not None and max(record.left_open, record.hires) > record.posts_ended:
        problems.append({"field": "client_record", "problem": Problem.MORE_THAN_ENDED})
    if problems:
        raise Stopped(422, invalid(problems))


def _made(request: HostCall, name: str, body: AccountBody) -> Outcome:
    form = Registration(
        name=body.name or f"Account {name}"[:NAME_CHARACTERS],
        kind=body.kind,
        country=body.country or "",
        email=body.email,
        rule_book=body.rule_book,
        payment_verified=body.payment_verified,
        external_id=name,
        registered=body.registered_at,
        with_gifts=body.grants is Gifts.NEWCOMER,
        record=body.facts().record,
    )
    account = audited(
        lambda: register(form),
        lambda made: request.auth.note("register-account", f"account:{made.handle}", id=name),
    )
    if isinstance(account, Refused):
        return _after_refusal(request, name, body, account)
    return Outcome(201, account_document(account, request.auth.now))


def _after_refusal(request: HostCall, name: str, body: AccountBody, refused: Refused) -> Outcome:
    """Another call with the same id may have been faster: then this is about what it made."""
    field = refused.parameters.get("field")
    taken = refused.code is RefusalCode.INVALID and field in ("handle", "email")
    found = _existing(name) if taken else None
    if found is None:
        raise Stopped.by(refused)
    return _told(request, found, body)


def _told(request: HostCall, account: Account, body: AccountBody) -> Outcome:
    if account.kind != body.kind:
        raise already_different(["kind"])
    if body.email is not None and not has_address(account, body.email):
        raise already_different(["email"])
    before = account.revision

    def check(revision: int) -> None:
        nonlocal before
        before = revision
        require_revision(request, revision)

    def note(row: Account) -> None:
        if row.revision != before:
            request.auth.note("update-account", f"account:{row.handle}", id=id_of(row))

    row = done(audited(lambda: tell_facts(account, body.facts(), check), note))
    return Outcome(200, account_document(row, request.auth.now), replayed=row.revision == before)


@router.get(
    "/accounts/{id}",
    auth=ServerKey(Scope.READ),
    response={200: AccountDocument, **HOST_ANSWERS},
    operation_id="get_account",
    summary="An account",
)
def get_account(request: HostCall, id: HostId) -> dict[str, Any]:  # noqa: A002
    """An account as it stands, with its wallet."""
    return account_document(account_named(id), request.auth.now)

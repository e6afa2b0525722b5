"""Quotes: what a proposal would cost one account, for up to 100 jobs, honoured for 10 minutes.

A quote is its own proof: its id says what was promised to whom until when, under the installation's
signature. So a search page's hundred quotes write nothing, and none is ever cleared away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from django.core import signing
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from connects.acts.proposals.quote import ProposalQuote, quote_many
from connects.api.callers import Stopped
from connects.api.named import Named, checked_id, holder_named, id_of, unknown
from connects.api.price_shapes import PriceReason
from connects.api.problems import (
    HOST_ANSWERS,
    QUOTE_EXPIRED,
    QUOTE_OF_ANOTHER,
    QUOTE_UNKNOWN,
    Problem,
    invalid,
    refusal_problem,
)
from connects.api.server_keys import HostCall, ServerKey
from connects.market.api_clients.models import Scope
from connects.market.jobs.models import Job
from connects.market.jobs.selectors import jobs_called
from connects.market.people.models import Account
from connects.pricing.reasons import (
    FIRST_PROPOSAL_FREE,
    FREE_AGAIN,
    INVITED,
    NEWCOMER,
    PRIVATE_CLOUD,
)
from connects.statements.price_document import reason_document
from connects.vocabulary.amounts import Connects
from connects.vocabulary.problems import Problem as ProblemCode
from connects.vocabulary.refusals import Refused
from connects.vocabulary.returns import ReturnCause, Stage

router = Router(tags=["quotes"])

HONOURED_FOR = timedelta(minutes=10)
JOBS_MOST = 100
PREFIX, SALT = "qt_", "connects.api.quote"
_CONCESSIONS = (INVITED, PRIVATE_CLOUD, FIRST_PROPOSAL_FREE, FREE_AGAIN, NEWCOMER)


class QuotesBody(Schema):
    model_config = ConfigDict(extra="forbid")

    account: Named
    jobs: Annotated[list[Named], Field(min_length=1, max_length=JOBS_MOST)]


class PaysFrom(Schema):
    lot: int
    credits: int
    expires: datetime | None


class ComesBackDocument(Schema):
    cause: ReturnCause
    stage: Stage | None
    credits: int
    soonest_expiry: datetime | None


class QuoteDocument(Schema):
    """A price for one account and job; or `problem`, why none can be given."""

    id: str | None
    job: str
    connects: int | None
    free: str | None = Field(description="What is off for this account, such as `invited`.")
    enough: bool | None
    missing: int | None
    pays_from: list[PaysFrom]
    comes_back: list[ComesBackDocument]
    reasons: list[PriceReason]
    expires: datetime | None
    problem: Problem | None


class QuotesDocument(Schema):
    account: str
    quotes: list[QuoteDocument]


@router.post(
    "/quotes",
    auth=ServerKey(Scope.QUOTE),
    response={200: QuotesDocument, **HOST_ANSWERS},
    operation_id="quote",
    summary="What proposals to some jobs would cost an account",
)
def quotes(request: HostCall, body: QuotesBody) -> dict[str, Any]:
    """A quote for each job, in the order asked, each honoured for 10 minutes."""
    account = holder_named(body.account, "account")
    found = jobs_called([checked_id(name, "jobs") for name in body.jobs])
    return quotes_of(account, body.jobs, found, request.auth.now)


def quotes_of(
    account: Account, names: Sequence[str], found: Mapping[str, Job], now: datetime
) -> dict[str, Any]:
    """A quote for each name, of the jobs that were found by them."""
    known = [job for name, job in found.items() if name in set(names)]
    answers = dict(zip((id_of(job) for job in known), quote_many(known, account), strict=True))
    documents = [
        _no_quote(name, unknown("job", name, "jobs").problem)
        if name not in answers
        else _document(name, found[name], account, answers[name], now)
        for name in names
    ]
    return {"account": id_of(account), "quotes": documents}


def _document(
    name: str, job: Job, account: Account, answer: ProposalQuote | Refused, now: datetime
) -> dict[str, Any]:
    if isinstance(answer, Refused):
        return _no_quote(name, refusal_problem(answer))
    price, payment, expires = answer.price, answer.payment, now + HONOURED_FOR
    codes = [reason.code for reason in price.reasons if reason.code in _CONCESSIONS]
    return {
        "id": _signed(Promise(account.pk, job.pk, price.connects, expires)),
        "job": name,
        "connects": price.connects,
        "free": codes[0] if codes else None,
        "enough": payment.affordable,
        "missing": payment.missing,
        "pays_from": [
            {"lot": share.lot.number, "credits": share.credits, "expires": share.lot.expires}
            for share in payment.shares
        ],
        "comes_back": [
            {
                "cause": case.cause,
                "stage": case.stage,
                "credits": case.connects,
                "soonest_expiry": case.soonest_expiry,
            }
            for case in answer.comes_back
        ],
        "reasons": [
            reason_document(reason, answer.party.book.currency) for reason in price.reasons
        ],
        "expires": expires,
        "problem": None,
    }


def _no_quote(name: str, problem: Problem) -> dict[str, Any]:
    nothing = dict.fromkeys(("id", "connects", "free", "enough", "missing", "expires"))
    lists: dict[str, Any] = {"pays_from": [], "comes_back": [], "reasons": []}
    return {"job": name, **nothing, **lists, "problem": problem}


@dataclass(frozen=True, slots=True)
class Promise:
    """What a quote's id says: that this account pays so much at most for this job, until then."""

    account: int
    job: int
    connects: Connects
    expires: datetime


def _signed(promise: Promise) -> str:
    seconds = int(promise.expires.timestamp())
    said = [promise.account, promise.job, promise.connects, seconds]
    return PREFIX + signing.dumps(said, salt=SALT)


def require_quote_or_most(quote: str | None, most: Connects | None) -> None:
    """Stop where neither a quote nor a limit says what is paid at most. Raises `Stopped`."""
    if quote is None and most is None:
        raise Stopped(422, invalid([{"field": "quote", "problem": ProblemCode.QUOTE_OR_MOST}]))


def promised(quote: str | None, account: int, job: int, now: datetime) -> Connects | None:
    """The price that a quote, if there is one, promises.

    Raises `Stopped` for one that is not ours, stale, or another's.
    """
    if quote is None:
        return None
    try:
        said = signing.loads(quote.removeprefix(PREFIX), salt=SALT)
    except signing.BadSignature:
        raise Stopped.by(QUOTE_UNKNOWN) from None
    of_account, of_job, connects, seconds = said
    if not quote.startswith(PREFIX):
        raise Stopped.by(QUOTE_UNKNOWN)
    if (of_account, of_job) != (account, job):
        raise Stopped.by(QUOTE_OF_ANOTHER)
    if now > datetime.fromtimestamp(seconds, UTC):
        raise Stopped.by(QUOTE_EXPIRED)
    return int(connects)

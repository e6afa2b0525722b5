"""Quotes: what a proposal would cost one account, for up to 100 jobs, honoured for 10 minutes.

A quote is its own proof: its id says what was promised to whom until when, under the installation's
signature. So a search page's hundred quotes write nothing, and none is ever cleared away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Annotated, Any

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes
from ninja import Router, Schema
from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import override

from connects.acts.proposals.quote import ProposalQuote, quote_all, quote_many
from connects.api.callers import Stopped
from connects.api.json_answers import answer_with
from connects.api.named import Named, checked_id, id_of, unknown, wrong_kind
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
from connects.market.jobs.quoted import jobs_to_quote
from connects.market.people.holders import accounts_to_read
from connects.market.people.models import Account
from connects.market.shared_reads import SharedReads
from connects.pricing.reasons import (
    FIRST_PROPOSAL_FREE,
    FREE_AGAIN,
    INVITED,
    NEWCOMER,
    PRIVATE_CLOUD,
)
from connects.statements.price_document import reason_document
from connects.statements.price_steps import step_texts
from connects.vocabulary.amounts import Connects
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem as ProblemCode
from connects.vocabulary.refusals import Refused
from connects.vocabulary.returns import ReturnCause, Stage

router = Router(tags=["quotes"])

HONOURED_FOR = timedelta(minutes=10)
JOBS_MOST = 100
PREFIX, SALT = "qt_", "connects.api.quote"
_CONCESSIONS = (INVITED, PRIVATE_CLOUD, FIRST_PROPOSAL_FREE, FREE_AGAIN, NEWCOMER)


class QuotesBody(BaseModel):
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
def quotes(request: HostCall, response: HttpResponse, body: QuotesBody) -> HttpResponse:
    """A quote for each job, in the order asked, each honoured for 10 minutes."""
    name = checked_id(body.account, "account")
    jobs = tuple(checked_id(each, "jobs") for each in body.jobs)
    account, answers = QUOTES.answer((name, jobs))
    if account is None:
        raise unknown("account", name, "account")
    if not AccountKind(account.kind).holds_wallet:
        raise wrong_kind(account, "account")
    return answer_with(response, _documents(account, jobs, answers, request.auth.now))


Answers = dict[str, tuple[Job, ProposalQuote | Refused]]
"""By what the host calls the jobs."""


def _quotes(asked: Sequence[tuple[str, tuple[str, ...]]]) -> list[tuple[Account | None, Answers]]:
    """The accounts of these ids, and the quotes for these jobs, with a few queries for all."""
    accounts = accounts_to_read([name for name, _ in asked])
    found = jobs_to_quote([job for _, jobs in asked for job in jobs])
    wanted = {
        place: (account, [found[job] for job in dict.fromkeys(jobs) if job in found])
        for place, (name, jobs) in enumerate(asked)
        if (account := accounts.get(name)) and AccountKind(account.kind).holds_wallet
    }
    answers = dict(zip(wanted, quote_all(list(wanted.values())), strict=True))
    return [
        (accounts.get(name), _by_name(wanted[place][1], answers[place]) if place in wanted else {})
        for place, (name, _) in enumerate(asked)
    ]


QUOTES = SharedReads(_quotes)


def _by_name(jobs: Sequence[Job], answers: Sequence[ProposalQuote | Refused]) -> Answers:
    return {id_of(job): (job, answer) for job, answer in zip(jobs, answers, strict=True)}


def quotes_of(
    account: Account, names: Sequence[str], found: Mapping[str, Job], now: datetime
) -> dict[str, Any]:
    """A quote for each name, of the jobs that were found by them."""
    known = [found[name] for name in dict.fromkeys(names) if name in found]
    return _documents(account, names, _by_name(known, quote_many(known, account)), now)


def _documents(
    account: Account, names: Sequence[str], answers: Answers, now: datetime
) -> dict[str, Any]:
    one = _OneAccount(account, now)
    documents = [
        one.document(name, *answers[name])
        if name in answers
        else _no_quote(name, unknown("job", name, "jobs").problem)
        for name in names
    ]
    return {"account": id_of(account), "quotes": documents}


class _OneAccount:
    """Makes the quotes of an account; what paying so much does is the same for each job."""

    def __init__(self, account: Account, now: datetime) -> None:
        self.account, self.expires = account, now + HONOURED_FOR
        self.signer = _signer(settings.SECRET_KEY)
        self.paying: dict[Connects, dict[str, Any]] = {}

    def document(self, name: str, job: Job, answer: ProposalQuote | Refused) -> dict[str, Any]:
        if isinstance(answer, Refused):
            return _no_quote(name, refusal_problem(answer))
        price, book = answer.price, answer.party.book
        codes = [reason.code for reason in price.reasons if reason.code in _CONCESSIONS]
        paying = self.paying.get(price.connects)
        if paying is None:
            paying = self.paying[price.connects] = _paying(answer)
        return {
            "id": self._signed(Promise(self.account.id, job.id, price.connects, self.expires)),
            "job": name,
            "connects": price.connects,
            "free": codes[0] if codes else None,
            **paying,
            "reasons": [
                reason_document(reason, words) for reason, words in step_texts(price, book)
            ],
            "expires": self.expires,
            "problem": None,
        }

    def _signed(self, promise: Promise) -> str:
        seconds = int(promise.expires.timestamp())
        said = [promise.account, promise.job, promise.connects, seconds]
        return PREFIX + self.signer.sign_object(said)


class _Signer(signing.TimestampSigner):
    """Signs as Django does, with the key derived from the secret once, and not for each quote."""

    def __init__(self) -> None:
        super().__init__(salt=SALT)
        self._begun = salted_hmac(f"{SALT}signer", b"", self.key, algorithm=self.algorithm)

    @override
    def signature(self, value: str | bytes, key: str | bytes | None = None) -> str:
        if key is not None:
            return super().signature(value, key)
        said = self._begun.copy()
        said.update(force_bytes(value))
        return signing.b64_encode(said.digest()).decode()


@cache
def _signer(_secret: str) -> _Signer:
    return _Signer()


def _paying(answer: ProposalQuote) -> dict[str, Any]:
    """What paying would do, and what would come back."""
    payment = answer.payment
    return {
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
    }


def _no_quote(name: str, problem: Problem) -> dict[str, Any]:
    nothing: dict[str, Any] = dict.fromkeys(QuoteDocument.model_fields)
    lists: dict[str, Any] = {"pays_from": [], "comes_back": [], "reasons": []}
    return {**nothing, **lists, "job": name, "problem": problem}


@dataclass(frozen=True, slots=True)
class Promise:
    """What a quote's id says: that this account pays so much at most for this job, until then."""

    account: int
    job: int
    connects: Connects
    expires: datetime


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
    promise = promise_of(quote)
    if (promise.account, promise.job) != (account, job):
        raise Stopped.by(QUOTE_OF_ANOTHER)
    if now > promise.expires:
        raise Stopped.by(QUOTE_EXPIRED)
    return promise.connects


def promise_of(quote: str) -> Promise:
    """What a quote's id says. Raises `Stopped` for one that is not ours."""
    try:
        said = signing.loads(quote.removeprefix(PREFIX), salt=SALT)
    except signing.BadSignature:
        raise Stopped.by(QUOTE_UNKNOWN) from None
    account, job, connects, seconds = said
    if not quote.startswith(PREFIX):
        raise Stopped.by(QUOTE_UNKNOWN)
    return Promise(account, job, int(connects), datetime.fromtimestamp(seconds, UTC))

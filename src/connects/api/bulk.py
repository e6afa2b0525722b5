"""Many things of one kind in one call: each with its own outcome, or all of them or none.

A body is a list of items, an object with `items` and `atomic`, or lines of JSON. An item is what would
be put to its own address, with its `id` beside it. Nothing stops at the first failure; the outcomes
stand in the order of the items.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import BaseModel, Field, ValidationError, create_model

from connects.acts.oversight.together import done_together
from connects.acts.oversight.turns import take_turns
from connects.acts.proposals.lock_first import lock_jobs_then_wallets
from connects.api import accounts, grants, jobs, proposals, purchases
from connects.api.bulk_bodies import ITEMS_MOST, JSON_LINES, read_items
from connects.api.callers import Stopped
from connects.api.documents import AccountDocument
from connects.api.job_documents import JobDocument
from connects.api.json_answers import answer_with
from connects.api.outcomes import Outcome, turn_of
from connects.api.problems import HOST_ANSWERS, Problem, invalid
from connects.api.proposal_documents import ProposalDocument
from connects.api.proposals_together import proposals_put
from connects.api.server_keys import HostCall, ServerKey
from connects.api.unreadable import problem_of
from connects.market.api_clients.models import Scope
from connects.market.jobs.selectors import jobs_called
from connects.market.people.selectors import accounts_called
from connects.vocabulary.problems import Problem as ProblemCode
from connects.vocabulary.refusals import RefusalCode, Refused

Done: TypeAlias = Outcome | Stopped
Item: TypeAlias = tuple[str, Any]
"""What an item is called, and its body."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What may be sent many at a time. `put_many` says what becomes of each, in their order."""

    name: str
    router: Router
    scope: Scope
    body: type[BaseModel]
    document: type[Schema]
    put_many: Callable[[HostCall, Sequence[Item]], list[Done]]

    turns: Callable[[Any], bool] = lambda _body: False
    """Whether requests about the same one take turns, as each does alone."""

    @property
    def noun(self) -> str:
        """What one of them is called."""
        return self.name[:-1]


def one_by_one(
    put: Callable[[HostCall, str, Any], Outcome],
) -> Callable[[HostCall, Sequence[Item]], list[Done]]:
    """How many are put where nothing is gained by putting them together."""

    def put_many(request: HostCall, items: Sequence[Item]) -> list[Done]:
        return [_outcome(put, request, name, body) for name, body in items]

    return put_many


def _outcome(
    put: Callable[[HostCall, str, Any], Outcome], request: HostCall, name: str, body: Any
) -> Done:
    try:
        return put(request, name, body)
    except Stopped as stopped:
        return stopped


KINDS = (
    Kind(
        "accounts",
        accounts.router,
        Scope.SYNC,
        accounts.AccountBody,
        AccountDocument,
        one_by_one(accounts.account_put),
    ),
    Kind(
        "jobs",
        jobs.router,
        Scope.SYNC,
        jobs.JobBody,
        JobDocument,
        one_by_one(jobs.job_put),
    ),
    Kind(
        "proposals",
        proposals.router,
        Scope.CHARGE,
        proposals.ProposalBody,
        ProposalDocument,
        proposals_put,
        lambda body: body.hold_seconds is not None,
    ),
    Kind(
        "grants",
        grants.router,
        Scope.GRANT,
        grants.GrantBody,
        grants.GrantDocument,
        one_by_one(grants.grant_put),
        lambda _body: True,
    ),
    Kind(
        "purchases",
        purchases.router,
        Scope.PURCHASE,
        purchases.PurchaseBody,
        purchases.PurchaseDocument,
        one_by_one(purchases.purchase_put),
    ),
)


def _item(sent: Any, kind: Kind) -> Item | Stopped:
    """The item, or what is wrong with it."""
    if isinstance(sent, Stopped):
        return sent
    if not isinstance(sent, dict):
        return Stopped(422, invalid([{"field": "body", "problem": ProblemCode.NOT_AN_OBJECT}]))
    name = sent.get("id")
    if not isinstance(name, str):
        wrong = ProblemCode.REQUIRED if name is None else ProblemCode.NOT_AN_ID
        return Stopped(422, invalid([{"field": "id", "problem": wrong}]))
    rest = {field: value for field, value in sent.items() if field != "id"}
    try:
        return name, kind.body.model_validate(rest)
    except ValidationError as error:
        found: list[dict[str, Any]] = [
            {**each, "loc": ("body", "body", *each["loc"])} for each in error.errors()
        ]
        return Stopped(422, invalid([problem_of(each) for each in found]))


def put_many(request: HostCall, kind: Kind, *, atomic: bool) -> dict[str, Any]:
    """What becomes of each item that a host sends, in their order."""
    sent = read_items(request, atomic)
    items = [_item(each, kind) for each in sent.items]
    done = _all_or_none(request, kind, items) if sent.atomic else _each(request, kind, items)
    return {
        "items": [_told(_name_in(each), one) for each, one in zip(sent.items, done, strict=True)]
    }


def _each(request: HostCall, kind: Kind, items: Sequence[Item | Stopped]) -> list[Done]:
    outcomes = iter(
        kind.put_many(request, [item for item in items if not isinstance(item, Stopped)])
    )
    return [item if isinstance(item, Stopped) else next(outcomes) for item in items]


def _all_or_none(request: HostCall, kind: Kind, items: Sequence[Item | Stopped]) -> list[Done]:
    """The outcomes; where one is a refusal, nothing stands but what had stood before the call."""

    def put() -> list[Done]:
        # Whatever the items are about is locked beforehand, in the order in which all lock.
        take_turns(
            *(turn_of(kind.noun, name) for name, body in _readable(items) if kind.turns(body))
        )
        _lock([body for _, body in _readable(items)])
        return _each(request, kind, items)

    done = done_together(put, _any_failed)
    if not _any_failed(done):
        return done
    times = Counter(name for name, _ in _readable(items))
    return [
        one if isinstance(one, Stopped) or _stood_before(one, times) else _not_done()
        for one in done
    ]


def _lock(bodies: Sequence[Any]) -> None:
    """Lock the jobs and the wallets that the items name."""
    jobs = jobs_called(_names(bodies, "job"))
    accounts = accounts_called([*_names(bodies, "account"), *_names(bodies, "agency")])
    lock_jobs_then_wallets(jobs.values(), accounts.values())


def _names(bodies: Sequence[Any], field: str) -> list[str]:
    return sorted({name for body in bodies if (name := getattr(body, field, None)) is not None})


def _readable(items: Sequence[Item | Stopped]) -> list[Item]:
    return [item for item in items if not isinstance(item, Stopped)]


def _any_failed(done: Sequence[Done]) -> bool:
    return any(isinstance(one, Stopped) for one in done)


def _stood_before(outcome: Outcome, times: Counter[str]) -> bool:
    return outcome.replayed and times[str(outcome.document["id"])] == 1


def _not_done() -> Stopped:
    return Stopped.by(Refused(RefusalCode.BATCH_REFUSED))


def _name_in(sent: Any) -> str | None:
    name = sent.get("id") if isinstance(sent, dict) else None
    return name[:100] if isinstance(name, str) else None


def _told(name: str | None, done: Done) -> dict[str, Any]:
    if isinstance(done, Stopped):
        return {
            "id": name,
            "status": done.status,
            "replayed": False,
            "problem": done.problem,
            "document": None,
        }
    return {
        "id": name,
        "status": done.status,
        "replayed": done.replayed,
        "problem": None,
        "document": done.document,
    }


class ItemDone(Schema):
    """What became of one item: the status that it would have had alone, and the answer."""

    id: str | None = Field(description="The item's id; null where none could be read.")
    status: int
    replayed: bool = Field(description="It was answered before, and nothing was done now.")
    problem: Problem | None


def answer_of(kind: Kind) -> type[Schema]:
    noun = kind.noun.capitalize()
    document: Any = kind.document | None
    item: Any = create_model(f"{noun}Done", __base__=ItemDone, document=(document, ...))
    return create_model(f"{noun}List", __base__=Schema, items=(list[item], ...))


def _body_of(kind: Kind) -> dict[str, Any]:
    said = f"What is put to `/{kind.name}/{{id}}`, with its `id`."
    item = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "string"}},
        "description": said,
    }
    many = {"type": "array", "maxItems": ITEMS_MOST, "items": item}
    together = {
        "type": "object",
        "required": ["items"],
        "additionalProperties": False,
        "properties": {"items": many, "atomic": {"type": "boolean", "default": False}},
    }
    return {
        "required": True,
        "content": {
            "application/json": {"schema": {"anyOf": [many, together]}},
            JSON_LINES: {"schema": {"type": "string", "description": "One item on each line."}},
        },
    }


Atomic = Annotated[bool, Query(description="All items, or none of them.")]


def add_to_router(kind: Kind) -> None:
    """Add the operation that puts many of this kind."""

    def put(request: HostCall, response: HttpResponse, atomic: Atomic = False) -> HttpResponse:
        return answer_with(response, put_many(request, kind, atomic=atomic), 207)

    kind.router.put(
        f"/{kind.name}",
        auth=ServerKey(kind.scope),
        response={207: answer_of(kind), **HOST_ANSWERS},
        operation_id=f"put_{kind.name}",
        summary=f"Send up to {ITEMS_MOST:,} {kind.name}, each with its own outcome, or all or none",
        openapi_extra={"requestBody": _body_of(kind)},
    )(put)

"""Many things of one kind in one call: each with its own outcome, or all of them or none.

A body is a list of items, an object with `items` and `atomic`, or lines of JSON. An item is what would
be put to its own address, with its `id` beside it. Nothing stops at the first failure; the outcomes
stand in the order of the items.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from django.db import transaction
from ninja import Query, Router, Schema, Status
from pydantic import Field, ValidationError, create_model

from connects.api import accounts, grants, jobs, proposals, purchases
from connects.api.callers import Stopped
from connects.api.documents import AccountDocument
from connects.api.job_documents import JobDocument
from connects.api.locked_first import lock_in_order
from connects.api.outcomes import Outcome
from connects.api.problems import HOST_ANSWERS, MALFORMED, TOO_MANY_ITEMS, Problem, invalid
from connects.api.proposal_documents import ProposalDocument
from connects.api.server_keys import HostCall, ServerKey
from connects.api.unreadable import problem_of
from connects.market.api_clients.models import Scope
from connects.vocabulary.problems import Problem as ProblemCode
from connects.vocabulary.refusals import RefusalCode, Refused

ITEMS_MOST = 1_000
JSON_LINES = "application/x-ndjson"

Done: TypeAlias = Outcome | Stopped
Item: TypeAlias = tuple[str, Any]
"""What an item is called, and its body."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What may be sent many at a time. `put_many` says what becomes of each, in their order."""

    name: str
    router: Router
    scope: Scope
    body: type[Schema]
    document: type[Schema]
    put_many: Callable[[HostCall, Sequence[Item]], list[Done]]


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
        one_by_one(proposals.proposal_put),
    ),
    Kind(
        "grants",
        grants.router,
        Scope.GRANT,
        grants.GrantBody,
        grants.GrantDocument,
        one_by_one(grants.grant_put),
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


@dataclass(frozen=True, slots=True)
class _Sent:
    """What was sent: items, of which some cannot be read at all, and whether they go together."""

    items: list[Any]
    atomic: bool


def _read(request: HostCall, atomic: bool) -> _Sent:
    """The body, as far as it can be read as a whole. Raises `Stopped` where it cannot."""
    try:
        text = request.body.decode()
    except UnicodeDecodeError as error:
        raise Stopped.by(MALFORMED) from error
    if request.content_type == JSON_LINES:
        lines = [line for line in text.split("\n") if line.strip()]
        return _Sent([_line(line) for line in _few_enough(lines)], atomic)
    sent = _line(text)
    if isinstance(sent, Stopped):
        raise sent
    if isinstance(sent, dict):
        return _together(sent, atomic)
    if not isinstance(sent, list):
        raise Stopped(422, invalid([{"field": "body", "problem": ProblemCode.NOT_A_LIST}]))
    return _Sent(_few_enough(sent), atomic)


def _together(sent: Mapping[str, Any], atomic: bool) -> _Sent:
    items, together = sent.get("items"), sent.get("atomic", atomic)
    problems = [
        {"field": name, "problem": ProblemCode.UNKNOWN_FIELD}
        for name in map(str, sent)
        if name not in ("items", "atomic")
    ]
    if not isinstance(items, list):
        wrong = ProblemCode.REQUIRED if items is None else ProblemCode.NOT_A_LIST
        problems.append({"field": "items", "problem": wrong})
    if not isinstance(together, bool):
        problems.append({"field": "atomic", "problem": ProblemCode.NOT_A_TRUTH})
    if problems or not isinstance(items, list):
        raise Stopped(422, invalid(problems))
    return _Sent(_few_enough(items), bool(together))


def _line(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return Stopped.by(MALFORMED)


def _few_enough(items: list[Any]) -> list[Any]:
    if len(items) > ITEMS_MOST:
        raise Stopped.by(TOO_MANY_ITEMS, items=len(items), most=ITEMS_MOST)
    return items


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
    sent = _read(request, atomic)
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
    with transaction.atomic():
        # Whatever the items are about is locked beforehand, in the order in which all lock.
        lock_in_order([body for _, body in _readable(items)])
        done = _each(request, kind, items)
        if not any(isinstance(one, Stopped) for one in done):
            return done
        transaction.set_rollback(True)
    times = Counter(name for name, _ in _readable(items))
    return [
        one if isinstance(one, Stopped) or _stood_before(one, times) else _not_done()
        for one in done
    ]


def _readable(items: Sequence[Item | Stopped]) -> list[Item]:
    return [item for item in items if not isinstance(item, Stopped)]


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
            "document": None,
            "problem": done.problem,
        }
    return {
        "id": name,
        "status": done.status,
        "replayed": done.replayed,
        "document": done.document,
        "problem": None,
    }


class ItemDone(Schema):
    """What became of one item: the status that it would have had alone, and the answer."""

    id: str | None = Field(description="The item's id; null where none could be read.")
    status: int
    replayed: bool = Field(description="It was answered before, and nothing was done now.")
    problem: Problem | None


def _answer_of(kind: Kind) -> type[Schema]:
    noun = kind.name[:-1].capitalize()
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

    def put(request: HostCall, atomic: Atomic = False) -> Status[dict[str, Any]]:
        return Status(207, put_many(request, kind, atomic=atomic))

    kind.router.put(
        f"/{kind.name}",
        auth=ServerKey(kind.scope),
        response={207: _answer_of(kind), **HOST_ANSWERS},
        operation_id=f"put_{kind.name}",
        summary=f"Send up to {ITEMS_MOST:,} {kind.name}, each with its own outcome, or all or none",
        openapi_extra={"requestBody": _body_of(kind)},
    )(put)

"""Wallets of a host's accounts: what they hold, their lots, their lines, now and at any past instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from connects.api.callers import Stopped
from connects.api.cursors import Cursor, Limit, cursor_for, place_in
from connects.api.documents import WalletDocument, wallet_document
from connects.api.json_answers import answer_with
from connects.api.moments import PastMoment
from connects.api.named import HostId, holder_named, holder_with_wallet
from connects.api.problems import BEHIND, HOST_ANSWERS, invalid
from connects.api.server_keys import HostCall, ServerKey
from connects.bootstrap.journals import journal
from connects.journal.port import HistoryQuery, Record
from connects.ledger.entries import EntryKind
from connects.ledger.lots import LotKind
from connects.ledger.past import wallet_at
from connects.ledger.wallet import Wallet
from connects.market.api_clients.models import Scope
from connects.market.events.documents import entry_documents
from connects.market.people.models import Account
from connects.vocabulary.problems import Problem

router = Router(tags=["wallets"], auth=ServerKey(Scope.READ))

AtLeast = Annotated[int, Query(), Field(ge=0, le=2**31 - 1)]


At = Annotated[PastMoment | None, Query(description="A past instant; else now.")]


class LotDocument(Schema):
    """Credits that were issued together: how many are left, and what those have cost."""

    lot: int
    kind: LotKind
    credits: int
    cost_cents: int
    issued: datetime
    expires: datetime | None


class LotPage(Schema):
    items: list[LotDocument]
    next: str | None


class LotChange(Schema):
    lot: int
    credits: int


class EntryDocument(Schema):
    """A line of a wallet's history, which never changes."""

    sequence: int
    kind: EntryKind
    credits: int
    balance: int
    debt_change: int
    withheld: int
    reference: dict[str, str] = Field(
        description="What it is about: such as `proposal` and `job`, by your own ids."
    )
    rule_book: str
    lots: list[LotChange]
    effective: datetime
    recorded: datetime
    hash: str


class EntryPage(Schema):
    items: list[EntryDocument]
    next: str | None


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"


@router.get(
    "/accounts/{id}/wallet",
    response={200: WalletDocument, **HOST_ANSWERS},
    operation_id="get_wallet",
    summary="What an account holds",
)
def get_wallet(
    request: HostCall,
    response: HttpResponse,
    id: HostId,  # noqa: A002
    at: At = None,
    at_least: AtLeast = 0,
) -> HttpResponse:
    """Balance, debt, and the number of the last line. `at_least` refuses an answer from before a line."""
    now = request.auth.now
    if at is not None:
        return answer_with(response, wallet_answer(holder_named(id), now, at, at_least))
    account, wallet = holder_with_wallet(id)
    return answer_with(response, _present(account, wallet, now, at_least))


def wallet_answer(
    account: Account, now: datetime, at: datetime | None, at_least: int
) -> dict[str, Any]:
    """What an account holds now, or held at a past instant. Raises `Stopped`."""
    when = _instant(at, now)
    wallet = _wallet(account, at, when)
    if at is None:
        return _present(account, wallet, now, at_least)
    return wallet_document(account, wallet, when)


def _present(account: Account, wallet: Wallet, now: datetime, at_least: int) -> dict[str, Any]:
    if wallet.last_entry < at_least:
        raise Stopped.by(BEHIND, sequence=wallet.last_entry, retry_after_seconds=1)
    return wallet_document(account, wallet, now)


def _instant(at: datetime | None, now: datetime) -> datetime:
    if at is None:
        return now
    if at > now:
        raise Stopped(422, invalid([{"field": "at", "problem": Problem.IN_THE_FUTURE}]))
    return at.astimezone(UTC)


def _wallet(account: Account, at: datetime | None, when: datetime) -> Wallet:
    if at is None:
        return journal().wallet(account.pk)
    entries = (record.entry for record in journal().records(account.pk))
    return wallet_at(account.pk, entries, when)


@router.get(
    "/accounts/{id}/wallet/lots",
    response={200: LotPage, **HOST_ANSWERS},
    operation_id="list_lots",
    summary="The open lots of an account, in the order in which they are spent",
)
def list_lots(
    request: HostCall,
    id: HostId,  # noqa: A002
    at: At = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """Credits that were issued together, with what they have cost and when they expire."""
    return lots_page(holder_named(id), request.auth.now, at, limit, cursor)


def lots_page(
    account: Account, now: datetime, at: datetime | None, limit: int, cursor: str | None
) -> dict[str, Any]:
    """A page of an account's open lots. Raises `Stopped`."""
    when = _instant(at, now)
    name = f"lots:{account.pk}"
    begin = place_in(name, cursor) or 0
    live = [lot for lot in _wallet(account, at, when).lots if lot.live_at(when)]
    end = begin + limit
    items = [
        {
            "lot": lot.number,
            "kind": lot.kind,
            "credits": lot.credits,
            "cost_cents": lot.cost_cents,
            "issued": lot.issued,
            "expires": lot.expires,
        }
        for lot in live[begin:end]
    ]
    return {"items": items, "next": cursor_for(name, end) if end < len(live) else None}


@router.get(
    "/accounts/{id}/wallet/entries",
    response={200: EntryPage, **HOST_ANSWERS},
    operation_id="list_entries",
    summary="The lines of an account's history",
)
def list_entries(
    request: HostCall,
    id: HostId,  # noqa: A002
    at: At = None,
    limit: Limit = 100,
    cursor: Cursor = None,
    order: Order = Order.NEWEST,
) -> dict[str, Any]:
    """Every line, with a number without gaps; a page stays what it is, however many lines are added."""
    asked = EntriesAsked(at, limit, cursor, order)
    return entries_page(holder_named(id), request.auth.now, asked)


@dataclass(frozen=True, slots=True)
class EntriesAsked:
    """Which lines are asked for: as of when, how many, from where, and in which order."""

    at: datetime | None
    limit: int
    cursor: str | None
    order: Order


def entries_page(account: Account, now: datetime, asked: EntriesAsked) -> dict[str, Any]:
    """A page of an account's lines. Raises `Stopped`."""
    when = _instant(asked.at, now)
    name = f"entries:{asked.order}:{account.pk}"
    place = place_in(name, asked.cursor)
    if asked.order is Order.OLDEST:
        records = _oldest(account, place or 0, asked.limit, when)
    else:
        records = _newest(account, place, asked.limit, asked.at)
    shown = records[: asked.limit]
    follows = cursor_for(name, shown[-1].entry.number) if len(records) > asked.limit else None
    return {"items": entry_documents(shown), "next": follows}


def _oldest(account: Account, after: int, limit: int, when: datetime) -> list[Record]:
    found = islice(journal().records(account.pk, after + 1), limit + 1)
    return [record for record in found if record.entry.effective <= when]


def _newest(account: Account, before: int | None, limit: int, at: datetime | None) -> list[Record]:
    if before is None and at is not None:
        entries = journal().records(account.pk)
        before = sum(1 for record in entries if record.entry.effective <= at) + 1
    return list(journal().history(HistoryQuery(account.pk, limit + 1, before)))

"""A member's own account and wallet, for the member's own programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Router, Schema

from connects.api.callers import ApiKeyHolder, Call
from connects.api.cursors import Cursor, Limit
from connects.api.documents import WalletDocument
from connects.api.me.caller import holder_of_wallet, key_of_call
from connects.api.named import id_of
from connects.api.problems import OWN_ANSWERS
from connects.api.token_holders import readers
from connects.api.wallets import (
    At,
    AtLeast,
    EntriesAsked,
    EntryPage,
    LotPage,
    Order,
    entries_page,
    lots_page,
    wallet_answer,
)
from connects.market.keys.scopes import KeyScope
from connects.vocabulary.parties import AccountKind

router = Router(tags=["me"])
READS = readers(KeyScope.READ)


class KeyDocument(Schema):
    """The key that the call was made with."""

    name: str
    prefix: str
    scopes: list[KeyScope]
    expires: datetime | None


class OwnAccount(Schema):
    """The account that the key acts for, and what the key may do."""

    account: str
    name: str
    kind: AccountKind
    rule_book: str
    currency: str
    key: KeyDocument


@router.get(
    "/me",
    auth=ApiKeyHolder(KeyScope.READ),
    response={200: OwnAccount, **OWN_ANSWERS},
    operation_id="own_account",
    summary="Who you are, and what your key may do",
)
def own_account(request: Call) -> dict[str, Any]:
    """The account that your key acts for, the rules that hold for it, and the key's scopes."""
    account, key, book = holder_of_wallet(request), key_of_call(request), request.auth.book
    return {
        "account": id_of(account),
        "name": account.name,
        "kind": account.kind,
        "rule_book": book.label,
        "currency": book.currency,
        "key": key,
    }


@router.get(
    "/me/wallet",
    auth=READS,
    response={200: WalletDocument, **OWN_ANSWERS},
    operation_id="own_wallet",
    summary="What you hold",
)
def own_wallet(request: Call, at: At = None, at_least: AtLeast = 0) -> dict[str, Any]:
    """Your balance, what you owe, and what is held; `at` is as it was at a past instant."""
    return wallet_answer(holder_of_wallet(request), request.auth.now, at, at_least)


@router.get(
    "/me/wallet/lots",
    auth=READS,
    response={200: LotPage, **OWN_ANSWERS},
    operation_id="own_lots",
    summary="Your open lots, in the order in which they are spent",
)
def own_lots(
    request: Call, at: At = None, limit: Limit = 100, cursor: Cursor = None
) -> dict[str, Any]:
    """Connects that came together, with what they have cost and when they expire."""
    return lots_page(holder_of_wallet(request), request.auth.now, at, limit, cursor)


@router.get(
    "/me/wallet/entries",
    auth=READS,
    response={200: EntryPage, **OWN_ANSWERS},
    operation_id="own_entries",
    summary="Your history, line by line",
)
def own_entries(
    request: Call,
    at: At = None,
    limit: Limit = 100,
    cursor: Cursor = None,
    order: Order = Order.NEWEST,
) -> dict[str, Any]:
    """Every line, with a number without gaps: what came, what was spent, what expired."""
    asked = EntriesAsked(at, limit, cursor, order)
    return entries_page(holder_of_wallet(request), request.auth.now, asked)

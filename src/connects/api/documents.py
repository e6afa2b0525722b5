"""Accounts and wallets as documents: what answers say of them, in one shape."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from connects.api.named import id_of
from connects.bootstrap.journals import journal
from connects.ledger.wallet import Wallet
from connects.market.members.selectors import rule_book_of
from connects.market.people.models import Account
from connects.vocabulary.parties import AccountKind


class WalletDocument(Schema):
    """What an account holds."""

    account: str
    balance: int
    debt: int
    held: int = Field(description="Set aside by holds: not in the balance, and not spent.")
    sequence: int = Field(description="The number of its last line: the higher, the later.")
    lots: int = Field(description="How many lots are open.")
    next_expiry: datetime | None
    at: datetime = Field(description="The instant that this is of.")


class RecordDocument(Schema):
    posts_ended: int
    left_open: int
    hires: int


class AccountDocument(Schema):
    """An account. `wallet` is null for a client, which has none."""

    id: str
    kind: AccountKind
    name: str
    country: str | None
    registered_at: datetime
    revision: int
    rule_book: str
    payment_verified: bool | None
    suspended: bool
    client_record: RecordDocument | None
    wallet: WalletDocument | None


def wallet_document(account: Account, wallet: Wallet, at: datetime) -> dict[str, Any]:
    """A wallet as it is at that instant: lots whose time has come count no more."""
    live = [lot for lot in wallet.lots if lot.live_at(at)]
    expiries = [lot.expires for lot in live if lot.expires is not None]
    return {
        "account": id_of(account),
        "balance": sum(lot.credits for lot in live),
        "debt": wallet.debt,
        "held": wallet.held,
        "sequence": wallet.last_entry,
        "lots": len(live),
        "next_expiry": min(expiries, default=None),
        "at": at,
    }


def present_wallet(account: Account, now: datetime) -> dict[str, Any]:
    """The account's wallet now."""
    return wallet_document(account, journal().wallet(account.pk), now)


def account_document(account: Account, now: datetime) -> dict[str, Any]:
    """The account as it stands."""
    has_wallet = AccountKind(account.kind).holds_wallet
    ended = account.told_posts_ended
    record = {
        "posts_ended": ended,
        "left_open": account.told_left_open or 0,
        "hires": account.told_hires or 0,
    }
    return {
        "id": id_of(account),
        "kind": account.kind,
        "name": account.name,
        "country": account.country or None,
        "registered_at": account.registered,
        "revision": account.revision,
        "rule_book": rule_book_of(account, now).label,
        "payment_verified": account.payment_verified,
        "suspended": account.suspended is not None,
        "client_record": None if ended is None else record,
        "wallet": present_wallet(account, now) if has_wallet else None,
    }

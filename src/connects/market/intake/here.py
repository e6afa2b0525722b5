"""Hold what comes in against what is here already: accounts, their wallets, their rule books."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max

from connects.bootstrap.journals import journal
from connects.ledger.wallet import Wallet
from connects.market.intake.differences import Code, Difference, Found
from connects.market.intake.models import ImportedAccount
from connects.market.intake.staging import Staging
from connects.market.members.editions import known_book
from connects.market.members.selectors import rule_books_of
from connects.market.people.models import Account
from connects.market.people.selectors import accounts_called
from connects.policy.terms import RuleBook
from connects.vocabulary.parties import AccountKind

COLUMNS = {
    "kind": "kind",
    "name": "name",
    "country": "country",
    "registered_at": "registered",
    "payment_verified": "payment_verified",
}
"""The columns of what a line says of an account."""


def used_up_to(accounts: Sequence[int]) -> dict[int, int]:
    """The last line of wallets that imports filled and were undone since: nothing else is in them."""
    rows = ImportedAccount.objects.filter(account__in=accounts, taken_back=True)
    last = rows.values("account").annotate(last=Max("last_entry"))
    return {row["account"]: row["last"] for row in last}


def is_free(wallet: Wallet | None, last: int, as_of: datetime) -> bool:
    """Whether an opening can fill the wallet: nothing ever moved in it but what was undone."""
    return wallet is None or (wallet.last_entry == last and wallet.moment <= as_of)


@dataclass(slots=True)
class Here:
    """Compares what comes in with this installation, some accounts at a time.

    With `only_facts` nothing is compared but what any import needs: it may be in already, in part.
    """

    staged: Staging
    found: Found
    as_of: datetime
    now: datetime
    only_facts: bool
    progress: Callable[[int], None]
    _books: dict[str, RuleBook | None] = field(default_factory=dict)

    def compare(self) -> None:
        """Compare all accounts, and note what is known of them."""
        compared = 0
        for names in self.staged.names():
            self._compare(names)
            compared += len(names)
            self.progress(compared)

    def _compare(self, names: list[str]) -> None:
        told = self._told(names)
        here = accounts_called(names)
        books = rule_books_of([account.pk for account in here.values()], self.now)
        known = []
        for name in names:
            account, line = here.get(name), told.get(name)
            if account is not None:
                book: RuleBook | None = books[account.pk]
                kind: str | None = account.kind
                if line is not None and not self.only_facts:
                    self._compare_facts(account, books[account.pk], *line)
            else:
                book = self._book_of(*line) if line is not None else None
                kind = None if line is None else line[0]["kind"]
            pk = None if account is None else account.pk
            known.append((kind, pk, *_terms(book, kind), name))
        self.staged.note_here(known)
        if not self.only_facts:
            self._compare_wallets(here)
            self._compare_records(here)

    def _told(self, names: list[str]) -> dict[str, tuple[dict[str, Any], str, int]]:
        rows = self.staged.rows(
            "SELECT name, facts, file, line FROM account"
            " WHERE name IN (SELECT value FROM json_each(?)) ORDER BY rowid DESC",
            [json.dumps(names)],
        )
        return {name: (json.loads(facts), file, line) for name, facts, file, line in rows}

    def _book_of(self, facts: Mapping[str, Any], file: str, line: int) -> RuleBook | None:
        name = facts.get("rule_book") or settings.DEFAULT_RULE_BOOK
        if name not in self._books:
            self._books[name] = known_book(name)
        if self._books[name] is None:
            self.found(Difference(file, line, "rule_book", Code.RULE_BOOK_UNKNOWN))
        return self._books[name]

    def _compare_facts(
        self, account: Account, book: RuleBook, facts: Mapping[str, Any], file: str, line: int
    ) -> None:
        name = facts["account"]
        for said, column in COLUMNS.items():
            says, is_here = facts.get(said), getattr(account, column)
            if isinstance(is_here, datetime):
                is_here = is_here.isoformat()
            if says is not None and says != is_here:
                parameters = {"account": name, "here": is_here or "none", "says": says}
                self.found(Difference(file, line, said, Code.ALREADY_DIFFERENT, parameters))
        says = facts.get("rule_book")
        if says is not None and says not in (book.name, book.label):
            parameters = {"account": name, "here": book.label, "says": says}
            self.found(Difference(file, line, "rule_book", Code.ALREADY_DIFFERENT, parameters))

    def _compare_wallets(self, here: Mapping[str, Account]) -> None:
        holders = {
            name: account.pk
            for name, account in here.items()
            if AccountKind(account.kind).holds_wallet
        }
        wallets, free = journal().read(sorted(holders.values())), used_up_to([*holders.values()])
        for name, pk in holders.items():
            stored = wallets.get(pk)
            wallet = None if stored is None else stored.wallet
            if wallet is None or is_free(wallet, free.get(pk, 0), self.as_of):
                continue
            first = self.staged.rows(
                "SELECT file, line FROM lot WHERE account = ? ORDER BY rowid LIMIT 1", [name]
            )
            for file, line in first:
                told = {"account": name, "lines": f"{wallet.last_entry:,}"}
                self.found(Difference(file, line, "account", Code.WALLET_IN_USE, told))

    def _compare_records(self, here: Mapping[str, Account]) -> None:
        rows = self.staged.rows(
            "SELECT account, ended, left_open, hires, file, line FROM record"
            " WHERE account IN (SELECT value FROM json_each(?))",
            [json.dumps([*here])],
        )
        for name, ended, left_open, hires, file, line in rows:
            told = here[name]
            columns = {
                "posts_ended": (ended, told.told_posts_ended),
                "left_open": (left_open, told.told_left_open),
                "hires": (hires, told.told_hires),
            }
            for field_name, (says, is_here) in columns.items():
                if is_here is not None and says != is_here:
                    parameters = {"account": name, "here": is_here, "says": says}
                    code = Code.ALREADY_DIFFERENT
                    self.found(Difference(file, line, field_name, code, parameters))


def _terms(book: RuleBook | None, kind: str | None) -> tuple[str | None, int | None]:
    """The currency and balance limit of a new account's rule book."""
    if book is None or kind is None or not AccountKind(kind).holds_wallet:
        return (None if book is None else book.currency), None
    return book.currency, book.balance_limit(book.default_plan, AccountKind(kind))

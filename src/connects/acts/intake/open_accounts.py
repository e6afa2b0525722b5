"""Open the accounts of an import, many at a time, as `accounts.register` does one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from connects.acts.accounts.register import free_handle
from connects.acts.memberships.open_subscription import subscription_since
from connects.acts.rules.place_newcomer import place_newcomer
from connects.bootstrap.journals import journal
from connects.market.intake.staging import Party
from connects.market.many_rows import new_row, save_new
from connects.market.members.editions import edition_of, known_book
from connects.market.members.models import Enrolment, RuleBookEdition
from connects.market.members.selectors import rule_books_of
from connects.market.people.models import Account
from connects.market.people.selectors import accounts_called
from connects.market.rollout.models import Rollout, RolloutState
from connects.policy.terms import RuleBook
from connects.vocabulary.names import NAME_CHARACTERS
from connects.vocabulary.parties import AccountKind

IN_PROGRESS = (RolloutState.SCHEDULED, RolloutState.PAUSED)


@dataclass(frozen=True, slots=True)
class Opened:
    """An account that comes in: its id, the label of its rule book, and whether it was made for it."""

    pk: int
    rule_book: str
    made: bool


@dataclass(slots=True)
class AccountOpening:
    """Opens accounts as of an instant; who says nothing of a rule book begins under the default one."""

    default_book: str
    as_of: datetime
    _books: dict[str, tuple[RuleBook, RuleBookEdition]] = field(default_factory=dict)

    def open(self, parties: Sequence[Party], now: datetime) -> dict[str, Opened]:
        """The accounts of these parties, by name: those that are here, and new ones for the others."""
        here = accounts_called([party.name for party in parties])
        books = rule_books_of([account.pk for account in here.values()], now)
        self._tell_records(parties, here)
        found = {
            name: Opened(account.pk, books[account.pk].label, made=False)
            for name, account in here.items()
        }
        return found | self._make([party for party in parties if party.name not in here], now)

    def _tell_records(self, parties: Sequence[Party], here: Mapping[str, Account]) -> None:
        """Tell the records of clients who are here."""
        told = []
        for party in parties:
            if party.record is not None and party.name in here:
                account = here[party.name]
                for column, value in _record_columns(party.record).items():
                    setattr(account, column, value)
                account.revision += 1
                told.append(account)
        Account.objects.bulk_update(told, [*_record_columns((0, 0, 0)), "revision"])

    def _book(self, name: str, now: datetime) -> tuple[RuleBook, RuleBookEdition]:
        if name not in self._books:
            book = known_book(name)
            assert book is not None, name  # it was checked
            self._books[name] = book, edition_of(book, now)
        return self._books[name]

    def _make(self, parties: Sequence[Party], now: datetime) -> dict[str, Opened]:
        rows = [self._row(party) for party in parties]
        save_new(rows)
        under = {
            party.name: self._book(party.facts.get("rule_book", self.default_book), now)
            for party in parties
        }
        pairs = [(row, *under[party.name]) for party, row in zip(parties, rows, strict=True)]
        since = {"effective": self.as_of}
        save_new(
            [
                new_row(Enrolment, {"account_id": row.pk, "edition_id": edition.pk, **since})
                for row, _, edition in pairs
            ]
        )
        holders = [(row, book) for row, book, _ in pairs if AccountKind(row.kind).holds_wallet]
        journal().open_wallets([row.pk for row, _ in holders])
        save_new(
            [subscription_since(row, book, row.registered, self.as_of) for row, book in holders]
        )
        if Rollout.objects.filter(state__in=IN_PROGRESS).exists():
            for row, book, edition in pairs:
                place_newcomer(row, edition, book.default_plan, now)
        return {
            party.name: Opened(row.pk, under[party.name][0].label, made=True)
            for party, row in zip(parties, rows, strict=True)
        }

    def _row(self, party: Party) -> Account:
        facts = party.facts
        name = facts.get("name") or f"Account {party.name}"[:NAME_CHARACTERS]
        registered = facts.get("registered_at")
        told: dict[str, Any] = {
            "handle": free_handle(name),
            "name": name,
            "kind": party.kind,
            "country": facts.get("country", ""),
            "payment_verified": facts.get("payment_verified"),
            "registered": datetime.fromisoformat(registered) if registered else self.as_of,
            "external_id": party.name,
        }
        if party.record is not None:
            told |= _record_columns(party.record)
        return new_row(Account, told)


def _record_columns(record: tuple[int, int, int]) -> dict[str, Any]:
    ended, left_open, hires = record
    return {"told_posts_ended": ended, "told_left_open": left_open, "told_hires": hires}

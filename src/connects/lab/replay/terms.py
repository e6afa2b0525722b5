"""What a rule book says of the wallets of a range, and how their events are gathered."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from connects.journal.moments import microseconds, moment_of
from connects.lab.kernel import recorded as k
from connects.lab.kernel.columns import NEVER, NONE
from connects.lab.kernel.tables_of_accounts import ACCOUNT_KINDS
from connects.lab.replay.endings import DAY
from connects.lab.replay.machine import events_of
from connects.lab.replay.reading.columns import Column
from connects.lab.replay.record import Record, places_in
from connects.policy.terms import RuleBook
from connects.vocabulary.parties import AccountKind

Rows = tuple[Column, Column]


class Gathered(NamedTuple):
    """Events in the order in which they happen at one instant, and the issues that they name."""

    pieces: list[Rows]
    issues: list[Column]

    def issue(self, wallet: Column, at: Column, event: int, columns: list[Column | int]) -> None:
        """Add issues, and the events that make them."""
        rows = np.empty((len(wallet), k.ISSUE_COLUMNS), np.int64)
        for place, values in enumerate(columns):
            rows[:, place] = values
        begin = sum(len(each) for each in self.issues)
        self.issues.append(rows)
        self.pieces.append(events_of(wallet, event, at, begin + np.arange(len(wallet))))


def expiries(book: RuleBook, at: Column) -> Column:
    """When Connects that are issued at these instants expire: asked once a day that they fall on."""
    days, place = np.unique(at // DAY, return_inverse=True)
    asked = [book.expiry.of_issue(moment_of(int(day) * DAY)) for day in days]
    if not asked or asked[0] is None:
        return np.full(len(at), NEVER)
    ends = np.array([microseconds(each) for each in asked if each is not None], np.int64)
    found: Column = ends[place] + at % DAY
    return found


class Terms:
    """What a rule book says of the wallets of a range, by kind of account and plan."""

    def __init__(self, record: Record, book: RuleBook, low: int, high: int) -> None:
        self.record, self.book, self.low, self.high = record, book, low, high
        person = record.people[low:high]
        self.person = person
        self.agency = record.of_people("agency", 0, person)
        self.registered = record.of_people("registered", NEVER, person)
        # A wallet is of one who takes part; clients, who have none, are not read.
        subscriptions = record.rest["subscriptions"]
        place = places_in(subscriptions["account"], record.ids[low:high])
        there = place >= 0
        self.frozen = np.where(there, subscriptions["frozen"][place] if there.any() else 0, NEVER)
        self.plan = [
            book.plan_or_default(str(subscriptions["plan"][each])).name
            if each >= 0
            else book.default_plan
            for each in place
        ]
        limits = [
            book.balance_limit(plan, ACCOUNT_KINDS[agency])
            for plan, agency in zip(self.plan, self.agency, strict=True)
        ]
        self.limit = np.array([NONE if each is None else each for each in limits], np.int64)

    def by_kind(self, answers: tuple[int, int]) -> Column:
        """An answer for each wallet, by its kind."""
        return np.array(answers, np.int64)[self.agency]


def of_kinds(asked: Callable[[AccountKind], int]) -> tuple[int, int]:
    freelancer, agency = map(asked, ACCOUNT_KINDS)
    return freelancer, agency

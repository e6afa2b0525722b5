"""Billing cycles under a rule book: a month each, of everyone, on the plan that was paid for."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np

from connects.journal.moments import microseconds, moment_of
from connects.lab.kernel import recorded as k
from connects.lab.kernel.columns import NEVER, NONE, PLAN
from connects.lab.kernel.tables_of_accounts import ACCOUNT_KINDS
from connects.lab.replay.endings import DAY
from connects.lab.replay.machine import events_of
from connects.lab.replay.reading.columns import Column
from connects.lab.replay.record import places_in
from connects.lab.replay.terms import Gathered, Terms, expiries, of_kinds
from connects.movements.billing_cycle import cycle_end
from connects.policy.rollover import kept_at_rollover
from connects.policy.terms import RuleBook


class Cycle(NamedTuple):
    """A month of a wallet: when it begins, on which plan, after which one; paid anew or not."""

    wallet: int
    at: int
    plan: str
    before: str
    trims: bool = True


def cycles(terms: Terms, gathered: Gathered) -> None:
    """Every month of every wallet: what does not roll over goes, and the plan's Connects come."""
    book, payments = terms.book, _payments(terms)
    paying = np.zeros(terms.high - terms.low, bool)
    paying[list(payments)] = True
    plain = np.flatnonzero(~paying & (terms.registered < NEVER))
    ends = np.minimum(terms.frozen, terms.record.until)
    wallet, at = months(terms.registered[plain], ends[plain])
    wallet = plain[wallet]
    default = book.default_plan
    keep = _keeps(book, default, default)
    credits = terms.by_kind(of_kinds(book.plan(default).monthly_connects))[wallet]
    special = [cycle for w, paid in payments.items() for cycle in _paid(terms, w, paid)]
    _trim(terms, wallet, at, terms.by_kind(keep)[wallet], gathered)
    trims = [cycle for cycle in special if cycle.trims]
    own = np.array([cycle.wallet for cycle in trims], np.int64)
    kept = [_keeps(book, c.before, c.plan)[terms.agency[c.wallet]] for c in trims]
    moments = np.array([cycle.at for cycle in trims], np.int64)
    _trim(terms, own, moments, np.array(kept, np.int64), gathered)
    _months_issues(terms, wallet, at, credits, np.zeros_like(credits), gathered)
    brought, cost = _brought(terms, special)
    own = np.array([cycle.wallet for cycle in special], np.int64)
    moments = np.array([cycle.at for cycle in special], np.int64)
    _months_issues(terms, own, moments, brought, cost, gathered)


def _keeps(book: RuleBook, before: str, plan: str) -> tuple[int, int]:
    found = [kept_at_rollover(book, kind, before, plan) for kind in ACCOUNT_KINDS]
    first, second = (NONE if keep is None else keep for keep in found)
    return first, second


def _trim(terms: Terms, wallet: Column, at: Column, keep: Column, gathered: Gathered) -> None:
    trims = np.flatnonzero(keep != NONE)
    bought = int(terms.book.limits.trims_bought)
    gathered.pieces.append(events_of(wallet[trims], k.TRIM, at[trims], keep[trims], bought))


def _months_issues(
    terms: Terms, wallet: Column, at: Column, credits: Column, cost: Column, gathered: Gathered
) -> None:
    some = np.flatnonzero(credits > 0)
    wallet, at = wallet[some], at[some]
    columns: list[Column | int] = [PLAN, credits[some], cost[some], expiries(terms.book, at)]
    gathered.issue(wallet, at, k.ISSUE, [*columns, terms.limit[wallet], NONE, 0])


def months(anchors: Column, ends: Column) -> tuple[Column, Column]:
    """When cycles after the first begin, up to an end; by the place of their anchor."""
    if not len(anchors):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    begin = moment_of(int(anchors.min())).replace(day=1, hour=0, minute=0)
    last, table, first = int(ends.max()), [], begin
    while True:
        asked = [cycle_end(datetime(2024, 1, day, tzinfo=UTC), first) for day in range(1, 32)]
        table.append([microseconds(each) // DAY for each in asked])
        if table[-1][0] * DAY > last:
            break
        first = asked[0].replace(day=1)
    days = np.array(table)  # by month and anchor's day: the day on which the cycle begins
    anchor_months = anchors.astype("datetime64[us]").astype("datetime64[M]")
    day = (anchors // DAY) - anchor_months.astype("datetime64[D]").astype(np.int64)
    since = (anchor_months - np.datetime64(begin.strftime("%Y-%m"), "M")).astype(np.int64)
    who, at = [], []
    for month in range(len(days)):
        begins = days[month, day] * DAY + anchors % DAY
        runs = np.flatnonzero((since <= month) & (begins <= ends))
        who.append(runs)
        at.append(begins[runs])
    return np.concatenate(who), np.concatenate(at)


def _payments(terms: Terms) -> dict[int, list[tuple[int, str, bool, bool]]]:
    """What wallets of the range paid for plans: when, for which, for a new cycle, for its renewal."""
    table = terms.record.rest["payments"]
    place = places_in(terms.record.ids, table["account"])
    found: dict[int, list[tuple[int, str, bool, bool]]] = defaultdict(list)
    for row in np.flatnonzero((place >= terms.low) & (place < terms.high)):
        plan = str(table["plan"][row])
        told = (bool(table["new_cycle"][row]), bool(table["renewal"][row]))
        found[int(place[row]) - terms.low].append((int(table["paid"][row]), plan, *told))
    return {w: sorted(paid) for w, paid in found.items()}


def _paid(terms: Terms, w: int, payments: list[tuple[int, str, bool, bool]]) -> list[Cycle]:
    """The months of a wallet that pays for some of them."""
    book, until = terms.book, min(int(terms.frozen[w]), terms.record.until)
    starts = [paid for paid, _, new, renewal in payments if new and not renewal]
    anchors = [int(terms.registered[w]), *starts]
    found, before = [], book.default_plan
    for anchor, end in zip(anchors, [*starts, until + 1], strict=True):
        _, begins = months(np.array([anchor]), np.array([min(end - 1, until)]))
        own = [anchor] if anchor in starts else []
        for begin, following in _spans([*own, *begins.tolist()], end):
            paid_for = [
                plan for paid, plan, new, _ in payments if new and begin <= paid < following
            ]
            plan = book.plan_or_default(paid_for[-1]).name if paid_for else book.default_plan
            found.append(Cycle(w, begin, plan, before))
            before = plan
        for paid, plan, new, _ in payments:
            if not new and anchor <= paid < end:
                found.append(Cycle(w, paid, book.plan_or_default(plan).name, before, trims=False))
                before = book.plan_or_default(plan).name
    return sorted(found, key=lambda cycle: cycle.at)


def _spans(begins: list[int], end: int) -> list[tuple[int, int]]:
    return list(zip(begins, [*begins[1:], end], strict=True))


def _brought(terms: Terms, cycles: list[Cycle]) -> tuple[Column, Column]:
    """The Connects and the cents of months; those of a change within one are what is more."""
    book, credits, cents = terms.book, [], []
    for cycle in cycles:
        kind, plan = ACCOUNT_KINDS[terms.agency[cycle.wallet]], book.plan(cycle.plan)
        before = book.plan(cycle.before)
        less = 0 if cycle.trims else before.monthly_connects(kind)
        credits.append(max(plan.monthly_connects(kind) - less, 0))
        cents.append(max(plan.price(kind) - (0 if cycle.trims else before.price(kind)), 0))
    return np.array(credits, np.int64), np.array(cents, np.int64)

"""Handing events to the compiled code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from connects.lab.kernel.columns import NONE, Whole, make_wallets
from connects.lab.kernel.recorded import (
    EVENT_COLUMNS,
    ISSUE_COLUMNS,
    SLOT_COLUMNS,
    SUMS,
    TERMS,
    Replay,
)
from connects.lab.kernel.replay import replay_all
from connects.lab.replay.reading.columns import Column

LEAST_ROOM = 4_096
REWARDS = 512


class Part(NamedTuple):
    """What happens to a range of wallets: events are sorted, and `wallet` says whose each is."""

    wallet: Whole
    events: Whole
    issues: Whole
    slots: Whole
    people: Whole


class Rules(NamedTuple):
    """What a rule book says, as the compiled code wants it (`kernel.recorded.Replay`)."""

    terms: Whole
    back: Whole
    earned: Whole
    bundles: Whole


def events_of(wallet: Column, what: int, at: Column, *told: Column | int) -> tuple[Whole, Whole]:
    """Rows of events of one kind, and whose they are; what is not told is NONE."""
    rows = np.full((len(wallet), EVENT_COLUMNS), NONE, np.int64)
    rows[:, 0], rows[:, 1] = what, at
    for column, values in enumerate(told, 2):
        rows[:, column] = values
    return wallet.astype(np.int64), rows


def in_order(pieces: Sequence[tuple[Whole, Whole]]) -> tuple[Whole, Whole]:
    """All events by wallet and time; at one instant in the order of the pieces, and within them."""
    wallet = np.concatenate([piece[0] for piece in pieces])
    rows = np.concatenate([piece[1] for piece in pieces])
    order = np.lexsort((rows[:, 1], wallet))
    return wallet[order], rows[order]


def no_issues() -> Whole:
    return np.empty((0, ISSUE_COLUMNS), np.int64)


def slots(count: int) -> Whole:
    """So many empty slots, of proposals that are sent once."""
    made = np.zeros((count, SLOT_COLUMNS), np.int64)
    made[:, 2], made[:, 4] = 1, NONE
    return made


class Outcome(NamedTuple):
    """What came of wallets: their sums, their status, and the slots as they are then."""

    sums: Whole
    status: Whole
    slots: Whole


def play(part: Part, rules: Rules, wallets: int, expires_at: int) -> Outcome:
    """Play a part; `part.wallet` counts from 0 to `wallets`."""
    first = np.searchsorted(part.wallet, np.arange(wallets + 1)).astype(np.int64)
    most = int(np.diff(first).max()) if wallets else 0
    room = max(LEAST_ROOM, 4 * most)
    made = make_wallets(1, lots=room, draws=4 * room, in_days=False)
    kept = np.ascontiguousarray(part.slots) if len(part.slots) else slots(1)
    ready = Replay(
        first=first,
        events=np.ascontiguousarray(part.events),
        issues=part.issues if len(part.issues) else np.zeros((1, ISSUE_COLUMNS), np.int64),
        slots=kept,
        people=part.people,
        terms=rules.terms,
        back=rules.back,
        earned=rules.earned,
        bundles=rules.bundles,
        recent=np.zeros((REWARDS, 2), np.int64),
        wallets=made,
        sums=np.zeros((wallets, len(SUMS)), np.int64),
        status=np.zeros(wallets, np.int64),
    )
    replay_all(ready, expires_at)
    return Outcome(ready.sums, ready.status, kept)


def no_rules(since: int) -> Rules:
    """Rules that decide nothing, for what is played as it is recorded."""
    terms = np.zeros(TERMS, np.int64)
    terms[1], terms[-1] = 1, since
    one = np.zeros((1, 1), np.int64)
    return Rules(terms, one, one, np.zeros((2, 1, 2), np.int64))

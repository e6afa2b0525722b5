"""What a replay says: three readings side by side, in all and by who it hits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from connects.lab.kernel import recorded as k
from connects.lab.kernel.columns import NEVER
from connects.lab.replay.endings import DAY
from connects.lab.replay.reading.columns import Column
from connects.lab.replay.record import places_in
from connects.lab.replay.run import Replayed, summed

NEWCOMER_DAYS = 90
DECILES = 10
COUNTRIES = 30
"""So many countries are told apart, those with the most proposals; the others are one."""
NONE_TOLD = "not known"


def as_json(replayed: Replayed) -> dict[str, Any]:
    """The whole answer, for programs."""
    record, wanted = replayed.record, replayed.wanted
    everyone = np.ones(len(record.ids), bool)
    return {
        "policy": wanted.book.label,
        "currency": wanted.book.currency,
        "source": record.source.name,
        "until": _iso(record.until),
        "days": wanted.days,
        "seed": wanted.seed,
        "reproduced": {
            "wallets": len(record.ids),
            "lines": len(record.lines["number"]),
            "proposals": len(record.proposals["post"]),
            "posts": len(record.posts["id"]),
            "by_the_ledger": replayed.by_ledger,
            "differences": 0,
        },
        "wallets_under_other_rules": int(replayed.others.sum()),
        "readings": _readings(replayed, everyone),
        "by": {name: list(groups) for name, groups in _segments(replayed)},
    }


def _iso(micros: int) -> str:
    return f"{np.datetime64(micros, 'us')}Z"


def _readings(replayed: Replayed, who: Column) -> dict[str, dict[str, int]]:
    return {
        "recorded": summed(replayed.own[who]),
        "mechanical": summed(replayed.mechanical[who]),
        "behavioural": summed(replayed.behavioural[who]),
    }


def _segments(replayed: Replayed) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    """By decile of what was spent (the first one spent least), newcomers, country and plan."""
    record, acts = replayed.record, replayed.own[:, k.PROPOSALS] > 0
    person, table = record.people, record.accounts
    known = person >= 0
    country = np.where(known, table["country"][person], "") if len(table["id"]) else known * 1
    registered = np.where(known, table["registered"][person], NEVER) if known.any() else known * 0
    young = registered > record.until - NEWCOMER_DAYS * DAY
    yield "decile", _groups(replayed, acts, _deciles(replayed.own[:, k.PAID], acts))
    newcomers = np.where(young, f"registered in the last {NEWCOMER_DAYS} days", "registered before")
    yield "newcomers", _groups(replayed, acts, newcomers.astype(object))
    yield "country", _groups(replayed, acts, _largest(country.astype(object), acts))
    plans = record.rest["subscriptions"]
    place = places_in(plans["account"], record.ids)
    named = [str(plans["plan"][each]) if each >= 0 else NONE_TOLD for each in place]
    yield "plan", _groups(replayed, acts, np.array(named, object))


def _deciles(paid: Column, acts: Column) -> Column:
    found = np.zeros(len(paid), np.int64)
    who = np.flatnonzero(acts)
    order = who[np.lexsort((who, paid[who]))]
    found[order] = np.arange(len(order)) * DECILES // max(len(order), 1) + 1
    return found


def _largest(names: Column, acts: Column) -> Column:
    names = np.array([str(name) or NONE_TOLD for name in names], object)
    found, counts = np.unique(names[acts].astype(str), return_counts=True)
    kept = set(found[np.argsort(-counts, kind="stable")][:COUNTRIES].tolist())
    return np.array([name if name in kept else "others" for name in names], object)


def _groups(replayed: Replayed, acts: Column, names: Column) -> Iterator[dict[str, Any]]:
    """The readings of each group of those who sent a proposal in the time that is counted."""
    for name in sorted({*names[acts].tolist()}):
        who = acts & (names == name)
        accounts = int(who.sum())
        yield {"name": str(name), "accounts": accounts, **_readings(replayed, who)}


def costs(replayed: Replayed) -> dict[int, dict[str, int]]:
    """What each wallet's proposals cost, and would have, for those that sent or would have sent some."""
    own, other = replayed.own, replayed.mechanical
    who = np.flatnonzero((own[:, k.PROPOSALS] > 0) | (other[:, k.PROPOSALS] > 0))
    return {
        int(replayed.record.ids[w]): {
            "proposals": int(own[w, k.PROPOSALS]),
            "paid": int(own[w, k.PAID]),
            "returned": int(own[w, k.RETURNED]),
            "would_pay": int(other[w, k.PAID]),
            "would_return": int(other[w, k.RETURNED]),
            "refused": int(other[w, k.REFUSED] + other[w, k.SHUT]),
        }
        for w in who
    }

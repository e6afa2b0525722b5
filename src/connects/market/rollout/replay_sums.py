"""Add a replay up: by a rollout's cohorts, and by deciles of its accounts, worst hit first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from statistics import median
from typing import Any

from connects.market.rollout.candidates import candidates_under
from connects.market.rollout.cohorts import Assignment
from connects.market.rollout.models import Rollout
from connects.market.rollout.replays import Cost

DECILES = 10


def findings_of(rollout: Rollout, costs: Mapping[int, Cost], now: datetime) -> dict[str, Any]:
    """What is kept of a replay: the costs of each account, and their sums."""
    by_account = {str(account): asdict(cost) for account, cost in costs.items()}
    return {"made": now.isoformat(), "costs": by_account, **report_of(rollout, costs, now)}


def report_of(rollout: Rollout, costs: Mapping[int, Cost], now: datetime) -> dict[str, Any]:
    """The sums of the rollout's cohorts, and of its accounts in deciles, worst hit first."""
    assignment = Assignment(rollout.public_id, list(rollout.cohorts.order_by("number")))
    numbers = rollout.cohorts.values_list("number", flat=True)
    members: dict[int, list[Cost]] = {number: [] for number in numbers}
    for candidate in candidates_under(rollout.before, now):
        cohort, cost = assignment.cohort_of(candidate), costs.get(candidate.id)
        if cohort is not None and cost is not None:
            members[cohort.number].append(cost)
    return {
        "cohorts": [{"number": n, **asdict(_sum(of))} for n, of in sorted(members.items())],
        "changes": [{"number": n, **_changes(of)} for n, of in sorted(members.items())],
        "deciles": list(_deciles([cost for of in members.values() for cost in of])),
    }


def _sum(costs: Iterable[Cost]) -> Cost:
    total = Cost()
    for cost in costs:
        total.add(cost)
    return total


def _changes(costs: Iterable[Cost]) -> dict[str, float]:
    """How many would have paid less, the same and more, and the middle change of those who would."""
    rises = [cost.rise for cost in costs]
    less, more = [rise for rise in rises if rise < 0], [rise for rise in rises if rise > 0]
    return {
        "less": len(less),
        "less_middle": median(less) if less else 0,
        "same": len(rises) - len(less) - len(more),
        "more": len(more),
        "more_middle": median(more) if more else 0,
    }


def _deciles(costs: Iterable[Cost]) -> Iterable[dict[str, int]]:
    ordered = sorted(costs, key=lambda cost: -cost.rise)
    for number in range(DECILES):
        part = ordered[len(ordered) * number // DECILES : len(ordered) * (number + 1) // DECILES]
        if part:
            yield {"decile": number + 1, "accounts": len(part), **asdict(_sum(part))}

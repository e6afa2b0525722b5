"""Add a replay up: by a rollout's cohorts, and by deciles of its accounts, worst hit first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
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
    cohorts = {number: Cost() for number in rollout.cohorts.values_list("number", flat=True)}
    moved = []
    for candidate in candidates_under(rollout.before, now):
        cohort, cost = assignment.cohort_of(candidate), costs.get(candidate.id)
        if cohort is not None and cost is not None:
            cohorts[cohort.number].add(cost)
            moved.append(cost)
    return {
        "cohorts": [{"number": n, **asdict(cost)} for n, cost in sorted(cohorts.items())],
        "deciles": list(_deciles(moved)),
    }


def _deciles(costs: Iterable[Cost]) -> Iterable[dict[str, int]]:
    ordered = sorted(costs, key=lambda cost: -cost.rise)
    for number in range(DECILES):
        part = ordered[len(ordered) * number // DECILES : len(ordered) * (number + 1) // DECILES]
        if part:
            total = Cost()
            for cost in part:
                total.add(cost)
            yield {"decile": number + 1, "accounts": len(part), **asdict(total)}

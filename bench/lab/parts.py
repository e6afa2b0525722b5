"""What is measured of the laboratory, each in a process of its own: time, and the most memory."""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.lab import toy
from connects.lab import arms
from connects.lab.behaviour.parameters import Behaviour
from connects.lab.mirror.random_steps import first_difference
from connects.lab.population.agents import population
from connects.lab.run import Arm, Wanted, play, play_all
from connects.lab.studies.findings import found_of
from connects.lab.studies.planned import planned
from connects.lab.studies.runs import RunStore, all_played
from connects.lab.studies.study import Study
from connects.policy.shelf import shipped
from connects.studies.market.report import report

ACTS = Behaviour(attention=4.5)
"""Less is read than by default, since a large market shows more: 19 to 20 proposals a post."""
NOW = Arm("now", shipped("upwork-2023"), ACTS)
DOUBLED = Arm("doubled", arms.multiplied(shipped("upwork-2023"), 2), ACTS)
DAYS = 365


def warm(_size: int = 0) -> dict[str, Any]:
    """Make the machine code, or read it from its cache, before anything is measured."""
    play(NOW, population("upwork-2023").sized(50), seed=1, days=3)
    return {}


def year(freelancers: int) -> dict[str, Any]:
    """One year of a large market on one core."""
    warm()
    begun = time.process_time()
    played = play(NOW, population("upwork-2023").sized(freelancers), seed=1, days=DAYS)
    seconds = time.process_time() - begun
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
    return {
        "year_seconds": round(seconds, 1),
        "year_proposals": played.counters["proposals"],
        "year_gb": round(gigabytes, 2),
    }


def two_arms(freelancers: int) -> dict[str, Any]:
    """Two arms at once, by the clock on the wall."""
    warm()
    people = population("upwork-2023").sized(freelancers)
    begun = time.perf_counter()
    play_all([Wanted(arm, people, 1, DAYS) for arm in (NOW, DOUBLED)], processes=2)
    return {"two_arms_seconds": round(time.perf_counter() - begun, 1)}


def study(freelancers: int) -> dict[str, Any]:
    """A study of two arms and 20 seeds, a tenth of that market over 180 days, with its report.

    Nothing is kept of earlier ones; by the clock on the wall.
    """
    warm()
    arms_of_it = [
        {"name": "now", "policy": "upwork-2023"},
        {"name": "doubled", "policy": "upwork-2023", "change": {"card": {"multiply": 2}}},
    ]
    tables = {
        "title": "Doubling the card",
        "days": 180,
        "seeds": 20,
        "freelancers": max(freelancers // 10, 50),
        "behaviour": ACTS.changes,
        "arm": arms_of_it,
    }
    with TemporaryDirectory() as folder:
        begun = time.perf_counter()
        plan = planned(Study.model_validate(tables), "the bench", Path())
        played = all_played(plan.runs, RunStore(Path(folder)), 2, lambda _: None)
        report(found_of(plan, played))
        return {"study_seconds": round(time.perf_counter() - begun, 1)}


def beside_mesa(freelancers: int) -> dict[str, Any]:
    """The same toy market, as large each time, in Mesa, over bare numbers, and over exact lots."""
    in_mesa = toy.in_mesa(freelancers, 40)
    bare = toy.over_bare_numbers(freelancers, 40)
    exact = toy.over_exact_lots(freelancers, 40)
    return {
        "agent_days_vs_mesa": round(bare.agent_days / in_mesa.agent_days, 1),
        "proposals_vs_mesa": round(exact.proposals / in_mesa.proposals, 1),
    }


def differences(steps: int) -> dict[str, Any]:
    """Random commands through the arrays and through the ledger."""
    told = first_difference(steps, seed=1)
    if told is not None:
        print(told, file=sys.stderr)
    return {"differences": int(told is not None)}


def replay(proposals: int) -> dict[str, Any]:
    """A replay out of a PostgreSQL server of its own, by the clock on the wall."""
    command = [sys.executable, "-m", "bench.lab.replayed", str(proposals)]
    server = [sys.executable, "-m", "tests.servers.postgres", "--"]
    told = subprocess.run([*server, *command], stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return found


PARTS: dict[str, Callable[[int], dict[str, Any]]] = {
    "machine-code": warm,  # in a process of its own, since making it takes half a gigabyte
    "year": year,
    "two-arms": two_arms,
    "study": study,
    "mesa": beside_mesa,
    "differences": differences,
    "replay": replay,
}


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("part", choices=PARTS)
    asked.add_argument("size", type=int)
    options = asked.parse_args()
    print(json.dumps(PARTS[options.part](options.size)))


if __name__ == "__main__":
    main()

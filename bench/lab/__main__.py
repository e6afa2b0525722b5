"""How fast the laboratory is on this machine.

    python -m bench.lab [--json] [--freelancers 100000] [--steps 1000000] [--proposals 10000000]

or `connects bench lab`. Seconds of one core are processor time; those of several are the wall's.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from typing import Any

from bench.lab.parts import PARTS

BARS = {
    "year_seconds": "≤ 60",
    "year_proposals": "≥ 20,000,000",
    "year_gb": "≤ 1.5",
    "two_arms_seconds": "≤ 75",
    "agent_days_vs_mesa": "≥ 15",
    "proposals_vs_mesa": "≥ 5",
    "replay_seconds": "≤ 60",
    "replay_gb": "≤ 2",
    "study_seconds": "≤ 60",
    "differences": "0",
}


def main(arguments: list[str] | None = None) -> int:
    asked = argparse.ArgumentParser(prog="connects bench lab", description="How fast it plays.")
    asked.add_argument("--freelancers", type=int, default=100_000, help="of the large market")
    asked.add_argument("--steps", type=int, default=1_000_000, help="random commands compared")
    asked.add_argument("--proposals", type=int, default=10_000_000, help="that are replayed")
    asked.add_argument("--json", action="store_true", help="the result as JSON, for programs")
    options = asked.parse_args(arguments)
    if options.freelancers < 1000 or options.steps < 1 or options.proposals < 1000:
        asked.error("at least 1,000 freelancers, 1,000 proposals and 1 step are needed")
    result: dict[str, Any] = dict.fromkeys(BARS)
    sizes = {"differences": options.steps, "replay": options.proposals}
    for part in PARTS:
        size = sizes.get(part, options.freelancers)
        print(f"{part} …", file=sys.stderr)
        told = subprocess.run(
            [sys.executable, "-m", "bench.lab.parts", part, str(size)],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        result.update(json.loads(told.stdout))
    if options.json:
        print(json.dumps(result, indent=2))
    else:
        for name, value in result.items():
            print(f"{name:20} {value!s:>12}   {BARS[name]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

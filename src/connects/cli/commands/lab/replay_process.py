"""A replay as a process of its own: it reads in one transaction, in which nothing can be noted."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from typing import NamedTuple

from connects.vocabulary.typed_input import whole_number


class Ran(NamedTuple):
    """What a replay answered."""

    code: int
    told: str
    problem: str


def run_replay(arguments: Sequence[str], says: Callable[[int], None]) -> Ran:
    """Run `connects lab replay`; `says` hears how many percent are done."""
    command = [sys.executable, "-m", "connects.cli", "lab", "replay", *arguments]
    problems = []
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as answer,
        subprocess.Popen(  # noqa: S603 our own program
            command, stdout=answer, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        ) as process,
    ):
        assert process.stderr is not None
        for line in process.stderr:
            percent = percent_of(line)
            if percent is None:
                problems.append(line)
            else:
                says(percent)
        code = process.wait()
        answer.seek(0)
        return Ran(code, answer.read(), "".join(problems))


def percent_of(line: str) -> int | None:
    """How far it is, where a line says that."""
    percent, is_progress, _ = line.partition(" %  ")
    return whole_number(percent.strip()) if is_progress else None

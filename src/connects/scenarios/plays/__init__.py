"""Plays of the verbs: each calls the very act that the pages call.

A service's refusal is handed back as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connects.scenarios.plays import credits, jobs, money, people, proposals, teams
from connects.scenarios.stage import Stage, Verb


def wait(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    """Time has been moved on already, before the verb was played."""
    return keys["for"]


PLAY: dict[str, Verb] = {
    **people.PLAY,
    **teams.PLAY,
    **money.PLAY,
    **credits.PLAY,
    **jobs.PLAY,
    **proposals.PLAY,
    "wait": wait,
}

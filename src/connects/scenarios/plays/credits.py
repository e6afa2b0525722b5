"""Connects that are given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connects.market.grants import courtesy
from connects.scenarios.stage import Stage, Verb
from connects.vocabulary.moments import as_moment


def grant(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    expires = as_moment(keys["expires"]) if "expires" in keys else None
    return courtesy.grant(account, keys["credits"], keys["reason"], None, f"step-{number}", expires)


PLAY: dict[str, Verb] = {
    "grant": grant,
}

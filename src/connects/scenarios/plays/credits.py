"""Connects that are given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from connects.bootstrap.clock import now as clock_now
from connects.market.grants import courtesy, promos
from connects.scenarios.stage import Stage, Verb
from connects.vocabulary.moments import as_moment
from connects.vocabulary.refusals import Refused

LASTS = timedelta(days=3650)
"""How long a story's promo codes can be used."""


def grant(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    expires = as_moment(keys["expires"]) if "expires" in keys else None
    return courtesy.grant(account, keys["credits"], keys["reason"], None, f"step-{number}", expires)


def promo(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account, now = stage.account(keys["account"]), clock_now()
    if "connects" in keys:
        terms = promos.PromoTerms(
            code=keys["code"], connects=keys["connects"], valid_from=now, valid_until=now + LASTS
        )
        made = promos.make_promo(terms, None)
        if isinstance(made, Refused):
            return made
    return promos.redeem(account, keys["code"], f"step-{number}")


PLAY: dict[str, Verb] = {
    "grant": grant,
    "promo": promo,
}

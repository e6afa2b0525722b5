"""Plans and moves in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from connects.policy.terms import RuleBook
from connects.statements.move_forecast import MoveForecast
from connects.statements.words import day_text, some_connects


def fate_lines(forecast: MoveForecast, after: RuleBook, renews: datetime) -> Iterator[str]:
    """What becomes of the Connects that an account holds when it moves."""
    yield (
        f"You keep all {some_connects(forecast.held)}, each with the expiry date that it has now."
        if forecast.held
        else "You have no Connects now, so you can lose none."
    )
    if forecast.trimmed_after:
        yield (
            f"At your renewal on {day_text(renews)}, {forecast.trimmed_after} of them will not roll over,"
            " unless you use them before. That is no more than under the rules of today."
        )
    if forecast.granted:
        yield f"You get {some_connects(forecast.granted)} when the rules change."
    if forecast.per_month_before != forecast.per_month_after:
        yield (
            f"From your renewal on {day_text(renews)}, your plan brings {forecast.per_month_after}"
            f" Connects per month, instead of {forecast.per_month_before}."
        )
    if after.limits.balance is None:
        yield "There is no limit to how many you can have."

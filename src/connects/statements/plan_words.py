"""Plans and moves in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from connects.policy.terms import RuleBook
from connects.statements.move_forecast import MoveForecast
from connects.statements.words import day_text


def fate_lines(forecast: MoveForecast, after: RuleBook, renews: datetime) -> Iterator[str]:
    """What becomes of the Connects that an account holds when it moves."""
    yield (
        f"Your {forecast.held} Connects stay yours, each with the expiry that it has now."
        if forecast.held
        else "You hold no Connects now, so none can be lost."
    )
    if forecast.trimmed_after:
        yield (
            f"At your renewal on {day_text(renews)}, {forecast.trimmed_after} of them will not roll over,"
            " unless you use them before; that is no more than under the present rules."
        )
    if forecast.granted:
        yield f"You get {forecast.granted} Connects when the rules change."
    if forecast.per_month_before != forecast.per_month_after:
        yield (
            f"Your plan brings {forecast.per_month_after} Connects per month then,"
            f" instead of {forecast.per_month_before}, from your renewal on {day_text(renews)} on."
        )
    if after.limits.balance is None:
        yield "There is no limit to how many you may hold."

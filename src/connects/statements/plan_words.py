"""Plans and moves in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from connects.policy.terms import RuleBook
from connects.statements.move_forecast import MoveForecast
from connects.statements.words import day_text, some_connects
from connects.wording.messages import gettext as _


def fate_lines(forecast: MoveForecast, after: RuleBook, renews: datetime) -> Iterator[str]:
    """What becomes of the Connects that an account holds when it moves."""
    yield (
        _(
            "You keep all {held}, each with the expiry date that it has now.",
            held=some_connects(forecast.held),
        )
        if forecast.held
        else _("You have no Connects now, so you can lose none.")
    )
    if forecast.trimmed_after:
        yield (
            _(
                "At your renewal on {renews}, {trimmed_after} of them will not roll over,"
                " unless you use them before. That is no more than under the rules of"
                " today.",
                renews=day_text(renews),
                trimmed_after=forecast.trimmed_after,
            )
        )
    if forecast.granted:
        yield _("You get {granted} when the rules change.", granted=some_connects(forecast.granted))
    if forecast.per_month_before != forecast.per_month_after:
        yield (
            _(
                "From your renewal on {renews}, your plan brings {per_month_after}"
                " Connects per month, instead of {per_month_before}.",
                renews=day_text(renews),
                per_month_after=forecast.per_month_after,
                per_month_before=forecast.per_month_before,
            )
        )
    if after.limits.balance is None:
        yield _("There is no limit to how many you can have.")

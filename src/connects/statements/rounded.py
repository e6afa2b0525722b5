"""Round amounts that nobody stated: digits that are not known are not shown."""

from __future__ import annotations

from connects.vocabulary.amounts import Cents, Money, decimals_of
from connects.wording.messages import gettext as _

SHOWN_UP_TO_TIMES = 10
"""An interval whose upper end is more often the lower one says nothing that helps."""

LEADING = (10, 12, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90, 100)


def about(cents: Cents, currency: str) -> str:
    """“about $9,000”."""
    return _("about {amount}", amount=_money(cents, currency))


def likely(low: Cents, high: Cents, currency: str) -> str:
    """“likely between $3,000 and $20,000”; empty where that would be no help, or begin at nothing."""
    ends = rounded(low, currency), rounded(high, currency)
    if ends[0] <= 0 or ends[0] == ends[1] or high > SHOWN_UP_TO_TIMES * low:
        return ""
    return _(
        "likely between {low} and {high}", low=_money(low, currency), high=_money(high, currency)
    )


def rounded(cents: Cents, currency: str) -> Cents:
    """The nearest amount that a person would say: whole units, one digit or two that say something."""
    unit: int = 10 ** decimals_of(currency)
    whole = cents / unit
    if whole < 10:
        return round(whole) * unit
    scale: int = 10 ** (len(str(int(whole))) - 2)
    return min((lead * scale for lead in LEADING), key=lambda near: abs(near - whole)) * unit


def _money(cents: Cents, currency: str) -> str:
    near = rounded(cents, currency)
    return Money(near or cents, currency).whole

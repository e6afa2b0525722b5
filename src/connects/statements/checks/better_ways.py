"""Better ways than an act that loses Connects."""

from __future__ import annotations

from datetime import datetime

from connects.statements.checks.check import OtherWay
from connects.statements.words import day_text
from connects.wording.messages import gettext as _


def ways_to_lose_less(spared: datetime | None, rules: str) -> tuple[OtherWay, ...]:
    """How to lose nothing, where waiting for other `rules` does it; and how to lose fewer."""
    fewer = OtherWay(
        _("How to lose fewer"),
        _("Each Connect that you spend before is one less to lose."),
        _("Find work"),
        "find-work",
    )
    if spared is None:
        return (fewer,)
    wait = OtherWay(
        _("How to lose nothing"),
        _(
            "Wait until {day}. Then you move to {rules}, and under them all of your Connects roll over.",
            day=day_text(spared),
            rules=rules,
        ),
        _("See what changes for you"),
        "membership",
    )
    return (wait, fewer)

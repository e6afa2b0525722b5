"""The check of a freeze: what an agency's frozen plan means."""

from __future__ import annotations

from datetime import datetime, timedelta

from connects.statements.checks.check import Check
from connects.statements.words import day_text, some_connects
from connects.vocabulary.amounts import Connects
from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext


def check_of_freeze(
    agency: str,
    members: int,
    left: timedelta,
    balance: Connects,
    expiring: tuple[Connects, datetime] | None,
) -> Check:
    """Who can no longer propose, what is left of the month, and what expires meanwhile all the same."""
    stay = (
        _("Your {balance} stay, and expire as ever.", balance=some_connects(balance))
        if balance
        else ""
    )
    notes = [stay] if stay else []
    if expiring is not None:
        notes.append(
            ngettext(
                "The next {n} expires on {day}, frozen or not.",
                "The next {n} expire on {day}, frozen or not.",
                expiring[0],
                day=day_text(expiring[1]),
            )
        )
    days = max(left.days, 0)
    return Check(
        act=_("freeze the plan"),
        means=ngettext(
            "{n} person can no longer propose for {agency}",
            "{n} people can no longer propose for {agency}",
            members,
            agency=agency,
        ),
        because=ngettext(
            "Nothing renews and nothing is charged while it is frozen. The {n} day that is left of the"
            " month is still there afterwards.",
            "Nothing renews and nothing is charged while it is frozen. The {n} days that are left of the"
            " month are still there afterwards.",
            days,
        ),
        loses=False,
        notes=tuple(notes),
        undo=_("You can revive the plan at any time on this page."),
        button=_("Freeze the plan of {agency}", agency=agency),
        keep=_("Keep it running"),
    )

"""Checks of what agencies and developers do: remove a member, revoke a key."""

from __future__ import annotations

from datetime import date

from connects.statements.checks.check import Check
from connects.statements.words import day_text, some_connects
from connects.vocabulary.amounts import Connects
from connects.wording.messages import gettext as _
from connects.wording.messages import mark, ngettext


def check_of_removal(
    name: str, agency: str, open_proposals: int, spent: Connects, *, admin: bool
) -> Check:
    """What the member can no longer do, and what stays with the agency."""
    stays = (
        ngettext(
            "{n} open proposal of theirs stays with {agency}, and so does what comes back.",
            "{n} open proposals of theirs stay with {agency}, and so does what comes back.",
            open_proposals,
            agency=agency,
        )
        if open_proposals
        else _("They have no open proposal for {agency}.", agency=agency)
    )
    today = (
        mark("They are an admin today, and spent {spent} of yours this month.")
        if admin
        else mark("They are a member today, and spent {spent} of yours this month.")
    )
    return Check(
        act=_("remove {name} from the team", name=name),
        means=_("{name} can no longer spend the Connects of {agency}", name=name, agency=agency),
        because=f"{_(today, spent=some_connects(spent))} {stays}",
        loses=False,
        undo=_("You can invite them again. They join once they accept."),
        button=_("Remove {name}", name=name),
        keep=_("Keep {name}", name=name),
    )


def check_of_key(name: str, last_used: date | None) -> Check:
    """Since when a key was used, and that its program stops."""
    used = (
        _("It was last used on {last_used}.", last_used=day_text(last_used))
        if last_used
        else _("It was never used.")
    )
    return Check(
        act=_("revoke the key “{name}”", name=name),
        means=_("Programs that use this key stop working at once"),
        because=used,
        undo=_("You cannot undo this. You can make a new key."),
        button=_("Revoke “{name}”", name=name),
        keep=_("Keep the key"),
    )

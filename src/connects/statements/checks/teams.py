"""Checks of what agencies and developers do: freeze the plan, remove a member, revoke a key."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from connects.statements.checks.check import Check, counted
from connects.statements.words import day_text, some_connects
from connects.vocabulary.amounts import Connects


def check_of_freeze(
    agency: str,
    members: int,
    left: timedelta,
    balance: Connects,
    expiring: tuple[Connects, datetime] | None,
) -> Check:
    """Who can no longer propose, what is left of the month, and what expires meanwhile all the same."""
    stay = f"Your {some_connects(balance)} stay, and expire as ever." if balance else ""
    notes = [stay] if stay else []
    if expiring is not None:
        expire = "expires" if expiring[0] == 1 else "expire"
        notes.append(f"The next {expiring[0]} {expire} on {day_text(expiring[1])}, frozen or not.")
    days = max(left.days, 0)
    return Check(
        act="freeze the plan",
        means=f"{counted(members, 'person', 'people')} can no longer propose for {agency}",
        because=(
            "Nothing renews and nothing is charged while it is frozen. The"
            f" {counted(days, 'day')} that are left of the month are still there afterwards."
        ),
        loses=False,
        notes=tuple(notes),
        undo="You can revive the plan at any time on this page.",
        button=f"Freeze the plan of {agency}",
        keep="Keep it running",
    )


def check_of_removal(
    name: str, agency: str, open_proposals: int, spent: Connects, *, admin: bool
) -> Check:
    """What the member can no longer do, and what stays with the agency."""
    stays = (
        f"{counted(open_proposals, 'open proposal')} of theirs"
        f" {'stays' if open_proposals == 1 else 'stay'} with {agency}, and so does what comes back."
        if open_proposals
        else f"They have no open proposal for {agency}."
    )
    role = "an admin" if admin else "a member"
    return Check(
        act=f"remove {name} from the team",
        means=f"{name} can no longer spend the Connects of {agency}",
        because=f"They are {role} today, and spent {some_connects(spent)} of yours this month. {stays}",
        loses=False,
        undo="You can invite them again. They join once they accept.",
        button=f"Remove {name}",
        keep=f"Keep {name}",
    )


def check_of_key(name: str, last_used: date | None) -> Check:
    """Since when a key was used, and that its program stops."""
    used = f"It was last used on {day_text(last_used)}." if last_used else "It was never used."
    return Check(
        act=f"revoke the key “{name}”",
        means="Programs that use this key stop working at once",
        because=used,
        undo="You cannot undo this. You can make a new key.",
        button=f"Revoke “{name}”",
        keep="Keep the key",
    )

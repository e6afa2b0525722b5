"""Checks of what staff do to the moves of many accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from connects.statements.checks.check import Bill, Check, Line
from connects.statements.checks.check import accounts as accounts_of
from connects.statements.words import instant_text, some_connects
from connects.vocabulary.amounts import Connects
from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext


@dataclass(frozen=True, slots=True, kw_only=True)
class RolloutCounts:
    """How many accounts of a rollout are where."""

    before: str
    after: str
    planned: int
    told: int
    moved: int


def check_of_roll_back(told: RolloutCounts) -> Check:
    """Who moves back, and who is told again."""
    return Check(
        act=_("roll {after} back", after=told.after),
        means=ngettext(
            "{n} member moves back to {before}",
            "{n} members move back to {before}",
            told.moved,
            before=told.before,
        ),
        because=" ".join(filter(None, (_were_told(told.told), _not_told_yet(told.planned)))),
        bills=(
            Bill(
                _("Accounts"),
                (
                    Line(_("Move back"), f"{told.moved}"),
                    Line(_("Told again"), f"{told.told + told.moved}"),
                    Line(_("Stay where they are"), f"{told.planned + told.told}", "sum"),
                ),
            ),
        ),
        notes=(_("Nobody loses a Connect. What was granted meanwhile stays granted."),),
        agree=ngettext(
            "{n} member moves back",
            "{n} members move back",
            told.moved,
        ),
        undo=_("You cannot undo this. You can draft a new rollout."),
        button=_("Roll back {accounts}", accounts=accounts_of(told.moved)),
        keep=_("Let the rollout go on"),
    )


def check_of_pause(told: RolloutCounts) -> Check:
    """Who waits meanwhile."""
    waiting = told.planned + told.told
    return Check(
        act=_("pause the rollout of {after}", after=told.after),
        means=ngettext(
            "{n} account waits until you resume",
            "{n} accounts wait until you resume",
            waiting,
        ),
        because=ngettext(
            "Nobody is told or moved meanwhile. {n} knows of the move already, and their date may pass."
            " No notice gets shorter when you resume.",
            "Nobody is told or moved meanwhile. {n} know of the move already, and their date may pass."
            " No notice gets shorter when you resume.",
            told.told,
        ),
        loses=False,
        undo=_("You can resume at any time."),
        button=ngettext("Pause {n} move", "Pause {n} moves", waiting),
        keep=_("Let it go on"),
    )


def check_of_schedule(
    after: str,
    first: datetime | None,
    accounts: int,
    losers: int,
    lost: Connects,
    *,
    has_dry_run: bool,
) -> Check:
    """How many accounts move, and how many of them would lose what, by the dry run."""
    if not has_dry_run:
        harm = _("There is no dry run of it yet. Make one first to see who would lose what.")
    elif losers:
        harm = _(
            "By the dry run {losers} would lose {lost}, at their next renewal.",
            losers=accounts_of(losers),
            lost=some_connects(lost),
        )
    else:
        harm = _("By the dry run nobody loses a Connect.")
    return Check(
        act=_("schedule the move to {after}", after=after),
        means=ngettext(
            "{n} account moves to {after}",
            "{n} accounts move to {after}",
            accounts,
            after=after,
        ),
        because=harm,
        loses=bool(losers),
        notes=(
            _("The first of them move on {first}, and are told before.", first=instant_text(first)),
        )
        if first
        else (),
        undo=_("You can pause it, and roll it back."),
        button=ngettext("Schedule {n} move", "Schedule {n} moves", accounts),
        keep=_("Leave it a draft"),
    )


def _were_told(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "{n} was told and stays: they are told again.",
        "{n} were told and stay: they are told again.",
        number,
    )


def _not_told_yet(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "{n} was not told yet and stays.",
        "{n} were not told yet and stay.",
        number,
    )

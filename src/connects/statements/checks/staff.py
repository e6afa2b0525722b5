"""Checks of what staff do to accounts and jobs."""

from __future__ import annotations

from connects.statements.checks.check import Bill, Check, Line, going_back
from connects.statements.checks.work import EndForecast
from connects.statements.move_forecast import MoveForecast
from connects.statements.words import some_connects
from connects.vocabulary.amounts import Connects
from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext


def check_of_client_suspension(name: str, forecast: EndForecast) -> Check:
    """Which jobs end, and who gets what back."""
    return Check(
        act=_("suspend {name}", name=name),
        means=ngettext(
            "{n} open job of {name} ends", "{n} open jobs of {name} end", forecast.jobs, name=name
        )
        if forecast.jobs
        else _("{name} can no longer post or hire", name=name),
        because=forecast.words() if forecast.jobs else _("They have no open job."),
        notes=(_("{name} is told, with your reason.", name=name),),
        agree=_("{name} can no longer post or hire, and their open jobs end", name=name),
        undo=_("You can reinstate them. The jobs stay ended, and what went back stays back."),
        button=_("Suspend {name}", name=name),
        keep=_("Leave {name} as they are", name=name),
    )


def check_of_member_suspension(
    name: str, balance: Connects, waiting: int, plan: str, members: int
) -> Check:
    """What a freelancer or an agency can no longer do; what they hold stays."""
    notes = [_("{name} is told, with your reason.", name=name)]
    if plan:
        notes.append(
            _("Their {plan} membership is not charged again, and ends with its month.", plan=plan)
        )
    if members:
        notes.append(
            ngettext(
                "{n} person can no longer propose for {name}.",
                "{n} people can no longer propose for {name}.",
                members,
                name=name,
            )
        )
    keep = _("They keep their {balance}.", balance=some_connects(balance))
    stay = ngettext(
        "{n} proposal that waits for an answer stays with its client.",
        "{n} proposals that wait for an answer stay with their clients.",
        waiting,
    )
    return Check(
        act=_("suspend {name}", name=name),
        means=_("{name} can no longer propose, buy or be hired", name=name),
        because=f"{keep} {stay}",
        notes=tuple(notes),
        agree=_("{name} can no longer propose, buy or be hired", name=name),
        undo=_("You can reinstate them at any time."),
        button=_("Suspend {name}", name=name),
        keep=_("Leave {name} as they are", name=name),
    )


def check_of_reinstatement(name: str) -> Check:
    """What somebody may do again; jobs that ended stay ended."""
    return Check(
        act=_("reinstate {name}", name=name),
        means=_("{name} can propose, hire and buy again", name=name),
        because=_("Jobs that ended with the suspension stay ended. They are told."),
        loses=False,
        undo=_("You can suspend them again."),
        button=_("Reinstate {name}", name=name),
        keep=_("Leave them suspended"),
    )


def check_of_removal_of_job(title: str, client: str, forecast: EndForecast, flags: int) -> Check:
    """Who gets how much back, and whose flags are upheld."""
    notes = [_("{client} is told, with your reason.", client=client)]
    if flags:
        notes.append(ngettext("{n} flag is upheld.", "{n} flags are upheld.", flags))
    return Check(
        act=_("remove “{title}”", title=title),
        means=(
            going_back(forecast.connects, forecast.people)
            if forecast.connects
            else _("No Connects go back to anyone: nobody paid")
        ),
        because=ngettext(
            "{n} person who waits for an answer is told.",
            "{n} people who wait for an answer are told.",
            forecast.told,
        ),
        notes=tuple(notes),
        agree=_("The job breaks the rules, and is removed for good"),
        undo=_("You cannot undo this. The client can post it again once it is changed."),
        button=_(
            "Remove the job and give {connects} back", connects=some_connects(forecast.connects)
        )
        if forecast.connects
        else _("Remove the job"),
        keep=_("Leave the job up"),
    )


def check_of_move(
    name: str, before: str, after: str, forecast: MoveForecast | None, *, notice_days: int
) -> Check:
    """What a move of one account does to what it holds."""
    when = (
        ngettext("after {n} day of notice", "after {n} days of notice", notice_days)
        if notice_days
        else _("now")
    )
    if forecast is None:
        means, loses = _("{name} moves to {after} {when}", name=name, after=after, when=when), False
    elif forecast.lost:
        means = _(
            "{name} would lose {lost} of {held}",
            name=name,
            lost=forecast.lost,
            held=some_connects(forecast.held),
        )
        loses = True
    else:
        means, loses = (
            _("{name} keeps all {held}", name=name, held=some_connects(forecast.held)),
            False,
        )
    lines: list[str] = []
    if forecast is not None and forecast.granted:
        lines.append(
            _("They get {granted} with the move.", granted=some_connects(forecast.granted))
        )
    if forecast is not None and forecast.per_month_before != forecast.per_month_after:
        lines.append(
            _(
                "Their plan brings {per_month_after} Connects a month, not {per_month_before}.",
                per_month_after=forecast.per_month_after,
                per_month_before=forecast.per_month_before,
            )
        )
    return Check(
        act=_("move {name}", name=name),
        means=means,
        because=_(
            "They move from {before} to {after} {when}.", before=before, after=after, when=when
        ),
        loses=loses,
        notes=tuple(lines),
        undo=_("You can move them back."),
        button=_("Move {name} to {after}", name=name, after=after),
        keep=_("Leave {name} on {before}", name=name, before=before),
    )


def check_of_void(name: str, credits: Connects, balance: Connects) -> Check:
    """What is taken of what somebody holds."""
    return Check(
        act=_("take Connects back from {name}", name=name),
        means=_(
            "{name} would lose {credits} of {balance}",
            name=name,
            credits=credits,
            balance=some_connects(balance),
        ),
        because=_(
            "No money moves. Above what one person may take back, a second one decides first."
        ),
        bills=(
            Bill(
                _("Their Connects"),
                (
                    Line(_("They hold now"), f"{balance}"),
                    Line(_("Taken back"), f"−{credits}", "down"),
                    Line(_("They will hold"), f"{balance - credits}", "sum"),
                ),
            ),
        ),
        notes=(_("{name} is told, with your reason.", name=name),),
        agree=_("{name} loses {credits}", name=name, credits=some_connects(credits)),
        undo=_("You can grant Connects again."),
        button=_("Take {credits} back", credits=some_connects(credits)),
        keep=_("Leave them with the member"),
    )


def check_of_erasure(name: str, lines: tuple[str, ...]) -> Check:
    """What ends and is erased for good."""
    return Check(
        act=_("erase {name}", name=name),
        means=_("Everything personal of {name} is erased for good", name=name),
        because=_("The journal, receipts and the activity log stay."),
        notes=lines,
        agree=_("{name} is closed and erased, and cannot come back", name=name),
        undo=_("You cannot undo this."),
        button=_("Erase {name}", name=name),
        keep=_("Keep {name}", name=name),
    )


def check_of_api_client(name: str, keys: int, key: str = "") -> Check:
    """Which keys of a program stop working."""
    what = _("the key {key}… of “{name}”", key=key, name=name) if key else _("“{name}”", name=name)
    return Check(
        act=_("revoke {what}", what=what),
        means=_("Programs that use this key stop working at once")
        if key
        else ngettext(
            "{n} key of “{name}” stops working at once",
            "{n} keys of “{name}” stop working at once",
            keys,
            name=name,
        ),
        undo=_("You cannot undo this. You can make a new key."),
        button=_("Revoke {what}", what=what),
        keep=_("Keep it"),
    )

"""Checks of what staff do to accounts, jobs and rollouts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from connects.statements.checks.check import Bill, Check, Line, counted
from connects.statements.checks.work import EndForecast, freelancers
from connects.statements.move_forecast import MoveForecast
from connects.statements.words import instant_text, some_connects
from connects.vocabulary.amounts import Connects


def check_of_client_suspension(name: str, forecast: EndForecast) -> Check:
    """Which jobs end, and who gets what back."""
    return Check(
        act=f"suspend {name}",
        means=f"{counted(forecast.jobs, 'open job')} of {name}"
        f" {'ends' if forecast.jobs == 1 else 'end'}"
        if forecast.jobs
        else f"{name} can no longer post or hire",
        because=forecast.words() if forecast.jobs else "They have no open job.",
        notes=(f"{name} is told, with your reason.",),
        agree=f"{name} can no longer post or hire, and their open jobs end",
        undo="You can reinstate them. The jobs stay ended, and what went back stays back.",
        button=f"Suspend {name}",
        keep=f"Leave {name} as they are",
    )


def check_of_member_suspension(
    name: str, balance: Connects, waiting: int, plan: str, members: int
) -> Check:
    """What a freelancer or an agency can no longer do; what they hold stays."""
    notes = [f"{name} is told, with your reason."]
    if plan:
        notes.append(f"Their {plan} membership is not charged again, and ends with its month.")
    if members:
        notes.append(f"{counted(members, 'person', 'people')} can no longer propose for {name}.")
    stay = "stays" if waiting == 1 else "stay"
    return Check(
        act=f"suspend {name}",
        means=f"{name} can no longer propose, buy or be hired",
        because=(
            f"They keep their {some_connects(balance)}."
            f" {counted(waiting, 'proposal')} that {'waits' if waiting == 1 else 'wait'} for an answer"
            f" {stay} with {'its client' if waiting == 1 else 'their clients'}."
        ),
        notes=tuple(notes),
        agree=f"{name} can no longer propose, buy or be hired",
        undo="You can reinstate them at any time.",
        button=f"Suspend {name}",
        keep=f"Leave {name} as they are",
    )


def check_of_reinstatement(name: str) -> Check:
    """What somebody may do again; jobs that ended stay ended."""
    return Check(
        act=f"reinstate {name}",
        means=f"{name} can propose, hire and buy again",
        because="Jobs that ended with the suspension stay ended. They are told.",
        loses=False,
        undo="You can suspend them again.",
        button=f"Reinstate {name}",
        keep="Leave them suspended",
    )


def check_of_removal_of_job(title: str, client: str, forecast: EndForecast, flags: int) -> Check:
    """Who gets how much back, and whose flags are upheld."""
    goes = "goes" if forecast.connects == 1 else "go"
    notes = [f"{client} is told, with your reason."]
    if flags:
        notes.append(f"{counted(flags, 'flag')} {'is' if flags == 1 else 'are'} upheld.")
    return Check(
        act=f"remove “{title}”",
        means=(
            f"{some_connects(forecast.connects)} {goes} back to {freelancers(forecast.people)}"
            if forecast.connects
            else "No Connects go back to anyone: nobody paid"
        ),
        because=f"{counted(forecast.told, 'person', 'people')} who wait for an answer are told.",
        notes=tuple(notes),
        agree="The job breaks the rules, and is removed for good",
        undo="You cannot undo this. The client can post it again once it is changed.",
        button=f"Remove the job and give {some_connects(forecast.connects)} back"
        if forecast.connects
        else "Remove the job",
        keep="Leave the job up",
    )


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
        act=f"roll {told.after} back",
        means=f"{counted(told.moved, 'member')} {_move(told.moved)} back to {told.before}",
        because=(
            f"{_more(told.told, 'was', 'were')} told and {_stay(told.told)}: they are told again."
            f" {_more(told.planned, 'was', 'were')} not told yet and {_stay(told.planned)}."
        ),
        bills=(
            Bill(
                "Accounts",
                (
                    Line("Move back", f"{told.moved}"),
                    Line("Told again", f"{told.told + told.moved}"),
                    Line("Stay where they are", f"{told.planned + told.told}", "sum"),
                ),
            ),
        ),
        notes=("Nobody loses a Connect. What was granted meanwhile stays granted.",),
        agree=f"{counted(told.moved, 'member')} {_move(told.moved)} back",
        undo="You cannot undo this. You can draft a new rollout.",
        button=f"Roll back {counted(told.moved, 'account')}",
        keep="Let the rollout go on",
    )


def check_of_pause(told: RolloutCounts) -> Check:
    """Who waits meanwhile."""
    waiting = told.planned + told.told
    return Check(
        act=f"pause the rollout of {told.after}",
        means=f"{counted(waiting, 'account')} {'waits' if waiting == 1 else 'wait'} until you resume",
        because=(
            f"Nobody is told or moved meanwhile. {_more(told.told, 'knows', 'know')} of the move already,"
            " and their date may pass. No notice gets shorter when you resume."
        ),
        loses=False,
        undo="You can resume at any time.",
        button=f"Pause {counted(waiting, 'move')}",
        keep="Let it go on",
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
        harm = "There is no dry run of it yet. Make one first to see who would lose what."
    elif losers:
        harm = (
            f"By the dry run {counted(losers, 'account')} would lose {some_connects(lost)}, at their"
            " next renewal."
        )
    else:
        harm = "By the dry run nobody loses a Connect."
    return Check(
        act=f"schedule the move to {after}",
        means=f"{counted(accounts, 'account')} {_move(accounts)} to {after}",
        because=harm,
        loses=bool(losers),
        notes=(f"The first of them move on {instant_text(first)}, and are told before.",)
        if first
        else (),
        undo="You can pause it, and roll it back.",
        button=f"Schedule {counted(accounts, 'move')}",
        keep="Leave it a draft",
    )


def check_of_move(
    name: str, before: str, after: str, forecast: MoveForecast | None, *, notice_days: int
) -> Check:
    """What a move of one account does to what it holds."""
    when = f"after {counted(notice_days, 'day')} of notice" if notice_days else "now"
    if forecast is None:
        means, loses = f"{name} moves to {after} {when}", False
    elif forecast.lost:
        means = f"{name} would lose {forecast.lost} of {some_connects(forecast.held)}"
        loses = True
    else:
        means, loses = f"{name} keeps all {some_connects(forecast.held)}", False
    lines: list[str] = []
    if forecast is not None and forecast.granted:
        lines.append(f"They get {some_connects(forecast.granted)} with the move.")
    if forecast is not None and forecast.per_month_before != forecast.per_month_after:
        lines.append(
            f"Their plan brings {forecast.per_month_after} Connects a month, not"
            f" {forecast.per_month_before}."
        )
    return Check(
        act=f"move {name}",
        means=means,
        because=f"They move from {before} to {after} {when}.",
        loses=loses,
        notes=tuple(lines),
        undo="You can move them back.",
        button=f"Move {name} to {after}",
        keep=f"Leave {name} on {before}",
    )


def check_of_void(name: str, credits: Connects, balance: Connects) -> Check:
    """What is taken of what somebody holds."""
    return Check(
        act=f"take Connects back from {name}",
        means=f"{name} would lose {credits} of {some_connects(balance)}",
        because="No money moves. Above what one person may take back, a second one decides first.",
        bills=(
            Bill(
                "Their Connects",
                (
                    Line("They hold now", f"{balance}"),
                    Line("Taken back", f"−{credits}", "down"),
                    Line("They will hold", f"{balance - credits}", "sum"),
                ),
            ),
        ),
        notes=(f"{name} is told, with your reason.",),
        agree=f"{name} loses {some_connects(credits)}",
        undo="You can grant Connects again.",
        button=f"Take {some_connects(credits)} back",
        keep="Leave them with the member",
    )


def check_of_erasure(name: str, lines: tuple[str, ...]) -> Check:
    """What ends and is erased for good."""
    return Check(
        act=f"erase {name}",
        means=f"Everything personal of {name} is erased for good",
        because="The journal, receipts and the activity log stay.",
        notes=lines,
        agree=f"{name} is closed and erased, and cannot come back",
        undo="You cannot undo this.",
        button=f"Erase {name}",
        keep=f"Keep {name}",
    )


def check_of_api_client(name: str, keys: int, key: str = "") -> Check:
    """Which keys of a program stop working."""
    what = f"the key {key}… of “{name}”" if key else f"“{name}”"
    return Check(
        act=f"revoke {what}",
        means="Programs that use this key stop working at once"
        if key
        else f"{counted(keys, 'key')} of “{name}” {'stops' if keys == 1 else 'stop'} working at once",
        undo="You cannot undo this. You can make a new key.",
        button=f"Revoke {what}",
        keep="Keep it",
    )


def _move(number: int) -> str:
    return "moves" if number == 1 else "move"


def _stay(number: int) -> str:
    return "stays" if number == 1 else "stay"


def _more(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"

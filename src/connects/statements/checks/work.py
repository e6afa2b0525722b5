"""Checks of what clients and freelancers do: withdraw, hire, decline, close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from connects.statements.checks.check import Bill, Check, Line, OtherWay, counted
from connects.statements.words import instant_text, some_connects
from connects.vocabulary.amounts import Connects


@dataclass(frozen=True, slots=True)
class EndForecast:
    """What would happen to the proposals of a job, or of several: `connects` go back to `people`.

    `nothing` of the others have paid and get nothing more; `told` wait for an answer and hear that the
    job is over. `jobs` is how many jobs end.
    """

    jobs: int
    people: int
    connects: Connects
    nothing: int
    told: int

    def words(self) -> str:
        """Who gets what back, in a sentence."""
        if not self.connects:
            back = "No Connects go back to anyone."
        else:
            go = "goes" if self.connects == 1 else "go"
            back = f"{some_connects(self.connects)} {go} back to {freelancers(self.people)}."
        if not self.nothing:
            return back
        get = "gets" if self.nothing == 1 else "get"
        who = f"{self.nothing:,} other{'' if self.nothing == 1 else 's'} who paid"
        return f"{back} {who} {get} nothing, by the rules they paid under."


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What withdrawing a proposal now would do: `comes_back` of the `paid` Connects.

    `opened` is when the client read it. `minutes` is how long after sending something comes back, None
    where nothing ever does. `if_closed` would come back if the client closed the job without a hire.
    """

    job: str
    title: str
    client: str
    paid: Connects
    comes_back: Connects
    opened: datetime | None
    minutes: int | None
    if_closed: Connects


def freelancers(number: int) -> str:
    return counted(number, "freelancer")


def check_of_withdrawal(told: Withdrawal) -> Check:
    """What comes back, why no more, and what waiting may still bring."""
    lost = told.paid - told.comes_back
    if not told.paid:
        means = "You paid nothing for this proposal, so nothing is lost"
    elif told.comes_back:
        means = f"You get {some_connects(told.comes_back)} back"
    else:
        means = f"Nothing comes back: you would lose {some_connects(told.paid)}"
    notes = [f"{told.client} can no longer read your letter. Your messages are closed."]
    others: tuple[OtherWay, ...] = ()
    if lost and told.if_closed > told.comes_back:
        notes.append(
            f"If you wait, and {told.client} closes the job without hiring,"
            f" {_comes(told.if_closed)} back."
        )
    return Check(
        act="withdraw your proposal",
        means=means,
        because=_why_so_much(told) if told.paid else "",
        loses=lost > 0,
        bills=(_bill_of_withdrawal(told),) if told.paid else (),
        notes=tuple(notes),
        agree=f"I understand that {_gone(lost)}" if lost else "",
        undo="You cannot undo this.",
        button=f"Withdraw and lose {some_connects(lost)}"
        if lost
        else f"Withdraw from “{told.title}”",
        keep="Keep the proposal",
        others=others,
    )


def _why_so_much(told: Withdrawal) -> str:
    if told.opened is not None:
        return (
            f"{told.client} opened your letter on {instant_text(told.opened)}. What is opened does not"
            " come back when you withdraw."
        )
    if told.minutes is None:
        return "Under the rules you paid by, nothing comes back when you withdraw."
    if told.comes_back:
        return f"You sent it less than {told.minutes} minutes ago, and nobody has opened it."
    return f"Connects come back only in the first {told.minutes} minutes after sending."


def _bill_of_withdrawal(told: Withdrawal) -> Bill:
    return Bill(
        "Your Connects",
        (
            Line("Paid for this proposal", f"{told.paid}"),
            Line("Comes back now", f"{told.comes_back:+d}" if told.comes_back else "0", "up"),
            Line("Gone for good", f"{told.paid - told.comes_back}", "sum"),
        ),
    )


def check_of_hire(name: str, paid: Connects, before: EndForecast, after: EndForecast) -> Check:
    """Who is hired, and what the others get back from now on when the job is closed.

    `before` is what closing gives back without the hire, `after` with it.
    """
    fewer = before.connects - after.connects
    kept = f"The {some_connects(paid)} that {name} paid do not come back to them. " if paid else ""
    return Check(
        act=f"hire {name}",
        means=f"You hire {name}, who hears of it at once",
        because=f"{kept}The job stays open until you close it.",
        loses=False,
        bills=(
            Bill(
                "What goes back when you close the job",
                (
                    Line("Without a hire", f"{before.connects}"),
                    Line(f"Once {name} is hired", f"{after.connects}", "sum"),
                ),
            ),
        ),
        notes=(f"The others would get {some_connects(fewer)} less back.",) if fewer > 0 else (),
        undo="You cannot undo this here: what you agreed is between the two of you.",
        button=f"Hire {name}",
        keep="Not yet",
    )


def check_of_decline(name: str, *, was_offered: bool, may_come: Connects, paid: Connects) -> Check:
    """Who is told no; `may_come` of what they paid may still come back when the job ends."""
    comes = f"At most {some_connects(may_come)}" if may_come else "Nothing"
    return Check(
        act=f"take your offer to {name} back" if was_offered else f"tell {name} no",
        means=f"{name} hears that you declined"
        + (", and the offer is gone" if was_offered else ""),
        because=(
            f"They paid {some_connects(paid)}. {comes} of it can come back to them, when the job ends."
            if paid
            else "Their proposal was free, so no Connects are at stake."
        ),
        loses=False,
        undo="You can change your mind: as long as the job is open, the next page lets you undo this.",
        button=f"Take the offer to {name} back" if was_offered else f"Tell {name} no",
        keep=f"Keep the offer to {name}" if was_offered else f"Keep {name} in mind",
    )


def check_of_close(title: str, forecast: EndForecast, *, hired: bool) -> Check:
    """How many get how much back, and who gets nothing."""
    goes = "goes" if forecast.connects == 1 else "go"
    means = (
        f"{some_connects(forecast.connects)} {goes} back to {freelancers(forecast.people)}"
        if forecast.connects
        else "No Connects go back to anyone"
    )
    how = "after a hire" if hired else "without a hire"
    return Check(
        act=f"close “{title}”",
        means=means,
        because=f"You close it {how}. {forecast.words()}",
        loses=False,
        notes=(f"{counted(forecast.told, 'person', 'people')} who wait for your answer are told.",)
        if forecast.told
        else (),
        undo="You cannot open it again. You can post it again as a new job.",
        button=f"Close the job and give {some_connects(forecast.connects)} back"
        if forecast.connects
        else "Close the job",
        keep="Keep it open",
    )


def _gone(credits: Connects) -> str:
    return f"{some_connects(credits)} {'is' if credits == 1 else 'are'} gone"


def _comes(credits: Connects) -> str:
    return f"{some_connects(credits)} {'comes' if credits == 1 else 'come'}"

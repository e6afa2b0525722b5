"""Checks of what clients and freelancers do: withdraw, hire, decline, close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from connects.statements.checks.check import Bill, Check, Line, going_back
from connects.statements.words import instant_text, some_connects
from connects.vocabulary.amounts import Connects
from connects.wording.figures import signed
from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext


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
        return f"{self.back()} {self.others()}".rstrip()

    def back(self) -> str:
        """What goes back, in a sentence."""
        if not self.connects:
            return _("No Connects go back to anyone.")
        return f"{going_back(self.connects, self.people)}."

    def others(self) -> str:
        """Who gets nothing, in a sentence; "" where nobody."""
        if not self.nothing:
            return ""
        return ngettext(
            "{n} other who paid gets nothing, by the rules they paid under.",
            "{n} others who paid get nothing, by the rules they paid under.",
            self.nothing,
        )


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


def check_of_withdrawal(told: Withdrawal) -> Check:
    """What comes back, why no more, and what waiting may still bring."""
    lost = told.paid - told.comes_back
    if not told.paid:
        means = _("You paid nothing for this proposal, so nothing is lost")
    elif told.comes_back:
        means = _("You get {comes_back} back", comes_back=some_connects(told.comes_back))
    else:
        means = _("Nothing comes back: you would lose {paid}", paid=some_connects(told.paid))
    notes = [
        _("{client} can no longer read your letter. Your messages are closed.", client=told.client)
    ]
    if lost and told.if_closed > told.comes_back:
        notes.append(
            ngettext(
                "If you wait, and {client} closes the job without hiring, {connects} comes back.",
                "If you wait, and {client} closes the job without hiring, {connects} come back.",
                told.if_closed,
                client=told.client,
                connects=some_connects(told.if_closed),
            )
        )
    return Check(
        act=_("withdraw your proposal"),
        means=means,
        because=_why_so_much(told) if told.paid else "",
        loses=lost > 0,
        bills=(_bill_of_withdrawal(told),) if told.paid else (),
        notes=tuple(notes),
        agree=_gone(lost) if lost else "",
        undo=_("You cannot undo this."),
        button=_("Withdraw and lose {lost}", lost=some_connects(lost))
        if lost
        else _("Withdraw from “{title}”", title=told.title),
        keep=_("Keep the proposal"),
    )


def _why_so_much(told: Withdrawal) -> str:
    if told.opened is not None:
        return _(
            "{client} opened your letter on {opened}. What is opened does not come"
            " back when you withdraw.",
            client=told.client,
            opened=instant_text(told.opened),
        )
    if told.minutes is None:
        return _("Under the rules you paid by, nothing comes back when you withdraw.")
    if told.comes_back:
        return _(
            "You sent it less than {minutes} minutes ago, and nobody has opened it.",
            minutes=told.minutes,
        )
    return _(
        "Connects come back only in the first {minutes} minutes after sending.",
        minutes=told.minutes,
    )


def _bill_of_withdrawal(told: Withdrawal) -> Bill:
    return Bill(
        _("Your Connects"),
        (
            Line(_("Paid for this proposal"), f"{told.paid}"),
            Line(_("Comes back now"), signed(told.comes_back), "up"),
            Line(_("Gone for good"), f"{told.paid - told.comes_back}", "sum"),
        ),
    )


def check_of_hire(name: str, paid: Connects, before: EndForecast, after: EndForecast) -> Check:
    """Who is hired, and what the others get back from now on when the job is closed.

    `before` is what closing gives back without the hire, `after` with it.
    """
    fewer = before.connects - after.connects
    kept = (
        _(
            "The {paid} that {name} paid do not come back to them. ",
            paid=some_connects(paid),
            name=name,
        )
        if paid
        else ""
    )
    return Check(
        act=_("hire {name}", name=name),
        means=_("You hire {name}, who hears of it at once", name=name),
        because=kept + _("The job stays open until you close it."),
        loses=False,
        bills=(
            Bill(
                _("What goes back when you close the job"),
                (
                    Line(_("Without a hire"), f"{before.connects}"),
                    Line(_("Once {name} is hired", name=name), f"{after.connects}", "sum"),
                ),
            ),
        ),
        notes=(_("The others would get {fewer} less back.", fewer=some_connects(fewer)),)
        if fewer > 0
        else (),
        undo=_("You cannot undo this here: what you agreed is between the two of you."),
        button=_("Hire {name}", name=name),
        keep=_("Not yet"),
    )


def check_of_decline(name: str, *, was_offered: bool, may_come: Connects, paid: Connects) -> Check:
    """Who is told no; `may_come` of what they paid may still come back when the job ends."""
    return Check(
        act=_("take your offer to {name} back", name=name)
        if was_offered
        else _("tell {name} no", name=name),
        means=_("{name} hears that you declined, and the offer is gone", name=name)
        if was_offered
        else _("{name} hears that you declined", name=name),
        because=_what_declining_leaves(may_come, paid),
        loses=False,
        undo=_(
            "You can change your mind: as long as the job is open, the next page lets"
            " you undo this."
        ),
        button=_("Take the offer to {name} back", name=name)
        if was_offered
        else _("Tell {name} no", name=name),
        keep=_("Keep the offer to {name}", name=name)
        if was_offered
        else _("Keep {name} in mind", name=name),
    )


def _what_declining_leaves(may_come: Connects, paid: Connects) -> str:
    if not paid:
        return _("Their proposal was free, so no Connects are at stake.")
    if not may_come:
        return _(
            "They paid {paid}. Nothing of it can come back to them, when the job ends.",
            paid=some_connects(paid),
        )
    return _(
        "They paid {paid}. At most {may_come} of it can come back to them, when the job ends.",
        paid=some_connects(paid),
        may_come=some_connects(may_come),
    )


def check_of_close(title: str, forecast: EndForecast, *, hired: bool) -> Check:
    """How many get how much back, and who gets nothing."""
    means = (
        going_back(forecast.connects, forecast.people)
        if forecast.connects
        else _("No Connects go back to anyone")
    )
    how = _("You close it after a hire.") if hired else _("You close it without a hire.")
    return Check(
        act=_("close “{title}”", title=title),
        means=means,
        because=f"{how} {forecast.others()}".rstrip(),
        loses=False,
        notes=(
            ngettext(
                "{n} person who waits for your answer is told.",
                "{n} people who wait for your answer are told.",
                forecast.told,
            ),
        )
        if forecast.told
        else (),
        undo=_("You cannot open it again. You can post it again as a new job."),
        button=_(
            "Close the job and give {connects} back", connects=some_connects(forecast.connects)
        )
        if forecast.connects
        else _("Close the job"),
        keep=_("Keep it open"),
    )


def _gone(credits: Connects) -> str:
    return ngettext(
        "I understand that {connects} is gone",
        "I understand that {connects} are gone",
        credits,
        connects=some_connects(credits),
    )

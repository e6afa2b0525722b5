"""Words for a price: its reasons, its interval, its demand, and what would change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from connects.policy.adjustment_words import LEVELS, steps_text
from connects.pricing import edits, reasons
from connects.pricing.edits import Edit
from connects.pricing.quote import Price
from connects.statements.rounded import about, likely
from connects.statements.words import some_connects
from connects.vocabulary.amounts import Money
from connects.vocabulary.facts import Demand
from connects.vocabulary.refusals import Parameter, Parameters, Reason
from connects.wording import figures
from connects.wording.languages import language
from connects.wording.messages import gettext as _
from connects.wording.messages import mark, ngettext

Words = Callable[["StepParameters"], str]


@dataclass(frozen=True, slots=True)
class StepParameters:
    """The parameters of a step of a price, and the currency that its amounts are in."""

    parameters: Parameters
    currency: str

    def __getitem__(self, name: str) -> Parameter:
        return self.parameters[name]

    def money(self, name: str) -> str:
        """An amount among them."""
        return Money(int(self.parameters[name] or 0), self.currency).whole

    def share(self, name: str) -> str:
        """A percentage among them."""
        return figures.percent(Decimal(int(self.parameters[name] or 0)) / 100)

    def about(self, name: str) -> str:
        """An amount that nobody stated, rounded for people."""
        return about(int(self.parameters[name] or 0), self.currency)

    def likely(self) -> str:
        """Where the amount likely lies, as the end of a sentence; empty where that says too little."""
        low, high = (int(self.parameters[name] or 0) for name in ("low_cents", "high_cents"))
        words = likely(low, high, self.currency)
        return f", {words}" if words else ""


def _average(thousandths: int) -> str:
    """How many letters a category's jobs get, beside the average job."""
    percent = (thousandths - 1_000) // 10
    if not percent:
        return _("as many letters as the average job")
    share = figures.percent(Decimal(abs(percent)) / 100)
    if percent > 0:
        return _("{share} more letters than the average job", share=share)
    return _("{share} fewer letters than the average job", share=share)


def _beside_average(parameters: StepParameters) -> str:
    return _average(int(parameters["index_thousandths"] or 0))


def _weeks(days: int) -> str:
    """A time of work, in what people count it in."""
    if days < 14:
        return ngettext("{n} day", "{n} days", days)
    return _("about {weeks} weeks", weeks=round(days / 7))


def _from_rate(parameters: StepParameters) -> str:
    rate, hours, days = (
        int(parameters[name] or 0) for name in ("rate_cents", "hours_per_week", "days")
    )
    comes_to = about(rate * hours * days // 7, parameters.currency)
    return _(
        "{rate} an hour, {hours} hours a week for {weeks} makes {comes_to}.",
        rate=parameters.money("rate_cents"),
        hours=hours,
        weeks=_weeks(days),
        comes_to=comes_to,
    )


def _few_jobs(parameters: StepParameters) -> str:
    jobs = int(parameters["jobs"] or 0)
    if not jobs:
        return _("No such job lately, so none to compare with. You pay the lower of two prices.")
    return ngettext(
        "Only {n} such job lately, too few to compare. You pay the lower of two prices.",
        "Only {n} such jobs lately, too few to compare. You pay the lower of two prices.",
        jobs,
    )


def _level(parameters: StepParameters) -> str:
    return _(LEVELS[str(parameters["level"])])


_NOT_EXACT = mark(". The post says too little to be exact")

REASONS: dict[str, Words] = {
    reasons.VALUE_FROM_BUDGET: lambda p: _(
        "The client offers {budget}.", budget=p.money("budget_cents")
    ),
    reasons.VALUE_FROM_RATE: _from_rate,
    reasons.VALUE_FROM_SIMILAR_JOBS: lambda p: _(
        "The post does not say what it pays. Jobs like it usually pay {value}.",
        value=p.about("value_cents"),
    ),
    reasons.RATE_FROM_LEVEL: lambda p: _(
        "No rate is given. For the level “{level}”, {rate} an hour is usual here.",
        level=_level(p),
        rate=p.money("rate_cents"),
    ),
    reasons.RATE_ASSUMED: lambda p: _(
        "No rate is given. {rate} an hour is usual here.", rate=p.money("rate_cents")
    ),
    reasons.HOURS_ASSUMED: lambda p: _(
        "Hours are not given. {hours_per_week} a week is usual.", hours_per_week=p["hours_per_week"]
    ),
    reasons.DURATION_ASSUMED: lambda p: _(
        "No length is given. {days} days are usual.", days=p["days"]
    ),
    reasons.BUDGET_MISSING: lambda _p: _("The client has not named a budget."),
    reasons.BUDGET_PLACEHOLDER: lambda p: _(
        "{budget} looks like a stand-in, so the rest of the post decides.",
        budget=p.money("budget_cents"),
    ),
    reasons.BUDGET_CONTRADICTS_POST: lambda p: _(
        "{budget} does not fit the rest of the post, so the rest decides.",
        budget=p.money("budget_cents"),
    ),
    reasons.BUDGET_LIKELY_PLACEHOLDER: lambda p: _(
        "Most budgets of {budget} on posts like this one turn out to be"
        " stand-ins, so the rest of the post decides.",
        budget=p.money("budget_cents"),
    ),
    reasons.BUDGET_DOUBTED: lambda p: _(
        "{budget} looks low for what the post asks.", budget=p.money("budget_cents")
    ),
    reasons.BUDGET_OPEN: lambda p: _(
        "The client says {budget}, and that the budget is open.", budget=p.money("budget_cents")
    ),
    reasons.VALUE_MIXED: lambda p: _(
        "With both in mind, we think it is worth {value}.", value=p.about("value_cents")
    ),
    reasons.PRICE_FOLLOWS_BUDGET: lambda p: _(
        "Until the client says that the budget is open, a proposal costs what a {budget} job’s does.",
        budget=p.money("budget_cents"),
    ),
    reasons.VALUE_ESTIMATED: lambda p: _(
        "We think it is worth {value}{likely}.",
        value=p.about("value_cents"),
        likely=p.likely() or _(_NOT_EXACT),
    ),
    reasons.RATE_ESTIMATED: lambda p: _(
        "No rate is given. Jobs like it pay {rate} an hour{likely}.",
        rate=p.about("rate_cents"),
        likely=p.likely(),
    ),
    reasons.NO_MODEL: lambda _p: _(
        "Where the post is silent, we use what is usual on this marketplace."
    ),
    reasons.BAND: lambda p: _(
        "{value} is “{band}” on the price card.", value=p.money("value_cents"), band=p["band"]
    ),
    reasons.DEMAND_ABOVE_AVERAGE: lambda p: _(
        "This kind of job gets {beside_average}, so it is the higher of two prices.",
        beside_average=_beside_average(p),
    ),
    reasons.DEMAND_AVERAGE_OR_BELOW: lambda p: _(
        "This kind of job gets {beside_average}, so it is the lower of two prices.",
        beside_average=_beside_average(p),
    ),
    reasons.DEMAND_TOO_FEW_JOBS: _few_jobs,
    reasons.ADJUSTMENT: lambda p: _(
        "{steps} on the price card: {name}.",
        steps=steps_text(int(p["steps"] or 0)),
        name=p["name"],
    ),
    reasons.FIRST_PROPOSAL_FREE: lambda _p: _(
        "You would be the first, and the first letter is free."
    ),
    reasons.FREE_AGAIN: lambda _p: _(
        "The letter that you withdrew was free, and so is this one in its place."
    ),
    reasons.CLIENT_RECORD: lambda p: _(
        "This client left {left_open} of {posts} jobs open, so you pay {share} less.",
        left_open=p["left_open"],
        posts=p["posts"],
        share=p.share("percent"),
    ),
    reasons.TOLD_BY_HOST: lambda p: _(
        "By the marketplace's count, {posts} jobs of this client have ended. They"
        " left {left_open} of them open, and hired on {hires}.",
        posts=p["posts"],
        left_open=p["left_open"],
        hires=p["hires"],
    ),
    reasons.INVITED: lambda _p: _("Free, because the client invited you."),
    reasons.PRIVATE_CLOUD: lambda _p: _("Free, because you belong to the client's talent cloud."),
    reasons.NEWCOMER: lambda p: _(
        "Your first {proposals} letters cost {share} of the price, rounded up."
        " This is number {sent}.",
        proposals=p["proposals"],
        share=p.share("percent"),
        sent=int(p["sent"] or 0) + 1,
    ),
}


def reason_text(reason: Reason, currency: str) -> str:
    """One step of a price, as a sentence."""
    return _reason_text(reason.code, tuple(reason.parameters.items()), currency, language())


@lru_cache(maxsize=8_192)
def _reason_text(
    code: str, parameters: tuple[tuple[str, Parameter], ...], currency: str, _language: str
) -> str:
    return REASONS[code](StepParameters(dict(parameters), currency))


def interval_text(price: Price, currency: str) -> str:
    """Where the value likely lies; empty where the client says it, or that would say too little."""
    low, high = price.low_cents, price.high_cents
    return "" if low is None or high is None else likely(low, high, currency)


def value_text(price: Price, currency: str) -> str:
    """What the job is taken to be worth: as it was stated, or about so much where it was not."""
    said = {reason.code for reason in price.reasons}
    stated = not reasons.ASSUMPTIONS & said and reasons.VALUE_FROM_RATE not in said
    return (
        Money(price.value_cents, currency).whole if stated else about(price.value_cents, currency)
    )


def demand_text(demand: Demand) -> str:
    """The category's demand when the price was fixed."""
    average = _average(demand.index_thousandths)
    if demand.jobs is None:
        return _("{average} (taken as it is, not counted)", average=average)
    return ngettext(
        "{average} ({n} job counted)", "{average} ({n} jobs counted)", demand.jobs, average=average
    )


def _duration(parameters: StepParameters) -> str:
    least, most = parameters["least"], parameters["most"]
    if most is None:
        return _("a duration of {least} days or more", least=least)
    if int(least or 0) <= 1:
        return _("a duration of at most {most} days", most=most)
    return _("a duration of {least} to {most} days", least=least, most=most)


def _hours(parameters: StepParameters) -> str:
    least, most = parameters["least"], parameters["most"]
    if most is None:
        return _("{least} hours a week or more", least=least)
    if int(least or 0) <= 1:
        return _("at most {most} hours a week", most=most)
    return _("{least} to {most} hours a week", least=least, most=most)


EDITS: dict[str, Words] = {
    edits.BUDGET: lambda p: _("a budget of {budget}", budget=p.money("budget_cents")),
    edits.RATE: lambda p: _("a rate of {rate} an hour", rate=p.money("rate_cents")),
    edits.DURATION: _duration,
    edits.HOURS: _hours,
    edits.LEVEL: lambda p: _("the level “{level}”", level=_level(p)),
    edits.VERIFY: lambda _p: _("a verified way to pay, from the next edit on"),
}


def edit_text(edit: Edit, currency: str) -> str:
    """One edit, and what a proposal would cost after it."""
    said = EDITS[edit.code](StepParameters(edit.parameters, currency))
    return _("With {said}: {connects}.", said=said, connects=some_connects(edit.connects))

"""Words for a price: its reasons, its interval, its demand, and what would change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from connects.pricing import edits, reasons
from connects.pricing.edits import Edit
from connects.pricing.quote import Price
from connects.statements.rounded import about, likely
from connects.statements.words import some_connects
from connects.vocabulary.amounts import Money
from connects.vocabulary.facts import Demand, Level
from connects.vocabulary.refusals import Parameter, Parameters, Reason

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
        return str(Money(int(self.parameters[name] or 0), self.currency)).removesuffix(".00")

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
        return "as many letters as the average job"
    return f"{abs(percent)}% {'more' if percent > 0 else 'fewer'} letters than the average job"


def _beside_average(parameters: StepParameters) -> str:
    return _average(int(parameters["index_thousandths"] or 0))


def _steps(steps: int) -> str:
    number = abs(steps)
    return f"{number} step{'' if number == 1 else 's'} {'up' if steps > 0 else 'down'}"


def _weeks(days: int) -> str:
    """A time of work, in what people count it in."""
    if days < 14:
        return f"{days} day{'' if days == 1 else 's'}"
    return f"about {round(days / 7)} weeks"


def _from_rate(parameters: StepParameters) -> str:
    rate, hours, days = (
        int(parameters[name] or 0) for name in ("rate_cents", "hours_per_week", "days")
    )
    comes_to = about(rate * hours * days // 7, parameters.currency)
    return (
        f"{parameters.money('rate_cents')} an hour, {hours} hours a week for {_weeks(days)} makes"
        f" {comes_to}."
    )


def _few_jobs(parameters: StepParameters) -> str:
    jobs = parameters["jobs"]
    said = "Only 1 such job" if jobs == 1 else f"Only {jobs} such jobs" if jobs else "No such job"
    return f"{said} lately, too few to compare. You pay the lower of two prices."


_NOT_EXACT = ". The post says too little to be exact"

REASONS: dict[str, Words] = {
    reasons.VALUE_FROM_BUDGET: lambda p: f"The client offers {p.money('budget_cents')}.",
    reasons.VALUE_FROM_RATE: _from_rate,
    reasons.VALUE_FROM_SIMILAR_JOBS: lambda p: (
        f"The post does not say what it pays. Jobs like it usually pay {p.about('value_cents')}."
    ),
    reasons.RATE_FROM_LEVEL: lambda p: (
        f"No rate is given. For the level “{p['level']}”, {p.money('rate_cents')} an hour is usual here."
    ),
    reasons.RATE_ASSUMED: lambda p: (
        f"No rate is given. {p.money('rate_cents')} an hour is usual here."
    ),
    reasons.HOURS_ASSUMED: lambda p: f"Hours are not given. {p['hours_per_week']} a week is usual.",
    reasons.DURATION_ASSUMED: lambda p: f"No length is given. {p['days']} days are usual.",
    reasons.BUDGET_MISSING: lambda _: "The client has not named a budget.",
    reasons.BUDGET_PLACEHOLDER: lambda p: (
        f"{p.money('budget_cents')} looks like a stand-in, so the rest of the post decides."
    ),
    reasons.BUDGET_CONTRADICTS_POST: lambda p: (
        f"{p.money('budget_cents')} does not fit the rest of the post, so the rest decides."
    ),
    reasons.BUDGET_LIKELY_PLACEHOLDER: lambda p: (
        f"Most budgets of {p.money('budget_cents')} on posts like this one turn out to be stand-ins, so"
        " the rest of the post decides."
    ),
    reasons.BUDGET_DOUBTED: lambda p: (
        f"{p.money('budget_cents')} looks low for what the post asks."
    ),
    reasons.BUDGET_OPEN: lambda p: (
        f"The client says {p.money('budget_cents')}, and that the budget is open."
    ),
    reasons.VALUE_MIXED: lambda p: (
        f"With both in mind, we think it is worth {p.about('value_cents')}."
    ),
    reasons.PRICE_FOLLOWS_BUDGET: lambda p: (
        f"Until the client says that the budget is open, you pay the price of a"
        f" {p.money('budget_cents')} job."
    ),
    reasons.VALUE_ESTIMATED: lambda p: (
        f"We think it is worth {p.about('value_cents')}{p.likely() or _NOT_EXACT}."
    ),
    reasons.RATE_ESTIMATED: lambda p: (
        f"No rate is given. Jobs like it pay {p.about('rate_cents')} an hour{p.likely()}."
    ),
    reasons.NO_MODEL: lambda _: (
        "Where the post is silent, we use what is usual on this marketplace."
    ),
    reasons.BAND: lambda p: f"{p.money('value_cents')} is “{p['band']}” on the price card.",
    reasons.DEMAND_ABOVE_AVERAGE: lambda p: (
        f"This kind of job gets {_beside_average(p)}, so you pay the higher of two prices."
    ),
    reasons.DEMAND_AVERAGE_OR_BELOW: lambda p: (
        f"This kind of job gets {_beside_average(p)}, so you pay the lower of two prices."
    ),
    reasons.DEMAND_TOO_FEW_JOBS: _few_jobs,
    reasons.ADJUSTMENT: lambda p: f"{_steps(int(p['steps'] or 0))} on the price card: {p['name']}.",
    reasons.FIRST_PROPOSAL_FREE: lambda _: "You would be the first, and the first letter is free.",
    reasons.FREE_AGAIN: lambda _: (
        "The letter that you withdrew was free, and so is this one in its place."
    ),
    reasons.CLIENT_RECORD: lambda p: (
        f"This client left {p['left_open']} of {p['posts']} jobs open, so you pay {p['percent']}% less."
    ),
    reasons.TOLD_BY_HOST: lambda p: (
        f"By the marketplace's count, {p['posts']} jobs of this client have ended. They left"
        f" {p['left_open']} of them open, and hired on {p['hires']}."
    ),
    reasons.INVITED: lambda _: "Free, because the client invited you.",
    reasons.PRIVATE_CLOUD: lambda _: "Free, because you belong to the client's talent cloud.",
    reasons.NEWCOMER: lambda p: (
        f"Your first {p['proposals']} letters cost {p['percent']}% of the price, rounded up. This is"
        f" number {int(p['sent'] or 0) + 1}."
    ),
}


def reason_text(reason: Reason, currency: str) -> str:
    """One step of a price, as a sentence."""
    return REASONS[reason.code](StepParameters(reason.parameters, currency))


def interval_text(price: Price, currency: str) -> str:
    """Where the value likely lies; empty where the client says it, or that would say too little."""
    low, high = price.low_cents, price.high_cents
    return "" if low is None or high is None else likely(low, high, currency)


def value_text(price: Price, currency: str) -> str:
    """What the job is taken to be worth: as it was stated, or about so much where it was not."""
    stated = not reasons.ASSUMPTIONS & {reason.code for reason in price.reasons}
    return str(Money(price.value_cents, currency)) if stated else about(price.value_cents, currency)


def assumed_texts(price: Price, currency: str) -> list[str]:
    """What the price rests on that the post does not say."""
    return [reason_text(r, currency) for r in price.reasons if r.code in reasons.ASSUMPTIONS]


def demand_text(demand: Demand) -> str:
    """The category's demand when the price was fixed."""
    average = _average(demand.index_thousandths)
    if demand.jobs is None:
        return f"{average} (taken as it is, not counted)"
    jobs = f"{demand.jobs} job{'' if demand.jobs == 1 else 's'}"
    return f"{average} ({jobs} counted)"


def _span(parameters: StepParameters, unit: str) -> str:
    least, most = parameters["least"], parameters["most"]
    if most is None:
        return f"{least} {unit} or more"
    return f"at most {most} {unit}" if int(least or 0) <= 1 else f"{least} to {most} {unit}"


EDITS: dict[str, Words] = {
    edits.BUDGET: lambda p: f"a budget of {p.money('budget_cents')}",
    edits.RATE: lambda p: f"a rate of {p.money('rate_cents')} an hour",
    edits.DURATION: lambda p: f"a duration of {_span(p, 'days')}",
    edits.HOURS: lambda p: f"{_span(p, 'hours')} a week",
    edits.LEVEL: lambda p: f"the level “{Level(str(p['level'])).value}”",
    edits.VERIFY: lambda _: "a verified way to pay",
}


def edit_text(edit: Edit, currency: str) -> str:
    """One edit, and what a proposal would cost after it."""
    said = EDITS[edit.code](StepParameters(edit.parameters, currency))
    return f"With {said}: {some_connects(edit.connects)}."

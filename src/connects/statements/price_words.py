"""Words for a price: its reasons, its interval, its demand, and what would change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from connects.pricing import edits, reasons
from connects.pricing.edits import Edit
from connects.pricing.quote import Price
from connects.statements.rounded import about, likely
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
        return str(Money(int(self.parameters[name] or 0), self.currency))

    def about(self, name: str) -> str:
        """An amount that nobody stated, rounded for people."""
        return about(int(self.parameters[name] or 0), self.currency)

    def likely(self) -> str:
        """Where the amount likely lies, as the end of a sentence; empty where that says too little."""
        low, high = (int(self.parameters[name] or 0) for name in ("low_cents", "high_cents"))
        words = likely(low, high, self.currency)
        return f", {words}" if words else ""


def _demand(parameters: Parameters | StepParameters) -> str:
    thousandths = int(parameters["index_thousandths"] or 0)
    return f"{thousandths // 1000}.{thousandths % 1000:03d}"


def _steps(steps: int) -> str:
    number = abs(steps)
    return f"{number} step{'' if number == 1 else 's'} {'up' if steps > 0 else 'down'}"


REASONS: dict[str, Words] = {
    reasons.VALUE_FROM_BUDGET: lambda p: f"The job is worth its budget, {p.money('budget_cents')}.",
    reasons.VALUE_FROM_RATE: lambda p: (
        f"The job is worth {p.money('rate_cents')} an hour × {p['hours_per_week']} hours a week"
        f" × {p['days']} days."
    ),
    reasons.VALUE_FROM_SIMILAR_JOBS: lambda p: (
        f"Jobs like this one typically come to {p.about('value_cents')}."
    ),
    reasons.RATE_FROM_LEVEL: lambda p: (
        f"No rate is given; for the level “{p['level']}” we assume {p.money('rate_cents')} an hour."
    ),
    reasons.RATE_ASSUMED: lambda p: f"No rate is given; we assume {p.money('rate_cents')} an hour.",
    reasons.HOURS_ASSUMED: lambda p: f"No weekly hours are given; we assume {p['hours_per_week']}.",
    reasons.DURATION_ASSUMED: lambda p: f"No duration is given; we assume {p['days']} days.",
    reasons.BUDGET_MISSING: lambda _: "No budget is given.",
    reasons.BUDGET_PLACEHOLDER: lambda p: (
        f"A budget of {p.money('budget_cents')} is a placeholder and is not believed."
    ),
    reasons.BUDGET_CONTRADICTS_POST: lambda p: (
        f"A budget of {p.money('budget_cents')} does not fit the rest of the post"
        " and is not believed."
    ),
    reasons.BUDGET_LIKELY_PLACEHOLDER: lambda p: (
        f"A budget of {p.money('budget_cents')} is not meant with a chance of"
        f" {p['chance_percent']} %, and is not believed."
    ),
    reasons.BUDGET_DOUBTED: lambda p: (
        f"A budget of {p.money('budget_cents')} is low for what the post asks."
    ),
    reasons.BUDGET_OPEN: lambda p: (
        f"The client states {p.money('budget_cents')} and says that the budget is open."
    ),
    reasons.VALUE_MIXED: lambda p: f"Both weighed, the job is worth {p.about('value_cents')}.",
    reasons.PRICE_FOLLOWS_BUDGET: lambda p: (
        f"Proposals are charged by the budget that is stated, {p.money('budget_cents')}."
    ),
    reasons.VALUE_ESTIMATED: lambda p: (
        f"By past posts, jobs like this one come to {p.about('value_cents')}{p.likely()}."
    ),
    reasons.RATE_ESTIMATED: lambda p: (
        f"No rate is given; by past posts, jobs like this one pay {p.about('rate_cents')} an hour"
        f"{p.likely()}."
    ),
    reasons.NO_MODEL: lambda _: (
        "No model of past posts is used here; what is left out is taken from the rule book's medians."
    ),
    reasons.BAND: lambda p: (
        f"A value of {p.money('value_cents')} falls into the band “{p['band']}”."
    ),
    reasons.DEMAND_ABOVE_AVERAGE: lambda p: (
        f"Demand in this category is above average ({_demand(p)}): the higher price of the band."
    ),
    reasons.DEMAND_AVERAGE_OR_BELOW: lambda p: (
        f"Demand in this category is not above average ({_demand(p)}): the band's lower price."
    ),
    reasons.DEMAND_TOO_FEW_JOBS: lambda p: (
        f"Only {p['jobs']} jobs in this category lately, too few to measure demand:"
        " the band's lower price."
    ),
    reasons.ADJUSTMENT: lambda p: f"{_steps(int(p['steps'] or 0))} the ladder: {p['name']}.",
    reasons.FIRST_PROPOSAL_FREE: lambda _: "Nobody has proposed yet: the first proposal is free.",
    reasons.FREE_AGAIN: lambda _: (
        "The proposal that you withdrew was free, and so is this one in its place."
    ),
    reasons.CLIENT_RECORD: lambda p: (
        f"The client left {p['left_open']} of {p['posts']} posts open: {p['percent']} % less."
    ),
    reasons.TOLD_BY_HOST: lambda p: (
        f"The marketplace says that the client has ended {p['posts']} posts, left {p['left_open']} of"
        f" them open, and hired on {p['hires']}."
    ),
    reasons.INVITED: lambda _: "The client invited you: your proposal is free.",
    reasons.PRIVATE_CLOUD: lambda _: (
        "The job is for a talent cloud that you are in: your proposal is free."
    ),
    reasons.NEWCOMER: lambda p: (
        f"Your first {p['proposals']} proposals cost {p['percent']} % of the price,"
        f" rounded up; you have sent {p['sent']}."
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
    index = _demand({"index_thousandths": demand.index_thousandths})
    if demand.jobs is None:
        return f"{index} (1 is the marketplace's average; taken as it is, not counted)"
    jobs = f"{demand.jobs} job{'' if demand.jobs == 1 else 's'}"
    return f"{index} (1 is the marketplace's average; {jobs} in the category)"


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
    edits.VERIFY: lambda _: "a verified payment method",
}


def edit_text(edit: Edit, currency: str) -> str:
    """One edit, and what a proposal would cost after it."""
    said = EDITS[edit.code](StepParameters(edit.parameters, currency))
    return f"With {said}: {edit.connects} Connect{'' if edit.connects == 1 else 's'}."

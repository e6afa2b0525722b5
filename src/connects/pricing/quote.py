"""The price of a proposal: value, then band, then demand, then the card's adjustments."""

from __future__ import annotations

from dataclasses import dataclass

from connects.policy.card import Band, PriceCard
from connects.policy.terms import RuleBook
from connects.pricing import reasons
from connects.pricing.demand import shrunk
from connects.pricing.plausible import implausible
from connects.pricing.value import projected_value
from connects.vocabulary.amounts import Cents, Connects
from connects.vocabulary.facts import Demand, Estimate, JobFacts
from connects.vocabulary.refusals import Parameter, Reason, Refused

AVERAGE_DEMAND = Demand()


@dataclass(frozen=True, slots=True)
class Price:
    """What a proposal costs in Connects, and why: the band, the projected value, every step.

    With a chance of some 80 % the job is worth from `low_cents` to `high_cents`; None where the price
    was made before intervals were kept. `charged_cents` is the value that the price follows: the stated
    budget, where the client has not yet answered whether it is meant.
    """

    connects: Connects
    band: str
    value_cents: Cents
    reasons: tuple[Reason, ...]
    low_cents: Cents | None = None
    high_cents: Cents | None = None

    @property
    def charged_cents(self) -> Cents:
        found = (r.parameters["value_cents"] for r in self.reasons if r.code == reasons.BAND)
        return int(next(found, self.value_cents) or 0)


def price(
    facts: JobFacts,
    book: RuleBook,
    demand: Demand = AVERAGE_DEMAND,
    estimate: Estimate | None = None,
) -> Price | Refused:
    """Price a proposal to a post under a rule book (docs/rules.md 2).

    `estimate` is what history says of the amount, where a model is installed.

    Refused with `invalid` and the field's name where the facts cannot be meant: negative or absurd
    amounts, a minimum above its maximum.
    """
    refused = implausible(facts)
    if refused is not None:
        return refused
    value = projected_value(facts, book.value, estimate)
    card = book.card
    charged = value.charged_cents
    band = _band_of(card, facts, charged)
    found = [*value.reasons, Reason(reasons.BAND, {"band": band.name, "value_cents": charged})]
    connects = _by_demand(band, card, demand, found)
    for adjustment in card.adjustments:
        if adjustment.applies(facts):
            connects = card.stepped(connects, adjustment.steps)
            parameters: dict[str, Parameter] = {"name": adjustment.name, "steps": adjustment.steps}
            found.append(Reason(reasons.ADJUSTMENT, parameters))
    connects = _by_client_record(connects, facts, book, found)
    return Price(connects, band.name, value.cents, tuple(found), value.low_cents, value.high_cents)


def _by_client_record(
    connects: Connects, facts: JobFacts, book: RuleBook, found: list[Reason]
) -> Connects:
    """Less for clients who leave posts open, rounded up, never more (docs/rules.md 4.5)."""
    rule = book.free.client_record
    if rule is None or not facts.client_left_open or facts.client_posts_ended < rule.fewest_posts:
        return connects
    off = rule.most_percent * facts.client_left_open // facts.client_posts_ended
    found.append(
        Reason(
            reasons.CLIENT_RECORD,
            {
                "percent": off,
                "left_open": facts.client_left_open,
                "posts": facts.client_posts_ended,
            },
        )
    )
    return -(-connects * (100 - off) // 100)


def _band_of(card: PriceCard, facts: JobFacts, cents: Cents) -> Band:
    """The one band that holds the post; loading the card has proved that there is exactly one."""
    return next(band for band in card.bands if band.holds(facts, cents))


def _by_demand(band: Band, card: PriceCard, demand: Demand, found: list[Reason]) -> Connects:
    """The band's higher price where demand is above the rule's index (docs/rules.md 2.4)."""
    if card.demand is None or band.connects.low == band.connects.high:
        return band.connects.low
    if demand.jobs is not None and demand.jobs < card.demand.fewest_jobs:
        found.append(
            Reason(
                reasons.DEMAND_TOO_FEW_JOBS,
                {"jobs": demand.jobs, "fewest_jobs": card.demand.fewest_jobs},
            )
        )
        return band.connects.low
    index = shrunk(demand, card.demand.average_jobs)
    parameters = {"index_thousandths": index}
    if index > card.demand.high_above_thousandths:
        found.append(Reason(reasons.DEMAND_ABOVE_AVERAGE, parameters))
        return band.connects.high
    found.append(Reason(reasons.DEMAND_AVERAGE_OR_BELOW, parameters))
    return band.connects.low

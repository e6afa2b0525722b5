"""The chance that a stated budget is a placeholder.

Clients type a token such as $5 where a form wants a number. A token alone proves nothing, since real
small work costs $5, too; what tells is how it compares with the level, the length, the hours and the
length of the text. The answer is a calibrated chance from a logistic model over a few such features.
`connects estimate placeholders` reports how well it does on labelled cases, and
docs/placeholder-budgets.md says how they are labelled and the weights were fitted.
"""

from __future__ import annotations

import math

from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import JobFacts, JobKind, Level, WorkWords

LEVELS = {None: 0.5, Level.ENTRY: 0.0, Level.INTERMEDIATE: 0.5, Level.EXPERT: 1.0}
USUAL_CHARACTERS = 600
USUAL_HOURS = 5
LEAST_DAYS = 2
DAYS_A_WEEK = 7
RATES: dict[Level | None, Cents] = {
    None: 8_00,
    Level.ENTRY: 5_00,
    Level.INTERMEDIATE: 10_00,
    Level.EXPERT: 20_00,
}
"""Money an hour that few work below, to weigh a budget with. A weight of the model, not a rule."""

FEATURES = (
    "token",
    "pattern",
    "shortfall",
    "text of a small budget",
    "level",
    "text",
    "large work for little",
    "leaves it open",
    "says it is meant",
)
CONSTANT = -1.26
WEIGHTS = (1.36, 2.36, 0.48, 1.97, 0.27, -0.11, 3.28, 1.95, -0.85)

LEAST_BUDGET: Cents = 5_00
AMPLE_BUDGET: Cents = 150_00
"""From this on a text of large work says nothing against a budget."""


def features(facts: JobFacts) -> tuple[float, ...]:
    """The numbers that the model weighs, in the order of `FEATURES`."""
    budget = facts.budget_cents or 0
    shortfall = math.log(max(_least_worth(facts), 1) / max(budget, 1))
    characters = facts.description_characters
    is_unread = facts.words is None and characters is not None  # words say more than their number
    text = math.log(max(characters or 0, 50) / USUAL_CHARACTERS) if is_unread else 0.0
    return (
        float(budget <= 5_00),
        float(_is_pattern(budget)),
        max(min(shortfall, 6.0), -3.0),
        text * (budget <= 25_00),
        LEVELS[facts.level],
        text,
        *_said(facts.words, budget),
    )


def _said(words: WorkWords | None, budget: Cents) -> tuple[float, float, float]:
    """What the text's words say, where there are any."""
    if words is None:
        return 0.0, 0.0, 0.0
    scope = math.log((1 + words.large) / (1 + words.small))
    scarce = math.log(AMPLE_BUDGET / max(budget, 1)) / math.log(AMPLE_BUDGET / LEAST_BUDGET)
    return (
        max(min(scope, 2.5), -2.0) * max(min(scarce, 1.0), 0.0),
        float(words.leaves_open),
        float(words.is_meant),
    )


def chance_of_placeholder(facts: JobFacts) -> float:
    """The chance, 0 to 1, that the budget of a fixed-price post is a placeholder; 0 if there is none."""
    if facts.kind is not JobKind.FIXED or facts.budget_cents is None:
        return 0.0
    log_odds = CONSTANT + sum(
        weight * number for weight, number in zip(WEIGHTS, features(facts), strict=True)
    )
    return 1 / (1 + math.exp(-log_odds))


def _least_worth(facts: JobFacts) -> Cents:
    """What the least work that the post speaks of costs at rates that few work below."""
    days = max(facts.duration_days.least if facts.duration_days else 0, LEAST_DAYS)
    hours = facts.hours_per_week.least if facts.hours_per_week else 0
    return RATES[facts.level] * max(hours, USUAL_HOURS) * days // DAYS_A_WEEK


def _is_pattern(budget: Cents) -> bool:
    """Whole amounts that a hand types without a thought: 111, 1234, 99999, a million."""
    digits = str(budget // 100)
    if budget % 100 or len(digits) < 3:
        return False
    same = len(set(digits)) == 1
    counts_up = digits in "123456789"
    return same or counts_up or budget >= 1_000_000_00

"""A card's adjustments in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from connects.policy.adjustments import Adjustment, Condition
from connects.policy.spans import CountSpan, RatingSpan, ValueSpan
from connects.vocabulary.amounts import Money


def adjustment_text(adjustment: Adjustment, currency: str) -> str:
    """How many steps, which way, and when."""
    steps = abs(adjustment.steps)
    direction = "up" if adjustment.steps > 0 else "down"
    conditions = ", or where ".join(
        " and ".join(_condition_words(condition, currency)) for condition in adjustment.when
    )
    when = f"where {conditions}" if conditions else "always"
    return f"{steps} step{'' if steps == 1 else 's'} {direction} on the price card {when}"


def _condition_words(condition: Condition, currency: str) -> Iterator[str]:
    if condition.client_spend is not None:
        yield f"the client has spent {_amounts(condition.client_spend, currency)}"
    if condition.client_hires is not None:
        yield f"the client has made {_counts(condition.client_hires, 'hire')}"
    if condition.client_reviews is not None:
        yield f"the client has {_counts(condition.client_reviews, 'review')}"
    if condition.client_rating is not None:
        yield f"the client is rated {_ratings(condition.client_rating)}"
    if condition.client_verified is not None:
        yield f"the client is {'' if condition.client_verified else 'not '}verified"
    if condition.levels:
        yield f"the level is {' or '.join(condition.levels)}"
    if condition.hours_per_week is not None:
        least, bound = condition.hours_per_week.at_least, condition.hours_per_week.not_at_least
        yield f"{least} hours a week or more" if least else f"under {bound} hours, or not said"


def _amounts(span: ValueSpan, currency: str) -> str:
    if span.up_to == 0:
        return "nothing"
    if span.over == 0 and span.most >= 10**18:
        return "something"
    bounds = (
        ("over", span.over),
        ("at least", span.at_least),
        ("up to", span.up_to),
        ("under", span.under),
    )
    return " and ".join(f"{word} {Money(c, currency)}" for word, c in bounds if c is not None)


def _counts(span: CountSpan, what: str) -> str:
    if span.up_to == 0:
        return f"no {what}s"
    told = []
    if span.at_least is not None:
        told.append(f"{span.at_least} or more {what}s")
    if span.up_to is not None:
        told.append(f"at most {span.up_to} {what}{'' if span.up_to == 1 else 's'}")
    return " and ".join(told)


def _ratings(span: RatingSpan) -> str:
    told = []
    if span.at_least is not None:
        told.append(f"{span.at_least / 100:g} or better")
    if span.under is not None:
        told.append(f"under {span.under / 100:g}")
    return " and ".join(told)

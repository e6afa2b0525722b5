"""A card's adjustments in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from connects.policy.adjustments import Adjustment, Condition
from connects.policy.spans import CountSpan, RatingSpan, ValueSpan
from connects.vocabulary.amounts import Money
from connects.wording import figures
from connects.wording.messages import gettext as _
from connects.wording.messages import mark, ngettext


def adjustment_text(adjustment: Adjustment, currency: str) -> str:
    """How many steps, which way, and when."""
    conditions = _(", or where ").join(
        _(" and ").join(_condition_words(condition, currency)) for condition in adjustment.when
    )
    steps = steps_text(adjustment.steps)
    if not conditions:
        return _("{steps} on the price card always", steps=steps)
    return _("{steps} on the price card where {conditions}", steps=steps, conditions=conditions)


def steps_text(steps: int) -> str:
    """Which way on the price card, and how far."""
    if steps > 0:
        return ngettext("{n} step up", "{n} steps up", steps)
    return ngettext("{n} step down", "{n} steps down", -steps)


LEVELS = {"entry": mark("entry"), "intermediate": mark("intermediate"), "expert": mark("expert")}


def _condition_words(condition: Condition, currency: str) -> Iterator[str]:
    if condition.client_spend is not None:
        amounts = _amounts(condition.client_spend, currency)
        yield _("the client has spent {amounts}", amounts=amounts)
    if condition.client_hires is not None:
        yield _("the client has made {hires}", hires=_hires(condition.client_hires))
    if condition.client_reviews is not None:
        yield _("the client has {reviews}", reviews=_reviews(condition.client_reviews))
    if condition.client_rating is not None:
        yield _("the client is rated {ratings}", ratings=_ratings(condition.client_rating))
    if condition.client_verified is not None:
        verified = condition.client_verified
        yield _("the client is verified") if verified else _("the client is not verified")
    if condition.levels:
        levels = _(" or ").join(_(LEVELS.get(level, level)) for level in condition.levels)
        yield _("the level is {levels}", levels=levels)
    if condition.hours_per_week is not None:
        least, bound = condition.hours_per_week.at_least, condition.hours_per_week.not_at_least
        yield (
            _("{least} hours a week or more", least=least)
            if least
            else _("under {bound} hours, or not said", bound=bound)
        )


def _amounts(span: ValueSpan, currency: str) -> str:
    if span.up_to == 0:
        return _("nothing")
    if span.over == 0 and span.most >= 10**18:
        return _("something")
    bounds = (
        (mark("over {amount}"), span.over),
        (mark("at least {amount}"), span.at_least),
        (mark("up to {amount}"), span.up_to),
        (mark("under {amount}"), span.under),
    )
    return _(" and ").join(
        _(words, amount=Money(c, currency)) for words, c in bounds if c is not None
    )


def _hires(span: CountSpan) -> str:
    if span.up_to == 0:
        return _("no hires")
    told = []
    if span.at_least is not None:
        told.append(_("{least} or more hires", least=span.at_least))
    if span.up_to is not None:
        told.append(ngettext("at most {n} hire", "at most {n} hires", span.up_to))
    return _(" and ").join(told)


def _reviews(span: CountSpan) -> str:
    if span.up_to == 0:
        return _("no reviews")
    told = []
    if span.at_least is not None:
        told.append(_("{least} or more reviews", least=span.at_least))
    if span.up_to is not None:
        told.append(ngettext("at most {n} review", "at most {n} reviews", span.up_to))
    return _(" and ").join(told)


def _ratings(span: RatingSpan) -> str:
    told = []
    if span.at_least is not None:
        told.append(_("{rating} or better", rating=figures.number(Decimal(span.at_least) / 100)))
    if span.under is not None:
        told.append(_("under {rating}", rating=figures.number(Decimal(span.under) / 100)))
    return _(" and ").join(told)

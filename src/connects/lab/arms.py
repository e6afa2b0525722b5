"""Rule books that differ in one thing: what a study or a check compares a rule book with."""

from __future__ import annotations

from math import floor

from connects.policy.card import PriceCard
from connects.policy.returns import Share
from connects.policy.terms import ByKind, Newcomers, Posts, RuleBook

SOURCE = "the laboratory: one thing changed, to see what it does"


def flat(book: RuleBook, connects: int) -> RuleBook:
    """Every proposal costs the same."""
    bands = [{"name": "every post", "connects": connects}]
    card = PriceCard.model_validate({"source": SOURCE, "bands": bands})
    return book.model_copy(update={"card": card})


def multiplied(book: RuleBook, times: float) -> RuleBook:
    """Every price of the card that many times as high, rounded half up, its ladder with it."""

    def raised(price: int) -> int:
        return floor(price * times + 0.5)

    card = book.card
    bands = []
    for band in card.bands:
        prices = {"low": raised(band.connects.low), "high": raised(band.connects.high)}
        bands.append(band.model_copy(update={"connects": band.connects.model_copy(update=prices)}))
    # Several steps of a ladder may become one.
    ladder = sorted({raised(step) for step in card.ladder})
    adjustments = card.adjustments if times else []
    changed = {"bands": bands, "ladder": ladder, "adjustments": adjustments}
    return book.model_copy(update={"card": card.model_copy(update=changed)})


def with_silence_returns(book: RuleBook, percent: int, after_days: int) -> RuleBook:
    """A client's silence ends a post after so many days, and gives so many percent back."""
    share = Share(unopened=percent, opened=percent, engaged=percent)
    returns = book.returns.model_copy(update={"never_closed": share, "unread": None})
    posts = Posts(source=SOURCE, silent_after_days=after_days)
    return book.model_copy(update={"returns": returns, "posts": posts})


def with_newcomers(book: RuleBook, granted: int, half_price: int) -> RuleBook:
    """Newcomers are granted so many Connects, and their first so many proposals cost half."""
    few = Newcomers(proposals=half_price, percent=50) if half_price else None
    grants = book.grants.model_copy(update={"signup": ByKind(freelancer=granted, agency=granted)})
    free = book.free.model_copy(update={"newcomers": few})
    return book.model_copy(update={"grants": grants, "free": free})


def without_grants(book: RuleBook) -> RuleBook:
    """Nothing is given: no sign-up grant, no rewards, no monthly Connects on any plan."""
    none = ByKind(freelancer=0, agency=0)
    plans = [plan.model_copy(update={"connects_per_month": none}) for plan in book.plans]
    grants = book.grants.model_copy(update={"signup": none, "badges": [], "interview": None})
    return book.model_copy(update={"grants": grants, "plans": plans})

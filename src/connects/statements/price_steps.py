"""The steps of a price in words that need its rule book: what the card says, and what changed nothing."""

from __future__ import annotations

from connects.policy.card import Band
from connects.policy.explain import band_words
from connects.policy.terms import RuleBook
from connects.pricing import reasons
from connects.pricing.quote import Price
from connects.statements.client_price_words import RECORD_TOO_LITTLE, TO_CLIENT
from connects.statements.price_words import StepParameters, reason_text
from connects.statements.words import some_connects
from connects.vocabulary.refusals import Reason
from connects.wording.languages import language
from connects.wording.messages import gettext as _

TOLD_MOST = 2_000
_told: dict[tuple[int, str, str], tuple[RuleBook, str]] = {}
"""What was said of bands. With the rule book itself, or another one might be met at its address."""


def step_texts(price: Price, book: RuleBook) -> list[tuple[Reason, str]]:
    """Each step of a price with its sentence, as anyone but the post's client reads it."""
    return [(reason, _step_text(reason, price, book)) for reason in price.reasons]


def client_step_texts(price: Price, book: RuleBook) -> list[tuple[Reason, str]]:
    """The same as it is said to the post's client."""
    return [(reason, _text_for_client(reason, price, book)) for reason in price.reasons]


def _text_for_client(reason: Reason, price: Price, book: RuleBook) -> str:
    words = TO_CLIENT.get(reason.code)
    if reason.code == reasons.CLIENT_RECORD and not _lowers(reason, price, book):
        words = RECORD_TOO_LITTLE
    if words is None:
        return _step_text(reason, price, book)
    return words(StepParameters(reason.parameters, book.currency))


def _step_text(reason: Reason, price: Price, book: RuleBook) -> str:
    if reason.code == reasons.VALUE_FROM_SIMILAR_JOBS and _speaks_of_budget(price):
        value = StepParameters(reason.parameters, book.currency).about("value_cents")
        return _("Jobs like it usually pay {value}.", value=value)
    if reason.code == reasons.BAND:
        return _band_text(reason, book) or reason_text(reason, book.currency)
    if reason.code == reasons.CLIENT_RECORD and not _lowers(reason, price, book):
        return _(
            "This client left {left_open} of {posts} jobs open, which is too little to change the price.",
            left_open=reason.parameters["left_open"],
            posts=reason.parameters["posts"],
        )
    return reason_text(reason, book.currency)


def _speaks_of_budget(price: Price) -> bool:
    """Whether a step has said already what budget there is, or that there is none."""
    return any(each.code in reasons.ABOUT_BUDGETS for each in price.reasons)


def _band_named(name: object, book: RuleBook) -> Band | None:
    return next((band for band in book.card.bands if band.name == name), None)


def _band_text(reason: Reason, book: RuleBook) -> str:
    """What jobs of the band cost, by the card; empty where an older card had another such band."""
    band = _band_named(reason.parameters["band"], book)
    value = int(reason.parameters["value_cents"] or 0)
    if band is None or (band.value is not None and not band.value.holds(value)):
        return ""
    kept = _told.get((id(book), band.name, language()))
    if kept is not None:
        return kept[1]
    if len(_told) >= TOLD_MOST:
        _told.clear()
    text = _costs_of(band, book)
    _told[id(book), band.name, language()] = (book, text)
    return text


def _costs_of(band: Band, book: RuleBook) -> str:
    low, high = band.connects.low, band.connects.high
    costs = (
        some_connects(high)
        if low == high
        else _("{low} or {high}", low=low, high=some_connects(high))
    )
    return _(
        "On the price card, such jobs ({jobs}) cost {connects}.",
        jobs=band_words(book, band),
        connects=costs,
    )


def _lowers(reason: Reason, price: Price, book: RuleBook) -> bool:
    """Whether the client's record made the price lower, now that it is rounded up."""
    found = {each.code: each for each in price.reasons}
    band = _band_named(price.band, book)
    if band is None or reasons.BAND not in found:
        return True
    before = band.connects.high if reasons.DEMAND_ABOVE_AVERAGE in found else band.connects.low
    for each in price.reasons:
        if each.code == reasons.ADJUSTMENT:
            before = book.card.stepped(before, int(each.parameters["steps"] or 0))
    off = int(reason.parameters["percent"] or 0)
    return -(-before * (100 - off) // 100) < before

"""Tags about the price of a proposal: its steps, what they rest on, and what comes back of it."""

from __future__ import annotations

from django import template

from connects.policy.terms import RuleBook
from connects.pricing import reasons
from connects.pricing.edits import Edit
from connects.pricing.quote import Price
from connects.statements.price_steps import client_step_texts, step_texts
from connects.statements.price_words import reason_text
from connects.statements.returns_table import case_text
from connects.statements.stated_budget import followed_budget
from connects.vocabulary.refusals import Reason
from connects.vocabulary.returns import ReturnCause

register = template.Library()
register.filter("followed_budget", followed_budget)

_FREE = frozenset(
    {
        reasons.INVITED,
        reasons.PRIVATE_CLOUD,
        reasons.FIRST_PROPOSAL_FREE,
        reasons.FREE_AGAIN,
    }
)


@register.filter
def steps_by(price: Price, book: RuleBook) -> list[tuple[Reason, str]]:
    """The steps of a price with their sentences, by the rule book that made it."""
    return step_texts(price, book)


@register.filter
def steps_for_client(price: Price, book: RuleBook) -> list[tuple[Reason, str]]:
    """The same as they are said to the job's client."""
    return client_step_texts(price, book)


@register.filter
def is_edit(edit: Edit, code: str) -> bool:
    """Whether a change to a job is of this kind."""
    return edit.code == code


@register.filter
def is_assumed(reason: Reason) -> bool:
    """Whether this step of a price rests on something that the post does not say."""
    return reason.code in reasons.ASSUMPTIONS


@register.filter
def rests_on_silence(price: Price) -> bool:
    """Whether a price rests on something that its client could still say: not where a budget stands."""
    said = {reason.code for reason in price.reasons}
    has_budget = not said.isdisjoint((reasons.BUDGET_DOUBTED, reasons.BUDGET_OPEN))
    return not has_budget and not said.isdisjoint(reasons.ASSUMPTIONS)


@register.simple_tag
def case_words(book: RuleBook, cause: ReturnCause) -> str:
    """One way in which a proposal can end, with the times that a rule book sets."""
    return case_text(book, cause)


@register.filter
def why_free(price: Price) -> str:
    """Why a proposal is free for this reader; empty where the card alone says so."""
    found = [each for each in price.reasons if each.code in _FREE]
    return reason_text(found[-1], "USD") if found else ""

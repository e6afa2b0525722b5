"""Filters that turn codes and amounts into words."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.conf import settings
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from connects.bootstrap.addresses import path_of
from connects.ledger.entries import EntryKind
from connects.ledger.lots import LotKind
from connects.market.notices.models import Notice
from connects.market.proposals.models import Proposal
from connects.market.proposals.pipeline import state_of
from connects.policy.worth import worth as worth_of
from connects.pricing.edits import Edit
from connects.pricing.quote import Price
from connects.statements import history_words, payment_words, price_words
from connects.statements.books.words import CAUSES as BOOK_CAUSES
from connects.statements.notices.table import notice_lines as lines_of_notice
from connects.statements.notices.table import notice_link
from connects.vocabulary.amounts import Money
from connects.vocabulary.countries import country_choices, country_name
from connects.vocabulary.facts import Demand, JobFacts, JobKind, Range
from connects.vocabulary.parties import Role
from connects.vocabulary.refusals import Parameters
from connects.vocabulary.returns import ReturnCause
from connects.web.browsers import browser_words
from connects.web.templatetags.notice_looks import NOTICE_LOOKS
from connects.wording.messages import gettext as _
from connects.wording.messages import mark, ngettext

register = template.Library()


@register.simple_tag
def sends_e_mails() -> bool:
    """Whether e-mails leave this site, or are kept for an operator to hand on."""
    return bool(settings.SENDS_LETTERS)


@register.filter
def money(cents: int, currency: str) -> str:
    return str(Money(cents, currency))


@register.simple_tag(takes_context=True)
def worth(context: Context, connects: int) -> str:
    """What so many Connects cost in money under the reader's rules; empty where they have none."""
    book = getattr(context.get("viewer"), "book", None)
    cost = worth_of(book, connects) if book is not None and connects else None
    return "" if cost is None else str(cost)


@register.filter
def of(numbers: Mapping[int, int], key: int) -> int | None:
    """What a table has for a row; None where it has nothing."""
    return numbers.get(key)


@register.filter
def country(code: str) -> str:
    """A country's name."""
    return country_name(code)


@register.simple_tag
def country_options(chosen: str = "", none: str = "") -> SafeString:
    """The options of a list of countries; `none` is what stands for no country at all."""
    first, *others = country_choices()
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (code, mark_safe(" selected") if code == chosen else "", name)
            for code, name in ((first[0], none or first[1]), *others)
        ),
    )


register.filter("browser_words", browser_words)


@register.filter
def why_not_words(code: str) -> str:
    return payment_words.WHY_NOT.get(code) or _("cannot be used")


@register.filter
def method_words(label: str) -> str:
    """A way to pay, as its payer knows it."""
    return payment_words.method_text(label)


@register.filter
def bought_words(facts: Parameters) -> str:
    """What a payment was for."""
    return payment_words.bought_text(facts)


@register.filter
def book_cause(cause: str) -> str:
    return BOOK_CAUSES.get(cause, cause)


@register.filter
def value_words(price: Price, currency: str) -> str:
    return price_words.value_text(price, currency)


@register.filter
def interval_words(price: Price, currency: str) -> str:
    return price_words.interval_text(price, currency)


@register.filter
def demand_words(demand: Demand) -> str:
    return price_words.demand_text(demand)


@register.filter
def edit_words(edit: Edit, currency: str) -> str:
    return price_words.edit_text(edit, currency)


@register.filter
def notice_lines(notice: Notice) -> dict[str, str]:
    """The title of a notice, "" where it needs none, and what stands below it."""
    title, more = lines_of_notice(notice.code, notice.parameters)
    return {"title": title, "more": more}


@register.filter
def notice_leads_to(notice: Notice) -> dict[str, object] | None:
    """The path and the words of a notice's link; None where it has none."""
    link = notice_link(notice.code, notice.parameters)
    return None if link is None else {"path": path_of(link), "words": link.words, "asks": link.asks}


@register.filter
def notice_icon(notice: Notice) -> str:
    return NOTICE_LOOKS.get(notice.code, ("bell", ""))[0]


@register.filter
def notice_colour(notice: Notice) -> str:
    return NOTICE_LOOKS.get(notice.code, ("bell", ""))[1]


@register.filter
def proposal_state(proposal: Proposal) -> str:
    """How far a proposal got, in a word or two."""
    return state_of(proposal).words


@register.filter
def kind_words(kind: EntryKind) -> str:
    return history_words.ENTRY_KINDS[kind]


@register.filter
def lot_words(kind: LotKind) -> str:
    """Where the Connects of a lot came from."""
    return history_words.ENTRY_KINDS[EntryKind(kind.value)]


@register.filter
def cause_words(cause: ReturnCause) -> str:
    return history_words.CAUSES[cause]


@register.filter
def came_back_words(reason: str) -> str:
    """Why Connects came back, to follow the number."""
    return history_words.CAME_BACK.get(reason, "")


@register.filter
def names_pay(facts: JobFacts) -> bool:
    """Whether the client said what a job pays."""
    amounts = (facts.budget_cents, facts.hourly_min_cents, facts.hourly_max_cents)
    return any(cents is not None for cents in amounts)


@register.filter
def pay_words(facts: JobFacts, currency: str) -> str:
    """What a job pays, as its client said it."""
    if facts.budget_cents is not None:
        amount = Money(facts.budget_cents, currency).whole
        return _("{amount} fixed price", amount=amount)
    rates = [c for c in (facts.hourly_min_cents, facts.hourly_max_cents) if c is not None]
    least, *more = (Money(c, currency).whole for c in dict.fromkeys(rates)) if rates else ("",)
    if more:
        return _("{least} to {most} an hour", least=least, most=more[0])
    if least:
        return _("{rate} an hour", rate=least)
    hourly, fixed = _("Hourly, no amount given"), _("Fixed, no amount given")
    return hourly if facts.kind is JobKind.HOURLY else fixed


@register.filter
def range_words(span: Range | None, unit: str) -> str:
    """A range of days or hours."""
    if span is None:
        return _("not said")
    count = _count_of_days if unit == "days" else _count_of_hours
    if span.most is None:
        return _("{least} or more", least=count(span.least))
    if span.least == span.most:
        return count(span.least)
    if span.least <= 1:
        return _("up to {most}", most=count(span.most))
    return _("{least} to {most}", least=span.least, most=count(span.most))


def _count_of_days(number: int) -> str:
    return ngettext("{n} day", "{n} days", number)


def _count_of_hours(number: int) -> str:
    return ngettext("{n} hour", "{n} hours", number)


_ROLES = {
    Role.AGENCY_OWNER: mark("owner"),
    Role.AGENCY_ADMIN: mark("admin"),
    Role.AGENCY_MEMBER: mark("member"),
    Role.FREELANCER: mark("freelancer"),
    Role.CLIENT: mark("client"),
}


@register.filter
def role_words(role: str) -> str:
    """A person's role for an account."""
    return _(_ROLES[Role(role)])


_SAID = (
    *(mark("moderator"), mark("support"), mark("finance"), mark("policy"), mark("operator")),
    *(mark("never"), mark("weekly"), mark("monthly")),
    *(mark("freelancer"), mark("agency"), mark("client")),
    *(mark("Courtesy grant"), mark("Connects taken back"), mark("Debt written off")),
    *(mark("receipt"), mark("credit note"), mark("debit note")),
    *(mark("entry"), mark("intermediate"), mark("expert"), mark("not said")),
)


@register.filter
def say(word: str) -> str:
    """One of the words that codes stand for, in the reader's language."""
    known = next((each for each in (word, word.lower()) if each in _SAID), "")
    return _(known) if known else word


@register.filter
def at(table: dict[int, object], key: int) -> object:
    """What a table holds for a key."""
    return table.get(key)

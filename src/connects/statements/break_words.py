"""Words for two posts of which the one with more is worth less."""

from __future__ import annotations

from collections.abc import Iterator

from connects.pricing.monotone import Break
from connects.statements.words import some_connects
from connects.vocabulary.amounts import Money
from connects.vocabulary.facts import JobFacts, Range


def break_text(found: Break, currency: str) -> str:
    """The pair, and what each comes to."""
    if found.of_price:
        what = "more money costs less"
        ends = [some_connects(connects) for connects in (found.before, found.after)]
    else:
        what = "more work is worth less"
        ends = [str(Money(cents, currency)) for cents in (found.before, found.after)]
    less, more = (", ".join(_said(facts, currency)) for facts in (found.less, found.more))
    where = " (where jobs get more proposals than average)" if found.is_sought_after else ""
    return f"{what}{where}: {less} → {ends[0]}; but {more} → {ends[1]}"


def _said(facts: JobFacts, currency: str) -> Iterator[str]:
    yield facts.kind.value
    if facts.budget_cents is not None:
        yield f"a budget of {Money(facts.budget_cents, currency)}"
    if facts.budget_open:
        yield "open to offers"
    if facts.hourly_min_cents is not None:
        yield f"{Money(facts.hourly_min_cents, currency)} an hour"
    if facts.level is not None:
        yield facts.level.value
    if facts.duration_days is not None:
        yield _span(facts.duration_days, "days")
    if facts.hours_per_week is not None:
        yield f"{_span(facts.hours_per_week, 'hours')} a week"
    if facts.description_characters is not None:
        yield f"a text of {facts.description_characters:,} characters"


def _span(span: Range, unit: str) -> str:
    return (
        f"{span.least} {unit} or more"
        if span.most is None
        else f"{span.least} to {span.most} {unit}"
    )

"""Words about a closed month."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from connects.statements.books.roll_forward import Close, RollForward
from connects.vocabulary.amounts import Money

CAUSES = {
    "purchase": "bought",
    "plan": "with memberships",
    "return": "came back to members",
    "spend": "used for proposals",
    "boost": "used for boosts",
    "expire": "expired",
    "forfeit": "did not roll over",
    "reverse": "taken back with refunds",
    "reinstate": "put back after refunds",
    "void": "taken back by staff",
    "hold": "set aside",
    "release": "set aside no longer",
    "write-off": "debt written off",
    "signup": "for newcomers",
    "bonus": "bonuses",
    "courtesy": "courtesies",
    "import": "brought in by imports",
}
"""By the kinds of journal lines."""


def close_lines(closed: Close) -> Iterator[str]:
    """The report, line by line."""

    def money(cents: int) -> str:
        return str(Money(cents, closed.currency))

    yield f"Month close of {closed.month:%B %Y} ({closed.currency})"
    yield ""
    yield "Deferred revenue: paid for, and not used yet"
    yield from _rolled(closed.deferred, money)
    yield ""
    yield "Connects that members hold"
    yield from _rolled(closed.connects, lambda number: f"{number:,}")
    yield ""
    yield "Income"
    for account, cents in closed.income.items():
        yield _line(account.removeprefix("Income:"), money(cents))
    yield _line("of it breakage", money(closed.breakage))
    for account, cents in closed.expenses.items():
        yield _line(account, money(cents))
    yield _line("Connects given away", f"{closed.promotions:,}")


def _rolled(rolled: RollForward, written: Callable[[int], str]) -> Iterator[str]:
    yield _line("at the beginning", written(rolled.opening))
    for cause, change in sorted(rolled.changes.items(), key=lambda item: -item[1]):
        yield _line(CAUSES.get(cause, cause), written(change))
    yield _line("at the end", written(rolled.closing))


def _line(what: str, amount: str) -> str:
    return f"  {what:<32}{amount:>16}"

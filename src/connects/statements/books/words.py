"""Words about a closed month."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from connects.statements.books.roll_forward import Close, RollForward
from connects.statements.words import Spoken
from connects.vocabulary.amounts import Money
from connects.wording.messages import mark

CAUSES: Spoken[str] = Spoken(
    {
        "purchase": mark("bought"),
        "plan": mark("with memberships"),
        "return": mark("came back to members"),
        "spend": mark("used for proposals"),
        "boost": mark("used for boosts"),
        "expire": mark("expired"),
        "forfeit": mark("did not roll over"),
        "reverse": mark("taken back with refunds"),
        "reinstate": mark("put back after refunds"),
        "void": mark("taken back by staff"),
        "hold": mark("set aside"),
        "release": mark("set aside no longer"),
        "write-off": mark("debt written off"),
        "signup": mark("for newcomers"),
        "bonus": mark("bonuses"),
        "courtesy": mark("courtesies"),
        "import": mark("brought in by imports"),
    }
)
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
    yield _line("of which breakage", money(closed.breakage))
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

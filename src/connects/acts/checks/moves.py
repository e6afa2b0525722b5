"""Check the move of one account to another rule book."""

from __future__ import annotations

from connects.bootstrap.clock import now as clock_now
from connects.market.members.editions import known_book, other_currency
from connects.market.members.selectors import chains_of
from connects.market.people.models import Account, User
from connects.market.people.permissions import Act, denied
from connects.market.people.standing import closed_problem
from connects.market.rollout.selectors import forecast_for
from connects.statements.checks.check import Check
from connects.statements.checks.staff import check_of_move
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, invalid


def check_move(account: Account, name: str, staff: User | None, *, notice: bool) -> Check | Refused:
    """What moving the account to the rule book of that name does. Refused as moving it is."""
    refused = denied(staff, Act.MOVE_ACCOUNTS) or closed_problem(account)
    if refused is not None:
        return refused
    book = known_book(name)
    if book is None:
        return Refused(RefusalCode.RULE_BOOK_UNKNOWN, {"name": name})
    now = clock_now()
    before = chains_of([account.pk], now)[account.pk][-1].book
    if before.digest == book.digest:
        return invalid(Problem.HELD_ALREADY, field="policy")
    refused = other_currency(before, book)
    if refused is not None:
        return refused
    days = book.rollout.notice_days if notice else 0
    holds_wallet = AccountKind(account.kind).holds_wallet
    forecast = forecast_for(account, before, book, now, now) if holds_wallet else None
    return check_of_move(account.name, before.title, book.title, forecast, notice_days=days)

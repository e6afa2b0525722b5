"""What a change of rules does to an account, told before: nobody loses by it, and all of it is said."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.ledger.commands import Carried
from connects.ledger.lots import Lot, LotKind
from connects.ledger.wallet import Wallet
from connects.policy.shelf import shipped, shipped_names
from connects.statements.move_forecast import MoveForecast, Mover, carried_from, forecast_move
from connects.statements.plan_words import fate_lines
from connects.vocabulary.parties import AccountKind
from tests.ledger.histories import Book, histories

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
RENEWS = datetime(2026, 12, 1, tzinfo=UTC)
names = st.sampled_from(shipped_names())


def mover(
    *lots: tuple[LotKind, int],
    plan: str = "basic",
    badges: frozenset[str] = frozenset(),
    carried: Carried | None = None,
) -> Mover:
    held = tuple(
        Lot(number, kind, credits, 0, NOW - timedelta(days=9), None)
        for number, (kind, credits) in enumerate(lots, 1)
    )
    return Mover(
        wallet=Wallet(1).with_lots(held),
        kind=AccountKind.FREELANCER,
        plan=plan,
        renews=RENEWS,
        badges=badges,
        carried=carried,
    )


def moved(
    who: Mover, before: str, after: str, granted: frozenset[str] = frozenset()
) -> MoveForecast:
    return forecast_move(who, shipped(before), shipped(after), NOW, granted)


def test_what_is_held_stays_under_the_limit_that_it_was_collected_under() -> None:
    rich = mover((LotKind.PURCHASE, 500))
    answer = moved(rich, "fair-2026", "upwork-2019-05")

    assert (answer.held, answer.trimmed_before, answer.trimmed_after, answer.lost) == (500, 0, 0, 0)


def test_what_the_present_rules_would_trim_is_no_loss_of_the_move() -> None:
    rich = mover((LotKind.SIGNUP, 200))
    answer = moved(rich, "upwork-2019-05", "upwork-2019-12")

    assert (answer.trimmed_before, answer.trimmed_after) == (60, 60)
    assert answer.lost == 0


@given(histories(), names, names, st.sampled_from(["basic", "plus"]))
def test_moving_never_costs_anybody_a_connect(
    book: Book, before: str, after: str, plan: str
) -> None:
    who = Mover(
        wallet=book.wallet,
        kind=AccountKind.FREELANCER,
        plan=plan,
        renews=book.now + timedelta(days=20),
    )
    answer = forecast_move(who, shipped(before), shipped(after), book.now, frozenset())

    assert answer.lost == 0
    assert answer.trimmed_after <= answer.trimmed_before


@pytest.mark.parametrize(
    ("badges", "granted_before", "granted"),
    [
        ({"top-rated"}, set(), 60),
        ({"premium"}, set(), 60),
        ({"top-rated", "premium"}, set(), 60),
        ({"top-rated"}, {"badges"}, 0),
        ({"rising"}, set(), 0),
        (set(), set(), 0),
    ],
)
def test_badges_bring_their_connects_once_in_an_accounts_life(
    badges: set[str], granted_before: set[str], granted: int
) -> None:
    who = mover(badges=frozenset(badges))

    answer = moved(who, "upwork-2018", "upwork-2019-05", frozenset(granted_before))

    assert answer.granted == granted


def test_a_plans_monthly_connects_are_told_before_and_after() -> None:
    basic = moved(mover(), "upwork-2018", "upwork-2019-05")
    plus = moved(mover(plan="plus"), "upwork-2019-05", "upwork-2023")

    assert (basic.per_month_before, basic.per_month_after) == (60, 0)
    assert (plus.per_month_before, plus.per_month_after) == (70, 80)


def test_a_plan_that_the_new_rules_do_not_have_becomes_the_one_that_everyone_has() -> None:
    answer = moved(mover(plan="plus"), "upwork-2023", "peopleperhour")

    assert answer.per_month_after == 15


def test_lots_that_have_ended_by_the_move_are_held_no_more() -> None:
    ended = Lot(1, LotKind.SIGNUP, 30, 0, NOW - timedelta(days=400), NOW)
    open_lot = Lot(2, LotKind.SIGNUP, 7, 0, NOW, None)
    who = Mover(
        wallet=Wallet(1).with_lots((ended, open_lot)),
        kind=AccountKind.FREELANCER,
        plan="basic",
        renews=RENEWS,
    )

    assert moved(who, "upwork-2018", "fair-2026").held == 7


@pytest.mark.parametrize(
    ("earlier", "keep", "bought_too"),
    [
        (None, 140, True),
        (Carried(NOW, 200, True), 200, True),
        (Carried(NOW, 10, True), 140, True),
        (Carried(NOW, None, True), None, True),
        (Carried(NOW, 10, False), 140, False),
    ],
)
def test_who_moves_twice_keeps_the_best_of_all_limits(
    earlier: Carried | None, keep: int | None, bought_too: bool
) -> None:
    later = NOW + timedelta(days=3)

    answer = carried_from(mover(carried=earlier), shipped("upwork-2019-05"), later)

    assert answer == Carried(later, keep, bought_too)


def said(after: str = "upwork-2019-05", /, **changes: Any) -> str:
    usual = dict.fromkeys(
        (
            "held",
            "trimmed_before",
            "trimmed_after",
            "granted",
            "per_month_before",
            "per_month_after",
        ),
        0,
    )
    return " ".join(fate_lines(MoveForecast(**{**usual, **changes}), shipped(after), RENEWS))


@pytest.mark.parametrize(
    ("changes", "facts"),
    [
        ({"held": 37}, ["37"]),
        ({"held": 37, "trimmed_after": 5}, ["37", "5", "1 December 2026"]),
        ({"granted": 60}, ["60"]),
        ({"per_month_before": 10, "per_month_after": 80}, ["10", "80", "1 December 2026"]),
    ],
)
def test_the_fate_of_what_is_held_is_told_with_its_numbers(
    changes: dict[str, int], facts: list[str]
) -> None:
    assert [fact for fact in facts if fact not in said(**changes)] == []


def test_only_what_happens_is_told() -> None:
    assert "December" not in said(held=5)
    assert "December" not in said(per_month_before=9, per_month_after=9)
    assert "no limit" in said("fair-2026")
    assert "no limit" not in said("upwork-2019-05")

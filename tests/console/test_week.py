"""The week against the one before: sums, what is owed at its end, and who sees money."""

from datetime import date, timedelta

from connects.console.week import Figure, week_of
from connects.market.books.models import DayFigures
from connects.vocabulary.amounts import Money

FIRST = date(2026, 11, 2)


def days(*proposals: int) -> list[DayFigures]:
    return [
        DayFigures(
            day=FIRST + timedelta(days=place),
            proposals=number,
            sold=10,
            spent=5,
            returned=1,
            expired=0,
            revenue_cents=100,
            breakage_cents=0,
            liability_cents=1_000 + place * 10,
            currency="USD",
        )
        for place, number in enumerate(proposals)
    ]


def figures(found: list[DayFigures], *, with_money: bool = True) -> dict[str, Figure]:
    week = week_of(found, with_money=with_money)
    assert week is not None
    return {figure.label: figure for figure in week.figures}


def test_a_week_is_compared_with_the_one_before() -> None:
    found = figures(days(*[1] * 7, *[2] * 7))
    proposals, owed = found["Proposals"], found["Owed to members"]

    assert (proposals.now, proposals.then, proposals.percent) == (14, 7, "100% more")
    assert (owed.now, owed.then, owed.change) == (
        Money(1_130, "USD"),
        Money(1_060, "USD"),
        Money(70, "USD"),
    )
    assert found["Revenue"].difference == 0
    assert found["Connects that expired"].percent == ""


def test_fewer_is_said_as_less() -> None:
    assert figures(days(*[4] * 7, *[3] * 7))["Proposals"].percent == "25% less"


def test_a_marketplace_of_three_days_is_shown_with_what_there_is() -> None:
    week = week_of(days(1, 2, 3), with_money=True)

    assert week is not None
    assert (week.first.day, week.last.day) == (FIRST, FIRST + timedelta(days=2))
    assert [bar.second for bar in week.bars] == [1, 2, 3]
    assert [bar.first for bar in week.bars] == [0, 0, 0]
    assert week_of([], with_money=True) is None


def test_money_is_left_out_for_who_does_not_see_the_books() -> None:
    found = figures(days(1, 2, 3), with_money=False)

    assert list(found) == [
        "Proposals",
        "Connects sold",
        "Connects spent",
        "Connects that came back",
        "Connects that expired",
    ]


def test_each_day_stands_beside_the_same_day_of_the_week_before() -> None:
    week = week_of(days(*range(14)), with_money=False)

    assert week is not None
    assert [(bar.label, bar.first, bar.second) for bar in week.bars][:2] == [
        ("Mon", 0, 7),
        ("Tue", 1, 8),
    ]

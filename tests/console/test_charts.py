"""Bars without scripts: the longest fills the room, and the others are in proportion."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from connects.console.charts import (
    BALANCE_HEIGHT,
    ROW,
    WIDTH,
    balance_line,
    pairs_of_bars,
    spark,
)

rows = st.lists(
    st.tuples(st.text(max_size=9), st.integers(0, 10**9), st.integers(0, 10**9)), max_size=12
)


@given(rows)
def test_every_bar_fits_and_a_larger_number_is_never_shorter(
    rows: list[tuple[str, int, int]],
) -> None:
    chart = pairs_of_bars(rows)
    drawn = sorted(
        pair
        for bar in chart.bars
        for pair in ((bar.before, bar.before_width), (bar.after, bar.after_width))
    )

    assert [(bar.label, bar.before, bar.after) for bar in chart.bars] == rows
    assert all(0 <= width <= WIDTH - chart.x for _, width in drawn)
    assert [width for _, width in drawn] == sorted(width for _, width in drawn)
    assert [bar.y for bar in chart.bars] == [place * ROW for place in range(len(rows))]


def test_where_nothing_is_there_to_draw_there_is_still_a_chart() -> None:
    assert pairs_of_bars([]).height == ROW
    assert pairs_of_bars([("one", 0, 0)]).bars[0].before_width == 0


def test_a_line_through_days_stays_in_its_box() -> None:
    points = [tuple(map(float, pair.split(","))) for pair in spark([3, 9, 6]).split()]

    assert points == [(0.0, 31.0), (60.0, 3.0), (120.0, 17.0)]
    assert spark([5]) == ""
    assert {y for _, y in (tuple(p.split(",")) for p in spark([2, 2, 2]).split())} == {"31.0"}


def test_a_balance_stays_level_until_it_changes() -> None:
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    days = [(monday + timedelta(days=day), balance) for day, balance in ((0, 10), (1, 0), (2, 0))]

    corners = balance_line(days).split()
    assert corners[1] == f"280.0,{corners[0].split(',')[1]}", "level until Tuesday"
    assert corners[2:] == ["280.0,120.0", "560.0,120.0", "560.0,120.0"]
    assert corners[-1].endswith(f",{BALANCE_HEIGHT:.1f}")
    assert balance_line(days[:1]) == balance_line([days[0], days[0]]) == ""

"""Charts of upright pairs: bars on one floor, as long as their numbers say."""

from hypothesis import given, settings
from hypothesis import strategies as st

from connects.statements.upright_pairs import FLOOR, TOP, WIDTH, upright_pairs

NUMBERS = st.integers(0, 10**6)


def test_bars_stand_on_one_floor_and_the_longest_reaches_the_top() -> None:
    monday, tuesday = upright_pairs([("Mon", 0, 10), ("Tue", 5, 0)])

    assert monday.second_height == FLOOR - TOP
    assert (monday.first_height, tuesday.second_height) == (0, 0)
    assert tuesday.first_height == monday.second_height // 2


@given(st.lists(st.tuples(st.just("day"), NUMBERS, NUMBERS), max_size=12))
@settings(max_examples=25)
def test_pairs_stay_in_the_chart_and_beside_one_another(rows: list[tuple[str, int, int]]) -> None:
    end = 0
    for pair in upright_pairs(rows):
        assert pair.x >= end
        assert 0 <= pair.first_height <= FLOOR - TOP
        assert 0 <= pair.second_height <= FLOOR - TOP
        end = pair.x + pair.second_x + pair.width
    assert end <= WIDTH

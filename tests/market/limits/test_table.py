"""The table of limits, and the numbers that an operator may give instead."""

from datetime import timedelta

import pytest

from connects.market.limits.table import LIMITS, MINUTE, numbers_from


def test_every_limit_has_a_name_of_its_own_and_lets_something_happen() -> None:
    names = [limit.name for limit in LIMITS]

    assert len(names) == len(set(names))
    for limit in LIMITS:
        assert limit.most >= 1
        assert MINUTE <= limit.within <= timedelta(days=1)
        assert limit.noun
        assert limit.by


def test_an_operator_changes_numbers_by_name() -> None:
    assert numbers_from("sign-ups=50, flags = 10") == {"sign-ups": 50, "flags": 10}
    assert numbers_from("") == numbers_from(" , ") == {}
    assert numbers_from("flags=10,flags=11") == {"flags": 11}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sign-up=50", "sign-up"),
        ("50", "50"),
        ("flags", "flags"),
        ("flags=0", "flags"),
        ("flags=-1", "flags"),
        ("flags=many", "flags"),
        ("flags=1.5", "flags"),
        ("flags=" + "9" * 5_000, "flags"),
    ],
)
def test_what_is_no_number_or_no_limit_is_named(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        numbers_from(text)


def test_an_unknown_name_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(ValueError, match="nonsense") as caught:
        numbers_from("nonsense=1")

    assert all(limit.name in str(caught.value) for limit in LIMITS)

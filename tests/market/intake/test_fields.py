"""Fields of an import are read strictly: what is nearly right is named, and never guessed."""

from datetime import UTC, datetime
from typing import Any

import pytest

from connects.ledger.admission import MOST
from connects.market.intake.differences import Code
from connects.market.intake.fields import (
    Cell,
    Unfit,
    a_country,
    a_name,
    a_text,
    an_id,
    an_instant,
    one_of,
    whole,
    yes_or_no,
)


def fault(read: Any, value: object) -> Code:
    with pytest.raises(Unfit) as unfit:
        read(value)
    return unfit.value.code


@pytest.mark.parametrize("name", ["u-7", "A.b_c~d:e", "0", "x" * 100])
def test_an_id_is_what_the_api_takes(name: str) -> None:
    assert an_id(name) == name


@pytest.mark.parametrize("name", ["", ".", "..", "a b", "ü", "x" * 101, "a/b", "a\n", 7, None, []])
def test_what_is_no_id_is_named(name: object) -> None:
    assert fault(an_id, name) is Code.NOT_AN_ID


def test_a_number_is_a_number_and_in_csv_plain_digits() -> None:
    read = whole(1, MOST)

    assert (read(1), read(MOST), read(Cell("0012"))) == (1, MOST, 12)
    for value in (0, -1, MOST + 1, 1.0, True, "12", None, Cell(""), Cell("-1"), Cell("1.0")):
        assert fault(read, value) is Code.NOT_A_WHOLE_NUMBER
    for value in (Cell("١"), Cell("1e3"), Cell("9" * 5_000), Cell(" 1")):
        assert fault(read, value) is Code.NOT_A_WHOLE_NUMBER


def test_an_instant_has_its_zone() -> None:
    assert an_instant("2026-03-01T02:00:00+02:00") == datetime(2026, 3, 1, tzinfo=UTC)
    assert an_instant("2026-03-01T00:00:00.000001Z").microsecond == 1
    assert fault(an_instant, "2026-03-01T00:00:00") is Code.NO_ZONE
    for value in ("2026-03-01", "yesterday", "", 1772323200, None, "2026-13-01T00:00:00Z"):
        assert fault(an_instant, value) is Code.NOT_AN_INSTANT
    for value in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1066-10-14T09:00:00Z"):
        assert fault(an_instant, value) is Code.NOT_AN_INSTANT


def test_yes_and_no_are_true_and_false() -> None:
    assert (yes_or_no(True), yes_or_no(Cell("false"))) == (True, False)
    for value in ("true", 1, 0, None, Cell("True"), Cell("yes")):
        assert fault(yes_or_no, value) is Code.NOT_YES_OR_NO


def test_names_are_seen_whole() -> None:
    assert a_name("Ana Müller") == "Ana Müller"
    assert fault(a_name, "A\u200bna") is Code.HIDDEN_CHARACTERS
    for value in ("", "…", "x" * 81, 7):
        assert fault(a_name, value) is Code.NOT_A_NAME
    assert fault(a_text, "") is Code.NOT_A_NAME


def test_words_are_those_that_are_known() -> None:
    read = one_of(["plan", "bonus"])

    assert read("plan") == "plan"
    for value in ("Plan", "", "gift", 1, None):
        assert fault(read, value) is Code.UNKNOWN_KIND
    for value in ("pt", "PRT", "P1", "", 351):
        assert fault(a_country, value) is Code.NOT_A_COUNTRY

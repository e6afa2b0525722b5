"""What is typed is read in bounds: nothing that anybody can send is an error of the program."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import RefusalCode, Refused
from connects.vocabulary.typed_input import (
    KEY_CHARACTERS,
    Typed,
    day,
    has_control_characters,
    key_refused,
    line,
    moment,
    month,
    name_refused,
    several_lines,
    text_refused,
    whole_number,
)

ANYTHING = st.text(st.characters(categories=None), max_size=200) | st.from_regex(r"[0-9.:TZ+-]*")
NOW = datetime(2026, 3, 31, 18, 5, tzinfo=UTC)


@given(ANYTHING)
def test_nothing_that_anybody_types_is_an_error(text: str) -> None:
    typed = Typed({"x": text, "page": text, "key": text, "handle": text, "reason": text})

    typed.whole_number("x"), typed.number_or_none("x"), typed.row("x"), typed.page()
    typed.cents("x", "EUR"), typed.month("x", NOW), typed.moment("x"), day(text)
    key_refused(typed.key()), name_refused("x", typed.name("x")), text_refused("x", text, 50)
    for one_line in (typed.line("x"), typed.handle(), typed.reason(), typed.choice("x")):
        assert not has_control_characters(one_line)
        assert "\n" not in one_line
        one_line.encode()


@pytest.mark.parametrize(
    "text", ["", "-1", "1.5", "1e3", "0x10", "１", "²", "1_000", "1 0", "9" * 5_000]
)
def test_a_whole_number_is_plain_digits_of_a_bounded_length(text: str) -> None:
    assert whole_number(text) is None


def test_a_whole_number_lies_between_its_bounds() -> None:
    assert [whole_number(text, 1, 20) for text in ("0", "1", "20", "21")] == [None, 1, 20, None]
    assert whole_number(" 007 ", 1, 999) == 7


def test_the_refusal_of_a_number_says_what_to_enter() -> None:
    refused = Typed({"most_a_month": "many"}).whole_number("most_a_month", 1, 999_999)

    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.INVALID
    words = "Most a month: enter a whole number from 1 to 999,999."
    assert refusal_text(refused) == words


def test_an_empty_field_is_no_number_and_no_mistake() -> None:
    assert Typed({"most": " "}).number_or_none("most") is None
    assert isinstance(Typed({"most": "x"}).number_or_none("most"), Refused)


@pytest.mark.parametrize(
    "text", ["0001-01", "9999-12", "2026-13", "2026-00", "2026", "99999-01", "\0"]
)
def test_a_month_without_neighbours_is_none(text: str) -> None:
    assert month(text) is None
    assert Typed({"month": text}).month("month", NOW) == datetime(2026, 3, 1, tzinfo=UTC)


def test_months_and_moments_are_read_in_utc() -> None:
    assert month("2026-03") == datetime(2026, 3, 1, tzinfo=UTC)
    assert moment("2026-03-31T18:05+02:00") == datetime(2026, 3, 31, 16, 5, tzinfo=UTC)
    assert [moment(text) for text in ("0001-01-01", "9999-12-31T23:59-12:00", "now")] == [None] * 3


@pytest.mark.parametrize("key", ["", "a\nb", "a\0b", "x" * (KEY_CHARACTERS + 1), "\u202e"])
def test_a_key_is_a_hundred_printable_characters_at_most(key: str) -> None:
    assert key_refused(key) is not None
    assert key_refused("x" * KEY_CHARACTERS) is None


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "\u200b",
        "\u3164",
        "\u202eanA",
        "A\u200dna",
        "Ana\nLopez",
        "Ana\0",
        "A\ud800",
        "x" * 81,
    ],
)
def test_a_name_shows_itself_whole(name: str) -> None:
    assert name_refused("name", name) is not None


@pytest.mark.parametrize(
    "name",
    [
        "Ana",
        "Łukasz Żółć",
        "محمد الفارسي",
        "دوستي\u200cها",
        "דוד כהן",
        "山田　太郎",
        "क्\u200dष",
        "O’Neill",
    ],
)
def test_names_of_all_scripts_are_names(name: str) -> None:
    kept = Typed({"name": name}).name("name")

    assert name_refused("name", kept) is None
    assert kept == name.replace("\u3000", " ")


def test_a_pasted_text_loses_what_cannot_be_seen_and_keeps_its_lines() -> None:
    pasted = "\ufeffHello\u200b,\r\n\u202aplain\u202c\u00a0words\u00ad"

    assert several_lines(pasted) == "Hello,\nplain words"
    assert text_refused("text", several_lines("a\0b"), 100) is not None


def test_a_line_is_cut_and_drops_control_characters() -> None:
    assert line("  lo\0go\x1b[31m", 8) == "logo"

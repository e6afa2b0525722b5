"""What stands in a cell: as people read it on a page, and as it is in a file."""

from datetime import UTC, date, datetime

import pytest

from connects.console.tables.columns import (
    Column,
    as_words,
    cell_of,
    heads_in_file,
    in_file,
)
from connects.vocabulary.amounts import Money

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "words", "cells"),
    [
        (None, "", ("",)),
        ("", "", ("",)),
        (0, "0", (0,)),
        (12_500, "12,500", (12_500,)),
        (True, "yes", ("yes",)),
        (False, "no", ("no",)),
        (NOON, "28 Nov 2026, 12:00", ("2026-11-28T12:00:00+00:00",)),
        (date(2026, 3, 1), "1 Mar 2026", ("2026-03-01",)),
        (Money(150, "USD"), "$1.50", ("1.50", "USD")),
        (Money(150, "JPY"), "JPY 150", ("150", "JPY")),
        (("a budget", "a copy"), "a budget, a copy", ("a budget, a copy",)),
    ],
)
def test_a_value_is_words_on_a_page_and_itself_in_a_file(
    value: object, words: str, cells: tuple[object, ...]
) -> None:
    column: Column[object] = Column("what", "What", lambda item: item)

    assert as_words(value) == words
    assert in_file(column, value) == cells
    assert cell_of(column, value).text == (words or "–")


def test_what_is_not_there_leads_nowhere_and_is_no_state() -> None:
    column: Column[str] = Column("who", "Who", lambda item: item, lambda _: "/there/", True)

    assert (cell_of(column, "").link, cell_of(column, "").is_state) == ("", False)
    assert (cell_of(column, "Ana").link, cell_of(column, "Ana").is_state) == ("/there/", True)


def test_an_amount_of_money_has_two_heads() -> None:
    columns: list[Column[Money]] = [
        Column("total", "Total", lambda item: item),
        Column("id", "Id", lambda _: "x"),
    ]

    assert heads_in_file(columns, Money(1, "USD")) == ["total", "total_currency", "id"]
    assert heads_in_file(columns, None) == ["total", "id"]

"""Documents from elsewhere are read, or refused in words, whatever is in them."""

from pathlib import Path

import pytest

from connects.vocabulary.csv_lines import csv_lines
from connects.vocabulary.documents import Unreadable, document_text, json_value, toml_tables

DEEP, LONG = 90_000, "9" * 6_000


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * DEEP + "]" * DEEP,
        "a = " + "{b = " * DEEP,
        "a = " + "[" * 300 + "]" * 300,
        f"a = {LONG}",
        f"a = 0x{'f' * 6_000}",
        f"a = {LONG}-01-01",
        "a = 1\0",
        "\ufeffa = 1",
        "[a",
    ],
)
def test_toml_that_cannot_be_read_is_told_in_words(text: str) -> None:
    with pytest.raises(Unreadable):
        toml_tables(text)


@pytest.mark.parametrize(
    "body",
    [
        b"[" * DEEP,
        b"[" * DEEP + b"]" * DEEP,
        b'{"a":' * 300 + b"1" + b"}" * 300,
        LONG.encode(),
        b"\xff\xfe",
        b"",
        b"{",
    ],
)
def test_json_that_cannot_be_read_is_told_in_words(body: bytes) -> None:
    with pytest.raises(Unreadable):
        json_value(body)


def test_a_file_that_cannot_be_read_is_told_in_words(tmp_path: Path) -> None:
    latin, large = tmp_path / "latin.toml", tmp_path / "large.toml"
    latin.write_bytes(b"a = '\xe9'")
    large.write_bytes(b"#" * 1_000_001)

    for path in (latin, large, tmp_path, tmp_path / "none", Path("/dev/zero"), Path("a\0b")):
        with pytest.raises(Unreadable):
            document_text(path)


def test_a_byte_order_mark_is_no_part_of_a_document(tmp_path: Path) -> None:
    marked = tmp_path / "marked.toml"
    marked.write_text("\ufeffa = 1", encoding="utf-8")

    assert toml_tables(document_text(marked)) == {"a": 1}


def test_no_cell_of_a_table_is_run_as_a_formula() -> None:
    cells = ["=1+1", "+cmd|x", "-2+3", "@sum", "\t=1", " =1", "plain", "-12", "+1.50", -12, None]

    (_, row) = csv_lines(["head"], [cells])

    assert row == "'=1+1,'+cmd|x,'-2+3,'@sum,'\t=1,' =1,plain,-12,+1.50,-12,\r\n"

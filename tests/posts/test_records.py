"""CSV is read as whole records, in whatever encoding and with whatever delimiter it comes."""

import bz2
import gzip
import lzma
import zipfile
from pathlib import Path

import pytest

from connects.posts.unreadable import TableUnreadable
from tests.posts.written_files import posts_in, read

TABLE = "job_id,kind,budget_usd,country\n1,fixed,300,Perú\n2,fixed,40,Chile\n"


def prices(file: Path, content: bytes | str) -> list[int | None]:
    return [r.row.facts.budget_cents if r.row else None for r in posts_in(file, content)]


def test_the_lines_of_a_text_are_never_posts(tmp_path: Path) -> None:
    text = 'job_id,kind,budget_usd,description\n1,fixed,20,"See:\n9999,fixed,1000000,\nend"\n'
    text += "2,fixed,30,x\n"

    found = posts_in(tmp_path / "a.csv", text)

    assert [(r.line, r.row and r.row.job_id) for r in found] == [(2, "1"), (5, "2")]
    assert found[0].cells["description"] == "See:\n9999,fixed,1000000,\nend"


def test_a_quote_that_never_closes_spoils_its_row_where_rows_follow(tmp_path: Path) -> None:
    rows = "".join(f"{n},fixed,{n},x\n" for n in range(2, 8))

    found = posts_in(tmp_path / "a.csv", f'job_id,kind,budget_usd,country\n1,fixed,5,"x\n{rows}')

    assert "a quote is opened and not closed" in found[0].problem
    assert [r.cells["job_id"] for r in found[1:]] == ["2", "3", "4", "5", "6", "7"]


def test_a_file_cut_off_within_a_text_makes_no_post_of_the_text(tmp_path: Path) -> None:
    text = "All of it,\nin words.\nPlease.\n9,fixed,1000000,\nThanks, and\nbye, bye"

    found = posts_in(
        tmp_path / "a.csv", f'job_id,kind,budget_usd,title\n1,fixed,5,x\n2,fixed,6,"{text}'
    )

    assert [r.row is None for r in found] == [False, True]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding",
    [
        *(
            "utf-8",
            "utf-8-sig",
            "utf-16",
            "utf-16-le",
            "utf-16-be",
            "utf-32",
            "utf-32-le",
            "utf-32-be",
        ),
        "cp1252",
    ],
)
def test_any_delimiter_and_encoding_is_found_out(
    tmp_path: Path, delimiter: str, encoding: str
) -> None:
    content = TABLE.replace(",", delimiter).encode(encoding)

    found = posts_in(tmp_path / "a.csv", content)

    assert [r.cells["country"] for r in found] == ["Perú", "Chile"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_machine(tmp_path: Path, end: str) -> None:
    assert prices(tmp_path / "a.csv", TABLE.replace("\n", end)) == [30_000, 4_000]


def test_lines_of_one_file_may_end_as_on_different_machines(tmp_path: Path) -> None:
    mixed = TABLE.strip() + "\r3,fixed,50,Peru\r\n4,fixed,60,Peru\r"

    found = posts_in(tmp_path / "a.csv", mixed)

    assert [(r.line, r.row and r.row.facts.budget_cents) for r in found] == [
        (2, 30_000), (3, 4_000), (4, 5_000), (5, 6_000),
    ]  # fmt: skip


def test_a_spreadsheets_line_that_states_the_delimiter_is_no_header(tmp_path: Path) -> None:
    assert prices(tmp_path / "a.csv", "sep=;\n" + TABLE.replace(",", ";")) == [30_000, 4_000]


def test_the_encoding_of_older_programs_in_japan_is_found_out(tmp_path: Path) -> None:
    table = (
        "id,type,budget,description\n1,fixed,500,ホームページ制作\n2,hourly,25,ソフトウェア開発\n"
    )
    file = tmp_path / "posts.csv"
    file.write_bytes(table.encode("cp932"))
    rows, found = read(file)

    assert [each.cells["description"] for each in rows] == ["ホームページ制作", "ソフトウェア開発"]
    assert "CP932 (a guess)" in found.raw.shape


def test_a_file_that_lies_about_its_encoding_is_read_or_its_rows_are_named(tmp_path: Path) -> None:
    marked = b"\xff\xfe" + TABLE.encode()
    mixed = TABLE.encode() + "3,fixed,7,Köln\n".encode("latin-1") + "4,fixed,8,Öl\n".encode()

    assert prices(tmp_path / "a.csv", marked) == [30_000, 4_000]
    found = posts_in(tmp_path / "b.csv", mixed)
    assert [r.problem for r in found] == ["", "", "not UTF-8 (byte 0xF6)", ""]
    one_of_each = "kind,budget,category\nfixed,5,Café\n".encode() + b"fixed,6,Caf\xe9\n"
    utf_8, latin = posts_in(tmp_path / "c.csv", one_of_each)
    assert (utf_8.cells["category"], latin.problem) == ("Café", "not UTF-8 (byte 0xE9)")


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_what_is_packed_is_unpacked(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    assert prices(tmp_path / "a.csv", pack(TABLE.encode())) == [30_000, 4_000]


def zipped(file: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return file


def test_the_one_table_in_an_archive_is_read(tmp_path: Path) -> None:
    found, _ = read(zipped(tmp_path / "a.zip", a_csv=TABLE.encode(), read_md=b"About."))

    assert len(found) == 2


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"a_csv": b"x", "b_csv": b"y"}, "holds 2 files (a.csv, b.csv)"),
        ({"a_gz": gzip.compress(b"x")}, "an archive inside an archive"),
    ],
)
def test_an_archive_that_cannot_be_read_is_refused_by_name(
    tmp_path: Path, members: dict[str, bytes], said: str
) -> None:
    with pytest.raises(TableUnreadable) as refused:
        read(zipped(tmp_path / "a.zip", **members))

    assert said in str(refused.value)


def test_an_archive_that_unpacks_hugely_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableUnreadable, match="unpacks to more than"):
        read(zipped(tmp_path / "a.zip", a_csv=b"0" * 400_000_000))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\x89PNG\r\n", "a picture"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"<?xml version='1.0'?>", "XML"),
        (b" \n", "the file is empty"),
        (bytes(range(256)) * 9, "binary data"),
        (b"name,skills,hourly_rate,job_success\nA,B,20,99\n", "profiles of freelancers"),
        (b"title,skills\nLogo,PS\n", "no column kind (fixed or hourly), and no amount"),
        (b"Logo,75.64\nShop,100\n", "there is no header"),
        (b"kind,budget,budget\nfixed,1,2\n", "the column budget is there 2 times"),
        (b"PAR1 and nothing more", "not a file of Parquet that can be read"),
    ],
)
def test_what_cannot_be_posts_says_what_it_is(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(content)
    with pytest.raises(TableUnreadable) as refused:
        read(file)

    assert said in str(refused.value)


def test_a_line_of_any_length_spoils_only_itself(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    with file.open("wb") as stream:
        stream.write(b"job_id,kind,budget_usd\n1,fixed,")
        for _ in range(20):
            stream.write(b"9" * 1_000_000)
        stream.write(b"\n2,fixed,30\n")

    found, _ = read(file)

    assert [r.problem for r in found] == ["longer than 1,000,000 bytes", ""]

"""Files that are too large, or that unpack to far more than they should, are refused or spoil one row."""

import bz2
import gzip
import io
import json
import lzma
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from connects.posts.json_records import DOCUMENT_BYTES_MOST
from connects.posts.opened import UNPACKS_ALWAYS
from connects.posts.table import open_table
from connects.posts.unreadable import TableUnreadable
from tests.posts.written_files import posts_in, read, run, workbook

POST = {"job_id": "1", "kind": "fixed", "budget_usd": 50}
LONG = "x" * 1_100_000


def zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_a_document_on_one_line_of_any_length_is_read(tmp_path: Path) -> None:
    posts = [{**POST, "job_id": str(number), "note": "x" * 500} for number in range(4_000)]

    found = posts_in(tmp_path / "a.json", json.dumps(posts))

    assert len(found) == 4_000
    assert all(each.row for each in found)


def test_a_line_of_json_that_is_too_long_spoils_only_itself(tmp_path: Path) -> None:
    lines = [json.dumps(each) for each in (POST, {**POST, "note": LONG}, {**POST, "job_id": "3"})]

    first, second, third = posts_in(tmp_path / "a.jsonl", "\n".join(lines))

    assert first.row
    assert second.problem == "longer than 1,000,000 bytes"
    assert third.row


def test_a_document_that_is_too_large_says_by_how_much_and_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    with file.open("wb") as target:
        target.write(b'[{"kind":"fixed","note":"')
        target.seek(DOCUMENT_BYTES_MOST + 2_000_000)  # zeros that no disk holds
        target.write(b'"}]')

    with pytest.raises(TableUnreadable, match=r"more than 256,000,000 characters.*JSON Lines"):
        read(file)


def test_a_number_without_end_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(TableUnreadable, match="a number of thousands of digits"):
        posts_in(tmp_path / "a.json", '[{"kind": "fixed", "budget_usd": ' + "9" * 5_000 + "}]")


def _book(folder: Path) -> bytes:
    return workbook(
        folder / "b.xlsx", [["job_id", "kind", "budget_usd"], ["1", "fixed", "50"]]
    ).read_bytes()


def test_a_sheet_that_reaches_over_more_cells_than_memory_holds_is_refused(tmp_path: Path) -> None:
    far = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_book(tmp_path))) as book, zipfile.ZipFile(far, "w") as target:
        for name in book.namelist():
            target.writestr(name, book.read(name).replace(b'r="C2"', b'r="XFD1048576"'))

    with pytest.raises(TableUnreadable, match=r"reaches over 17,179,869,184 cells"):
        posts_in(tmp_path / "far.xlsx", far.getvalue())


def test_a_header_without_end_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableUnreadable, match="the first row: longer than 1,000,000 bytes"):
        posts_in(tmp_path / "a.csv", b"0" * 3_000_000)


def test_more_posts_than_can_be_held_are_refused_where_all_are_needed_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connects.posts.reading.HELD_MOST", 2)
    posts = tmp_path / "a.csv"
    posts.write_text("kind,budget,bids\n" + "fixed,50,3\n" * 3)

    for command in (
        ("fairness", posts, "--policy", "fair-2026", "--out", tmp_path / "a.html"),
        ("policy", "fit", posts, "--base", "fair-2026", "--out", tmp_path / "a.toml"),
        ("demand", posts),
        ("estimate", "evaluate", posts),
    ):
        refused = run(*command)
        assert refused.exit_code == 2, command
        assert "more than 2 rows, which have to be held at once" in refused.stderr
    assert list(tmp_path.iterdir()) == [posts]
    assert run("price", posts, "--policy", "fair-2026").exit_code == 0


def _bomb() -> bytes:
    sheet = b"0" * (UNPACKS_ALWAYS + 50_000_000)
    return zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": sheet})


def test_a_workbook_in_an_archive_is_read(tmp_path: Path) -> None:
    assert posts_in(tmp_path / "a.xlsx.gz", gzip.compress(_book(tmp_path)))[0].row


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lambda: gzip.compress(_bomb()), "unpacks to more than"),
        (lambda: zipped({"a.csv": b"0" * (UNPACKS_ALWAYS + 50_000_000)}), "unpacks to more than"),
        (lambda: zipped({"a.zip": zipped({"a.csv": b"kind\n"})}), "an archive inside an archive"),
        (lambda: gzip.compress(gzip.compress(b"kind\n")), "an archive inside an archive"),
    ],
)
def test_what_unpacks_without_end_is_refused(
    tmp_path: Path, content: Callable[[], bytes], said: str
) -> None:
    with pytest.raises(TableUnreadable, match=said):
        posts_in(tmp_path / "a.csv", content())


def test_what_says_itself_that_it_is_a_trap_is_refused_before_a_row_is_read(tmp_path: Path) -> None:
    row = b"1,fixed,50\n"
    content = gzip.compress(b"job_id,kind,budget_usd\n" + row * 12_000_000)
    (tmp_path / "a.csv.gz").write_bytes(content)

    with (
        pytest.raises(TableUnreadable, match="unpacks to more than"),
        open_table(str(tmp_path / "a.csv.gz")),
    ):
        pytest.fail("it was opened")


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
@pytest.mark.parametrize("kept", [0.5, 0.9, -1])
def test_a_file_that_was_cut_off_is_called_that(
    tmp_path: Path, pack: Callable[[bytes], bytes], kept: float
) -> None:
    chance = random.Random(1)
    rows = "".join(f"{n},fixed,{chance.randrange(5, 5_000)}\n" for n in range(20_000))
    content = pack(f"job_id,kind,budget_usd\n{rows}".encode())
    end = int(len(content) * kept) if kept > 0 else int(kept)

    with pytest.raises(TableUnreadable, match="cut off"):
        posts_in(tmp_path / "a.csv", content[:end])

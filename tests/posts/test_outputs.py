"""Outputs are whole or not there, whatever happens to the run, to its input or to the disk."""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from connects.posts.output import OutputRefused, whole_file, write_whole
from connects.posts.table import open_table
from connects.posts.unreadable import TableUnreadable
from tests.posts.written_files import run

TABLE = "job_id,kind,budget\n1,Fixed,$300\n2,Fixed,$40\n"


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_what_another_run_still_writes_and_other_peoples_files_are_left_alone(
    tmp_path: Path,
) -> None:
    mine = tmp_path / ".out.csv.original"
    mine.write_text("kept")
    out = str(tmp_path / "out.csv")

    with whole_file(out) as slow:
        slow.write("slow")
        write_whole(out, "fast")
        assert Path(out).read_text() == "fast"

    assert Path(out).read_text() == "slow"
    assert names(tmp_path) == [".out.csv.original", "out.csv"]


def test_an_input_that_breaks_is_named_and_not_the_output(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress((TABLE + "3,Fixed,$5\n" * 90_000).encode()))
    packed[-8:-4] = b"\0\0\0\0"  # the checksum
    (tmp_path / "a.csv.gz").write_bytes(packed)
    out = tmp_path / "out.csv"

    result = run("price", tmp_path / "a.csv.gz", "--policy", "fair-2026", "--out", out)

    assert result.exit_code == 2
    assert f"{tmp_path / 'a.csv.gz'}: the file is damaged" in result.stderr
    assert names(tmp_path) == ["a.csv.gz"]


@pytest.mark.parametrize(("out", "named"), [("/dev/full", "/dev/full"), ("-", "standard output")])
def test_a_full_disk_is_the_outputs_and_not_the_inputs(
    tmp_path: Path, out: str, named: str
) -> None:
    (tmp_path / "a.csv").write_text(TABLE)
    command = ("price", str(tmp_path / "a.csv"), "--policy", "fair-2026", "--out", out)

    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            (sys.executable, "-m", "connects.cli", *command),
            check=False, stdout=full, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    assert done.returncode == 2
    assert f"{named}: No space left on device" in done.stderr
    assert "a.csv: No space" not in done.stderr


def test_whoever_has_seen_enough_ends_the_run_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(TABLE + "3,Fixed,$5\n" * 20_000)
    command = ("price", str(tmp_path / "a.csv"), "--policy", "fair-2026", "--out", "-")

    with subprocess.Popen(
        (sys.executable, "-m", "connects.cli", *command),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        assert running.stdout
        assert running.stderr
        assert running.stdout.readline().startswith("job_id,connects")
        running.stdout.close()
        said = running.stderr.read()

    assert "Broken pipe" not in said
    assert "Traceback" not in said


def test_a_place_that_may_not_be_written_is_refused_before_any_work(tmp_path: Path) -> None:
    posts = tmp_path / "a.csv"
    posts.write_text("no posts at all")
    out = tmp_path / "none" / "out.html"

    for command in (
        ("price", posts, "--policy", "fair-2026", "--out", out),
        ("fairness", posts, "--policy", "fair-2026", "--out", out),
        ("policy", "fit", posts, "--base", "fair-2026", "--report", out),
    ):
        result = run(*command)
        assert result.exit_code == 2
        assert "there is no such folder" in result.stderr
        assert "a.csv" not in result.stderr


def test_closed_standard_input_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    with pytest.raises(TableUnreadable, match="there is no standard input"), open_table("-"):
        pass


def test_a_folder_is_no_output(tmp_path: Path) -> None:
    with pytest.raises(OutputRefused, match="Is a directory"):
        write_whole(str(tmp_path), "text")

"""Files and folders are there whole or not at all, however their writer ends."""

import subprocess
import sys
from pathlib import Path

import pytest

from connects.bootstrap.unfinished import held_folder
from connects.posts.output import whole_file, write_pair

KILLED = """
import os, signal, sys
from pathlib import Path
from connects.bootstrap.unfinished import held_folder
from connects.posts.output import whole_file
folder = Path(sys.argv[1])
with held_folder(".unfinished-", folder), whole_file(str(folder / "page.html")) as page:
    page.write("half of")
    page.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_process_left_is_removed_by_the_next_and_what_is_held_is_not(
    tmp_path: Path,
) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    left = {path.name for path in tmp_path.iterdir()}
    page = tmp_path / "page.html"

    with held_folder(".unfinished-", tmp_path) as held, whole_file(str(page)) as stream:
        stream.write("all of it")
        with held_folder(".unfinished-", tmp_path), whole_file(str(page)) as other:
            other.write("of another")
        assert held.is_dir()

    assert len(left) == 2
    assert page.name not in left
    assert [path.name for path in tmp_path.iterdir()] == [page.name]
    assert page.read_text() == "all of it"


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_a_file_is_never_beside_another_ones_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moved: int
) -> None:
    out, part = tmp_path / "mine.toml", tmp_path / "mine.csv"
    write_pair(str(out), "old", str(part), "old")
    moves, move = [], Path.replace

    def interrupted(unfinished: Path, target: Path) -> Path:
        moves.append(target.name)
        if len(moves) > moved:
            raise KeyboardInterrupt
        return move(unfinished, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    try:
        write_pair(str(out), "new", str(part), "new")
    except KeyboardInterrupt:
        assert moved < 2

    assert not out.exists() or out.read_text() == part.read_text()
    assert part.read_text() == ("new" if moved else "old")
    assert {*tmp_path.iterdir()} <= {out, part}

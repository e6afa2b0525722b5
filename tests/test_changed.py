"""What `make quick` checks the types of."""

import subprocess
from pathlib import Path

import pytest

from tests.changed import changed


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a main branch of two modules, from which a branch of its own begins."""
    git(tmp_path, "init", "-q", "-b", "main")
    for name in ("src/kept.py", "src/gone.py", "notes.py"):
        write(tmp_path, name)
    commit(tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "mine")
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    person = ("-c", "user.name=Ana", "-c", "user.email=ana@example.com")
    subprocess.run(["git", *person, *arguments], cwd=folder, check=True, capture_output=True)


def write(folder: Path, name: str, text: str = "") -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text)


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "a step")


def test_nothing_has_changed_at_first(checkout: Path) -> None:
    assert changed(checkout) == []


def test_what_is_committed_changed_or_new_counts(checkout: Path) -> None:
    write(checkout, "src/committed.py", "x = 1")
    commit(checkout)
    write(checkout, "src/kept.py", "x = 1")
    write(checkout, "src/new.py")

    assert changed(checkout) == ["src/committed.py", "src/kept.py", "src/new.py"]


def test_what_is_gone_elsewhere_or_no_module_does_not_count(checkout: Path) -> None:
    (checkout / "src/gone.py").unlink()
    write(checkout, "notes.py", "x = 1")
    write(checkout, "src/readme.md", "x")

    assert changed(checkout) == []


def test_on_the_main_branch_it_is_what_is_not_committed(checkout: Path) -> None:
    git(checkout, "checkout", "-q", "main")
    write(checkout, "src/kept.py", "x = 1")

    assert changed(checkout) == ["src/kept.py"]


def test_where_there_is_no_git_nothing_has_changed(tmp_path: Path) -> None:
    write(tmp_path, "src/kept.py")

    assert changed(tmp_path) == []

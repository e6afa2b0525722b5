"""Where tests stand, and how many there are: they mirror the source, and no package is left thin."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, ROOT

TESTS = ROOT / "tests"

OF_THE_WHOLE_HOUSE = {
    "architecture",  # rules that the source itself must keep
    "browser",  # pages as people see them
    "clients",  # the clients of the API, in their languages
    "deploy",  # the examples of how to run it
    "docs",  # what the documentation promises
    "examples",  # marketplaces beside Connects, as the documentation shows them
    "faults",  # something breaks in the middle
    "fonts",  # scripts that a font must have
    "nonsense",  # every page, asked for anything
    "properties",  # lives of members, whatever happens in them
    "requirements",  # how it is installed
    "servers",  # stand-ins for what others run
    "site_soak",  # the real site, for a long time
    "upgrade",  # databases of earlier versions
}
"""Folders of tests about no single package, and what each is about."""

FEWEST_LINES_OF_TEST = 0.6
"""For a line of source; both without blank lines, comments, words and migrations."""

WORDS = re.compile(r"""\s*(?:\w+\()?f?(["']).*\1\)*,?$""")
"""A line that holds nothing but a text, or the rest of one, such as `mark("Buy Connects"),`."""

NOT_THIN = ("policy", "statements", "console", "market", "acts")
"""The packages whose tests were once thin, and what once was one room with one of them."""


def unmirrored(tests: Path, source: Path) -> list[str]:
    """Folders with tests whose name no folder of the source has."""
    folders = sorted({path.parent.relative_to(tests) for path in tests.rglob("test_*.py")})
    return [
        str(folder)
        for folder in folders
        if folder.parts
        and folder.parts[0] not in OF_THE_WHOLE_HOUSE
        and not any((source / folder).glob("*.py"))
    ]


def lines(folder: Path) -> int:
    """Lines that do something, of all modules in a folder; words alone on a line are data."""
    return sum(
        bool(line.strip()) and not line.lstrip().startswith("#") and not WORDS.match(line)
        for path in folder.rglob("*.py")
        if "migrations" not in path.relative_to(folder).parts
        for line in path.read_text().splitlines()
    )


def lines_of_test_a_line(package: str, tests: Path, source: Path) -> float:
    """How many lines of test there are for a line of source."""
    return lines(tests / package) / lines(source / package)


def test_tests_stand_where_what_they_test_does() -> None:
    assert unmirrored(TESTS, PACKAGE) == []


def test_every_folder_of_the_whole_house_is_still_there() -> None:
    assert {name for name in OF_THE_WHOLE_HOUSE if not (TESTS / name).is_dir()} == set()
    assert {name for name in OF_THE_WHOLE_HOUSE if (PACKAGE / name).is_dir()} == set()


def test_a_folder_that_mirrors_nothing_is_seen(tmp_path: Path) -> None:
    for place in ("tests/web/accounts", "tests/web/gone", "tests/docs", "source/web/accounts"):
        (tmp_path / place).mkdir(parents=True, exist_ok=True)
        (tmp_path / place / "test_something.py").touch()
    (tmp_path / "source/web/gone/__pycache__").mkdir(parents=True)

    assert unmirrored(tmp_path / "tests", tmp_path / "source") == ["web/gone"]


@pytest.mark.parametrize("package", NOT_THIN)
def test_what_was_thin_stays_tested(package: str) -> None:
    found = lines_of_test_a_line(package, TESTS, PACKAGE)

    assert found >= FEWEST_LINES_OF_TEST, f"{found:.2f} lines of test for a line of source"


def test_blank_lines_comments_words_and_migrations_do_not_count(tmp_path: Path) -> None:
    for place, text in (
        (
            "source/web/a.py",
            "x = 1\n\n# why\ny = (\n    'a long'\n    f\"text\",\n    _('more'),\n)\n",
        ),
        ("source/web/migrations/0001.py", "x = 1\n" * 100),
        ("tests/web/test_a.py", "\n\n    # why\nassert True\n"),
    ):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(text)

    assert lines_of_test_a_line("web", tmp_path / "tests", tmp_path / "source") == 1 / 3

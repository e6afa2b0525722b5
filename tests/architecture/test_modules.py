from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, ROOT, modules

LINES_MAX = 400
LONGER_FOR_A_REASON: dict[str, str] = {}
NAMES_THAT_SAY_NOTHING = {"common", "core", "helpers", "manager", "managers", "misc", "utils"}


def names_that_say_nothing(package: Path) -> Iterator[Path]:
    return (path for path in package.rglob("*") if path.stem in NAMES_THAT_SAY_NOTHING)


def long_modules(package: Path) -> dict[str, int]:
    lengths = {
        str(path.relative_to(package)): len(path.read_text().splitlines())
        for path in modules(package)
    }
    return {name: lines for name, lines in lengths.items() if lines > LINES_MAX}


def test_a_module_is_short_or_has_a_reason_to_be_long() -> None:
    assert long_modules(PACKAGE).keys() == LONGER_FOR_A_REASON.keys()


def test_a_long_module_is_seen(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text("pass\n" * (LINES_MAX + 1))
    (tmp_path / "short.py").write_text("pass\n" * LINES_MAX)

    assert long_modules(tmp_path) == {"long.py": LINES_MAX + 1}


@pytest.mark.parametrize("tree", ["src", "tests"])
def test_a_modules_name_says_what_it_is_about(tree: str) -> None:
    assert list(names_that_say_nothing(ROOT / tree)) == []


@pytest.mark.parametrize("name", ["utils.py", "helpers/__init__.py"])
def test_a_name_that_says_nothing_is_seen(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).touch()

    assert len(list(names_that_say_nothing(tmp_path))) == 1

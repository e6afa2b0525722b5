import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from tests.architecture.sources import PACKAGE, ROOT, modules

LINES_MAX = 300
MIDDLE_LINES_MAX = 70
FUNCTION_LINES_MAX = 60
LONGER_FOR_A_REASON: dict[str, str] = {
    "billing/paypal_gateway.py": "all that one provider can be asked, with its answers",
    "billing/stripe_gateway.py": "all that one provider can be asked, with its answers",
    "policy/explain.py": "a rule book in words, topic by topic",
    "policy/terms.py": "all clauses of a rule book, so that a reader finds each in one place",
    "project/settings.py": "all settings, each with its reason",
    "statements/faq.py": "what a change of rules makes people ask, with its answers",
    "statements/problem_words.py": "the words of every problem, in one table",
}
NAMES_THAT_SAY_NOTHING = {"common", "core", "helpers", "manager", "managers", "misc", "utils"}


def names_that_say_nothing(package: Path) -> Iterator[Path]:
    return (path for path in package.rglob("*") if path.stem in NAMES_THAT_SAY_NOTHING)


def long_modules(package: Path) -> dict[str, int]:
    lengths = {
        str(path.relative_to(package)): len(path.read_text().splitlines())
        for path in modules(package)
    }
    return {name: lines for name, lines in lengths.items() if lines > LINES_MAX}


def middle_length(package: Path) -> float:
    """The median length of the package's files; migrations, which nobody reads again, do not count."""
    return median(len(path.read_text().splitlines()) for path in modules(package))


def long_functions(source: str) -> list[str]:
    if source.count("\n") < FUNCTION_LINES_MAX:
        return []
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= FUNCTION_LINES_MAX
    ]


def test_a_module_is_short_or_has_a_reason_to_be_long() -> None:
    assert long_modules(PACKAGE).keys() == LONGER_FOR_A_REASON.keys()


def test_the_middle_file_is_read_at_a_glance() -> None:
    assert middle_length(PACKAGE) <= MIDDLE_LINES_MAX


def test_the_middle_file_is_the_one_of_median_length(tmp_path: Path) -> None:
    (tmp_path / "migrations").mkdir()
    for name, lines in (("a", 10), ("b", 90), ("c", 300), ("migrations/0001", 20)):
        (tmp_path / f"{name}.py").write_text("pass\n" * lines)

    assert middle_length(tmp_path) == 90


def test_a_function_fits_a_screen() -> None:
    found = {
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in modules(PACKAGE)
        for name in long_functions(path.read_text())
    }
    assert found == set()


def test_a_long_function_is_seen() -> None:
    body = "    pass\n" * FUNCTION_LINES_MAX

    assert long_functions(f"def long() -> None:\n{body}") == ["long"]
    assert long_functions(f"def short() -> None:\n{body[9:]}") == []


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

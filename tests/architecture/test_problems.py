"""The finer codes of refusals are declared once: nobody writes one as bare text."""

import ast

import pytest

from tests.architecture.sources import PACKAGE, modules


def bare_problems(source: str) -> list[str]:
    """The texts that stand where a `Problem` should, with their lines."""
    if "problem" not in source:
        return []
    return [
        f"{value.lineno}: {value.value!r}"
        for node in ast.walk(ast.parse(source))
        for value in _problems_in(node)
        if isinstance(value, ast.Constant) and isinstance(value.value, str)
    ]


def _problems_in(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return [
            value
            for key, value in pairs
            if isinstance(key, ast.Constant) and key.value == "problem"
        ]
    # Others read `parameters["problem"]` to compare it, or `.get("problem")`.
    if isinstance(node, ast.Compare) and "'problem'" in ast.unparse(node.left):
        return [each for part in node.comparators for each in getattr(part, "elts", [part])]
    return []


def test_every_problem_is_one_of_the_enumeration() -> None:
    found = {
        str(path.relative_to(PACKAGE)): lines
        for path in modules()
        if (lines := bare_problems(path.read_text()))
    }

    assert found == {}, "name it in connects.vocabulary.problems, and use that"


@pytest.mark.parametrize(
    "planted",
    [
        'Refused(RefusalCode.INVALID, {"problem": "own_post"})',
        'if refused.parameters.get("problem") == "own_post": pass',
        'if refused.parameters["problem"] in ("own_post", Problem.SUSPENDED): pass',
    ],
)
def test_the_check_finds_what_is_planted(planted: str) -> None:
    assert bare_problems(planted)

"""Roles are compared in one place: the table of permissions."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from connects.market.people.models import STAFF_ROLES
from connects.market.people.permissions import PERMISSIONS, Act
from connects.vocabulary.parties import Role
from tests.architecture.sources import PACKAGE, modules

ALLOWED = {
    "market/people/permissions.py",  # the table
    "market/people/models.py",  # the list of the roles stands beside the row that has one
    "acts/staff/manage_staff.py",  # gives roles, and so compares the old with the new
}
ROLES = re.compile(r"\bstaff_role\b|\bRole\.")
STAFF_NAMES = {role.name for role in STAFF_ROLES}


def comparisons_of_roles(source: str) -> Iterator[int]:
    """The lines on which code decides by a staff role: compares one, or asks whether there is one."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Compare():
                parts = [node.left, *node.comparators]
            case ast.BoolOp():
                parts = node.values
            case ast.UnaryOp(op=ast.Not()):
                parts = [node.operand]
            case ast.If() | ast.IfExp() | ast.While():
                parts = [node.test]
            case ast.Match():
                parts = [node.subject]
            case ast.Call(func=ast.Name(id="bool")):
                parts = node.args
            case ast.Assign(value=ast.Tuple() | ast.List() | ast.Set()):
                parts = [node.value]
            case _:
                continue
        if any(is_about_a_role(part) for part in parts):
            yield node.lineno


def is_about_a_role(part: ast.expr) -> bool:
    match part:
        case ast.Tuple() | ast.List() | ast.Set():
            return any(is_about_a_role(element) for element in part.elts)
        case ast.Attribute(attr="staff_role"):
            return True
        case ast.Attribute(value=ast.Name(id="Role"), attr=name):
            return name in STAFF_NAMES
        case _:
            return False


def test_no_module_but_the_table_decides_by_a_role() -> None:
    found = {
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in modules()
        if str(path.relative_to(PACKAGE)) not in ALLOWED
        if ROLES.search(source := path.read_text())
        for line in comparisons_of_roles(source)
    }
    assert found == set()


@pytest.mark.parametrize(
    "line",
    [
        "x = user.staff_role == Role.OPERATOR",
        "x = user.staff_role in (Role.OPERATOR, Role.POLICY)",
        "x = a and not user.staff_role",
        "x = bool(user.staff_role)",
        "if user.staff_role: pass",
        "DECIDERS = (Role.MODERATOR, Role.SUPPORT)",
        "x = role is Role.FINANCE",
    ],
)
def test_a_decision_by_role_is_seen(line: str) -> None:
    assert list(comparisons_of_roles(line)) != []


def test_writing_a_role_down_is_no_decision() -> None:
    assert list(comparisons_of_roles("note(role=user.staff_role if user else 'nobody')")) == []
    assert list(comparisons_of_roles("User.objects.get(staff_role=Role.OPERATOR.value)")) == []
    assert list(comparisons_of_roles("x = role is Role.CLIENT")) == []


def templates() -> Iterator[Path]:
    return PACKAGE.rglob("templates/**/*.html")


def test_templates_ask_the_table_and_name_acts_that_it_has() -> None:
    names = {act.name.lower() for act in Act}
    asked = set()
    for path in templates():
        assert "staff_role" not in path.read_text(), path
        asked |= set(re.findall(r"\bmay\.(\w+)", path.read_text()))
    assert "grant_connects" in asked
    assert asked <= names


def test_every_act_has_a_row_with_words_and_operators_in_it() -> None:
    assert set(PERMISSIONS) == set(Act)
    for permission in PERMISSIONS.values():
        assert permission.words
        assert Role.OPERATOR in permission.roles
        assert permission.roles <= set(STAFF_ROLES)

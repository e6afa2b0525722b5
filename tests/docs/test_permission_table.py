"""The operators' page has the table of permissions as the code has it."""

from connects.market.people.models import STAFF_ROLES
from connects.market.people.permissions import PERMISSIONS
from tests.architecture.sources import ROOT


def table() -> str:
    """The table as the document must have it, made from the code."""
    names = [role.value for role in STAFF_ROLES]
    lines = [f"| what | {' | '.join(names)} |", f"| --- |{' :-: |' * len(names)}"]
    for permission in PERMISSIONS.values():
        cells = ("yes" if role in permission.roles else "–" for role in STAFF_ROLES)
        lines.append(f"| {permission.words} | {' | '.join(cells)} |")
    return "\n".join(lines)


def test_the_operators_page_has_the_table_of_permissions() -> None:
    page = (ROOT / "docs" / "operating.md").read_text()
    assert table() in page, f"put this table into docs/operating.md, Staff:\n\n{table()}\n"

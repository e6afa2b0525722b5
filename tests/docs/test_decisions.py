"""Each decision has its number and its four parts, so that a reader finds what was known and why."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

FOLDER = ROOT / "docs" / "decisions"
DECISIONS = sorted(FOLDER.glob("[0-9]*.md"))
PARTS = ["Context", "Decision", "Consequences", "Alternatives"]
STATUS = re.compile(r"^(Accepted|Replaced), \w+ \d{4}\.|^Replaced by \[", re.MULTILINE)


def faults(text: str, number: int) -> list[str]:
    """Return what a decision's page lacks."""
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    bodies = re.split(r"^## .+$", text, flags=re.MULTILINE)[1:]
    found = [] if headings == PARTS else [f"parts: {headings}"]
    found += [
        f"empty: {name}" for name, body in zip(headings, bodies, strict=True) if not body.strip()
    ]
    if not text.startswith(f"# {number}. "):
        found.append("the title begins with the number")
    if not STATUS.search(text):
        found.append("says that it was accepted, and when")
    return found


def test_no_two_decisions_have_one_number() -> None:
    numbers = [path.name[:4] for path in DECISIONS]

    assert len(numbers) > 40
    assert numbers == sorted(set(numbers))


def _told(page: Path) -> tuple[str, str, str]:
    number, _, title = page.read_text().partition("\n")[0].lstrip("# ").partition(". ")
    return number, page.name, title


def test_every_decision_is_in_the_index_with_its_title() -> None:
    index = (FOLDER / "README.md").read_text()
    lines = {f"- [{number}]({name}) {title}" for number, name, title in map(_told, DECISIONS)}

    assert lines - set(index.splitlines()) == set()


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_has_its_four_parts(page: Path) -> None:
    assert faults(page.read_text(), int(page.name[:4])) == []


@pytest.mark.parametrize("number", [20, 23, 24, 25, 28, 29, 30, 31])
def test_a_number_that_moved_to_another_page_is_still_found(number: int) -> None:
    row = next(
        line
        for line in (FOLDER / "README.md").read_text().splitlines()
        if re.match(rf"\|[\d, ]*\b{number}\b", line)
    )
    page = re.findall(r"\]\((.+?\.md)\)", row)[0]

    assert re.search(rf"[(, ]{number}[,;) ]", (FOLDER / page).read_text())


def test_what_is_missing_is_seen() -> None:
    page = [
        "# 7. Title",
        "Accepted, May 2026.",
        "## Context",
        "Why.",
        "## Decision",
        "## Consequences",
        "So.",
    ]

    assert faults("\n\n".join(page), 8) == [
        "parts: ['Context', 'Decision', 'Consequences']",
        "empty: Decision",
        "the title begins with the number",
    ]

"""The rules that code and tests name are on the page of rules, under the number that they name."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

PAGE = ROOT / "docs" / "rules.md"
SECTION = re.compile(r"^#{2,3} (\d+(?:\.\d+)?)\.? ", re.MULTILINE)
CITATION = re.compile(r"docs/rules\.md (\d+(?:\.\d+)?)")
CITES_THE_PAGE = [
    path
    for folder in ("src", "tests")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if path != Path(__file__).resolve() and "docs/rules.md" in path.read_text()
]


def unknown_sections(text: str) -> list[str]:
    known = set(SECTION.findall(PAGE.read_text()))
    return [section for section in CITATION.findall(text) if section not in known]


def test_the_sections_are_numbered_in_order() -> None:
    numbers = [tuple(map(int, number.split("."))) for number in SECTION.findall(PAGE.read_text())]

    assert numbers == sorted(set(numbers))
    assert {number[0] for number in numbers} == {1, 2, 3, 4}


def test_the_code_cites_the_page() -> None:
    assert len(CITES_THE_PAGE) >= 15


@pytest.mark.parametrize("path", CITES_THE_PAGE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_cited_section_exists_and_each_mention_names_one(path: Path) -> None:
    text = path.read_text()

    assert unknown_sections(text) == []
    assert len(CITATION.findall(text)) == text.count("docs/rules.md")


def test_a_section_that_does_not_exist_is_seen() -> None:
    assert unknown_sections("(docs/rules.md 3.99), (docs/rules.md 2.4)") == ["3.99"]


def test_no_citation_is_left_of_a_document_that_readers_do_not_have() -> None:
    sources = [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]

    assert [path.name for path in sources if re.search(r"\bRULES \d", path.read_text())] == []

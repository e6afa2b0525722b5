"""What people type is read in one place; no page, form or command reads it by hand."""

import re

import pytest

from tests.architecture.sources import PACKAGE, modules

THE_READER = PACKAGE / "vocabulary" / "typed_input.py"
BY_HAND = re.compile(
    r"\.(?:isdigit|isdecimal|isnumeric)\(|^\w*KEY_CHARACTERS ="
    r"|request\.(?:POST|GET|COOKIES)(?:\.|\[)|in request\.(?:POST|GET)\b",
    re.MULTILINE,
)
# A program that members download; it stands alone.
DOWNLOADED = PACKAGE / "web" / "static"


def readings_by_hand(source: str) -> list[str]:
    return BY_HAND.findall(source)


def test_only_one_module_reads_what_is_typed() -> None:
    found = {
        str(path.relative_to(PACKAGE)): lines
        for path in modules()
        if path != THE_READER and DOWNLOADED not in path.parents
        if (lines := readings_by_hand(path.read_text()))
    }

    assert found == {}, "read it by connects.vocabulary.typed_input"


@pytest.mark.parametrize(
    "planted",
    [
        "if text.isascii() and text.isdigit():",
        "KEY_CHARACTERS = 100",
        'request.POST.get("act")',
        'request.GET["page"]',
        'if "preview" in request.POST:',
    ],
)
def test_the_check_finds_what_is_planted(planted: str) -> None:
    assert readings_by_hand(planted)

"""What the page about security says is so: each point is held by a test or a file that there is."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

from tests.architecture.sources import ROOT
from tests.market.people import PASSWORD, Town, town
from tests.web.accounts.people import EMAIL

PAGE = (ROOT / "docs" / "security.md").read_text()
# All groups of OWASP's Application Security Verification Standard 4.0.3 that level 2 asks for.
GROUPS = {
    1: (1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14),
    2: range(1, 11),
    3: range(1, 8),
    4: range(1, 4),
    5: range(1, 6),
    6: range(1, 5),
    7: range(1, 5),
    8: range(1, 4),
    9: range(1, 3),
    10: range(1, 4),
    11: range(1, 2),
    12: range(1, 7),
    13: range(1, 5),
    14: range(1, 6),
}
LINE = re.compile(r"^\| V(\d+)\.(\d+) [^|]*\| ([^|]*) \| (.*) \|$", re.MULTILINE)
PLACE = re.compile(r"`((?:[\w.-]+/)+[\w.@-]*|[\w-]+\.(?:md|toml))(?:::(\w+))?`")


def missing(text: str, root: Path = ROOT) -> list[str]:
    """The files and tests that a text names and that there are not."""
    return [
        f"{place}::{test}" if test else place
        for place, test in PLACE.findall(text)
        if not (root / place).exists()
        or (test and f"def {test}(" not in (root / place).read_text())
    ]


def test_every_group_of_level_2_has_its_line_once_and_in_order() -> None:
    told = [(int(chapter), int(group)) for chapter, group, _, _ in LINE.findall(PAGE)]

    assert told == [(chapter, group) for chapter, groups in GROUPS.items() for group in groups]


def test_every_group_is_met_or_not_applicable() -> None:
    assert {state for _, _, state, _ in LINE.findall(PAGE)} == {"met", "not applicable"}


def test_every_group_that_is_met_names_what_holds_it() -> None:
    bare = [
        f"V{chapter}.{group}"
        for chapter, group, state, held_by in LINE.findall(PAGE)
        if state == "met" and not PLACE.search(held_by)
    ]
    assert bare == []


def test_what_the_page_names_is_there() -> None:
    assert missing(PAGE) == []


def test_a_test_or_a_file_that_is_not_there_is_seen() -> None:
    here = "tests/docs/test_security_page.py"
    text = f"`{here}::test_nothing` `{here}` `src/gone.py` `make soak-site`"

    assert missing(text) == [f"{here}::test_nothing", "src/gone.py"]


def test_every_table_belongs_to_a_class_of_data() -> None:
    section = PAGE.partition("## Classes of data")[2].partition("## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")]
    named = set(re.findall(r"`([a-z_]+)`", "\n".join(rows)))

    assert named == {each.label for each in apps.get_app_configs() if list(each.get_models())}


def test_passwords_are_hashed_with_argon2_alone() -> None:
    text = (ROOT / "src/connects/project/settings.py").read_text()

    assert 'PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]' in text


def test_no_setting_switches_debugging_on() -> None:
    text = (ROOT / "src/connects/project/settings.py").read_text()

    assert re.findall(r"^.*\bDEBUG\b.*$", text, re.MULTILINE) == ["DEBUG = False"]


@pytest.fixture
def here(db: None) -> Town:
    return town()


def test_a_session_that_a_visitor_brings_is_not_taken_over(here: Town) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "0" * 32

    answer = client.post("/sign-in/", {"username": EMAIL, "password": PASSWORD})

    assert answer.status_code == 302
    assert client.cookies[settings.SESSION_COOKIE_NAME].value not in ("", "0" * 32)


@pytest.mark.parametrize(
    "page", ["/", "/rules/", "/sign-in/", "/no/such/page/", "/api/v1/openapi.json", "/roots.json"]
)
def test_every_answer_says_how_it_may_be_used(here: Town, page: str) -> None:
    headers: Any = Client().get(page).headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert (
        "charset=utf-8" in headers["Content-Type"] or headers["Content-Type"] == "application/json"
    )
    assert "Server" not in headers

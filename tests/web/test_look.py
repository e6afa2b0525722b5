"""The look of pages: the typeface with its licence, no inline style or script, colours with words."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import Client

from connects.web.templatetags.icons import ICONS
from connects.web.templatetags.pieces import NOTE_ICONS, PIPS_MOST, STATES

SOURCE = Path(__file__).resolve().parents[2] / "src" / "connects"
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))


def static(name: str) -> Path:
    found = finders.find(f"web/{name}")
    assert isinstance(found, str)
    return Path(found)


def shown(template: str, **context: object) -> str:
    return Template("{% load pieces %}" + template).render(Context(context))


def test_the_typeface_is_served_from_here_with_its_licence_beside_it() -> None:
    style = static("style.css").read_text()

    assert 'url("figtree-latin.woff2")' in style
    assert "http" not in "".join(re.findall(r"url\([^)]*\)", style))
    assert static("figtree-latin.woff2").read_bytes().startswith(b"wOF2")
    assert "SIL OPEN FONT LICENSE Version 1.1" in static("figtree-OFL.txt").read_text()
    answer = Client().get("/static/web/figtree-latin.woff2")
    assert (answer.status_code, answer["Content-Type"]) == (200, "font/woff2")
    assert b"".join(answer).startswith(b"wOF2")


def test_a_device_without_the_typeface_shows_one_of_its_own() -> None:
    families = re.search(r"--font: (.*);", static("style.css").read_text())

    assert families is not None
    assert families[1].startswith('"Figtree", -apple-system')
    assert families[1].endswith("sans-serif")


def test_the_style_sheet_names_no_side_so_that_pages_can_be_read_from_right_to_left() -> None:
    style = static("style.css").read_text()

    assert (
        re.findall(r"-(?:left|right)\s*:|text-align: (?:left|right)|[;{ ](?:left|right):", style)
        == []
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_page_has_a_style_or_a_script_of_its_own(path: Path) -> None:
    text = path.read_text()

    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"<(script|style)\b", text)
    assert not re.search(r"\son[a-z]+=\"", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_page_names_no_class_that_the_style_sheet_lacks(path: Path) -> None:
    style = static("style.css").read_text()
    known = set(re.findall(r"\.([a-z][a-z0-9-]*)", style)) | HOOKS
    attributes = re.findall(r'class="([^"]*)"', re.sub(r"\{[{%].*?[%}]\}", " ", path.read_text()))

    assert {name for names in attributes for name in names.split()} <= known


HOOKS = {"mark", "day"}


@pytest.mark.parametrize("words", sorted(STATES))
def test_a_state_is_a_word_and_its_colour_is_one_of_the_five(words: str) -> None:
    badge = shown("{% badge words %}", words=words)

    assert words.capitalize() in badge
    assert STATES[words] in ("", "good", "move", "wait", "bad", "over")


def test_a_state_that_nobody_gave_a_colour_is_still_a_word() -> None:
    assert shown('{% badge "half <b>" %}') == '<span class="badge ">Half &lt;b&gt;</span>'


def test_pips_can_be_counted_and_a_price_too_large_to_count_has_none() -> None:
    assert shown("{% pips 6 1 %}").count("<i></i>") == 6
    assert shown("{% pips 6 1 %}").count('<i class="off"></i>') == 1
    assert shown("{% pips many %}", many=PIPS_MOST + 1) == ""
    assert shown("{% pips 0 %}") == ""


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ines Okafor", "IO"),
        ("acme", "A"),
        ("Harbour & Pine", "HP"),
        ("山田 太郎", "山太"),
        ("'", "'"),
    ],
)
def test_a_face_shows_the_initials_of_a_name(name: str, initials: str) -> None:
    assert f">{initials.replace(chr(39), '&#x27;')}</span>" in shown("{% face name %}", name=name)


def test_a_bar_never_leaves_its_box() -> None:
    assert 'width="100.0"' in shown('{% bar 5 4 "5 of 4" %}')
    assert 'width="0.0"' in shown('{% bar 1 0 "nothing" %}')
    assert 'width="32.8"' in shown('{% bar 126 384 "126 of 384" %}')


@pytest.mark.parametrize("kind", sorted(NOTE_ICONS))
def test_a_note_has_an_icon_a_heading_and_a_role_if_one_is_given(kind: str) -> None:
    said = shown(
        '{% note kind title=title role="status" %}<p>Yes</p>{% endnote %}',
        kind=kind,
        title="Done & <b>",
    )

    assert ICONS[NOTE_ICONS[kind]] in said
    assert "<h2>Done &amp; &lt;b&gt;</h2>" in said
    assert 'role="status" tabindex="-1" autofocus' in said
    assert "<p>Yes</p>" in said

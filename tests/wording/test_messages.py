"""Every message is translated, and is what the code says now."""

from pathlib import Path

import pytest
from babel.messages.catalog import Message

from connects.wording.languages import LANGUAGES, SOURCE, speaking
from connects.wording.messages import gettext, mark, ngettext, pgettext
from tests.wording.messages import (
    as_text,
    collected,
    compiled,
    table_file,
    translated,
    updated,
    wrong,
)

OTHERS = [code for code in LANGUAGES if code != SOURCE]
SAYS = "Run `make messages`, and translate what it lists."


def test_each_table_has_every_message_of_the_code_translated_and_compiled() -> None:
    messages = collected()
    for code in OTHERS:
        path, kept = table_file(code), translated(code)
        table = updated(kept, messages)

        assert [f"{m.id!r} {wrong(m)}" for m in table if m.id and wrong(m)] == [], SAYS
        assert as_text(table) == path.read_text(), SAYS
        assert path.with_suffix(".mo").read_bytes() == compiled(table), SAYS


@pytest.mark.parametrize(
    ("translation", "because"),
    [
        ("Tienes {n} de {most}.", ""),
        ("Tienes {n}.", "leaves out values of the message"),
        ("Tienes {n} de {most} {más}.", "has values that the message has not"),
        ("", "is not translated"),
    ],
)
def test_a_translation_says_all_values_and_no_others(translation: str, because: str) -> None:
    assert wrong(Message("You have {n} of {most}.", translation)) == because


def test_messages_are_found_in_code_and_in_templates(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "code.py").write_text(
        "from connects.wording.messages import gettext as _, mark\n"
        'X = mark("One"), _("Two {n}", n=1), pgettext("state", "Open")\n'
    )
    (tmp_path / "templates" / "page.html").write_text(
        '    <p title="it\'s">{% translate "Three" %}</p>\n'
        "  {% blocktranslate trimmed count n=n %}{{ n }} job{% plural %}\n   {{ n }} jobs"
        "{% endblocktranslate %}"
    )

    found = {(message.id, message.context) for message in collected(tmp_path) if message.id}

    assert found == {
        ("One", None),
        ("Two {n}", None),
        ("Open", "state"),
        ("Three", None),
        (("%(n)s job", "%(n)s jobs"), None),
    }


def test_the_source_is_spoken_as_it_is_written() -> None:
    assert gettext(mark("Keep {this}")) == "Keep {this}"
    assert gettext("{name} has {n}", name="{x}", n=2) == "{x} has 2"
    assert [ngettext("{n} day", "{n} days", n) for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    assert pgettext("state", "Open") == "Open"


def test_another_language_is_spoken_while_it_is_asked_for() -> None:
    with speaking("es"):
        assert gettext("Choose a country") == "Elige un país"
        assert gettext("Nobody wrote this message") == "Nobody wrote this message"
    assert gettext("Choose a country") == "Choose a country"
    with speaking("xx"):
        assert gettext("Choose a country") == "Choose a country"

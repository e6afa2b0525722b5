"""Messages in the language that is spoken now.

Each is written once, in English, where it is used; `make messages` collects them, and
`locale/…/django.po` has the translations. Values are named in braces. A sentence is one message: what
is glued from pieces cannot be translated.

    gettext("You have {balance} left.", balance=5)
    ngettext("{n} proposal", "{n} proposals", 5)

Whole numbers are written as the language writes them: `1,218`. A number that is a name, such as a port,
is given as a text.

A table that is made while modules are loaded marks its messages, and translates when it is read:

    WORDS = {"open": mark("The job is open.")}
    gettext(WORDS[code])
"""

from __future__ import annotations

import gettext as catalogues
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from connects.wording import figures
from connects.wording.languages import SOURCE, language

FOLDER = Path(__file__).resolve().parents[1] / "locale"
DOMAIN = "django"  # the name that Django looks for: its templates have the same table


def mark(message: str) -> str:
    """Return a message as it is; `make messages` finds it here, and `gettext` translates it later."""
    return message


def gettext(message: str, /, **values: object) -> str:
    """Translate a message, and put the values into its braces."""
    said = message if language() == SOURCE or not message else _table().gettext(message)
    return _filled(said, values) if values else said


def pgettext(context: str, message: str, /, **values: object) -> str:
    """Translate a word that means different things: `pgettext("a letter's state", "Open")`."""
    said = message if language() == SOURCE else _table().pgettext(context, message)
    return _filled(said, values) if values else said


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """Translate a message that counts; `{n}` is the number, unless `n` is given as a value, too."""
    in_english = one if n == 1 else many
    said = in_english if language() == SOURCE else _table().ngettext(one, many, n)
    return _filled(said, {"n": n} | values)


def _filled(said: str, values: Mapping[str, object]) -> str:
    numbers = {name: figures.number(value) for name, value in values.items() if type(value) is int}
    return said.format(**{**values, **numbers})


def _table() -> catalogues.NullTranslations:
    return _table_of(language())


@cache
def _table_of(code: str) -> catalogues.NullTranslations:
    return catalogues.translation(DOMAIN, FOLDER, [code], fallback=True)

"""The countries of ISO 3166, by their two-letter codes, with the names that people know.

The names are those of the Unicode Consortium, which Babel brings. It also names what ISO 3166 does not
list: unions, currency areas, parts of countries and placeholders. Those are left out here, so that 249
are left. Whoever asks for a country offers this list; what is typed is compared with it, since half a
word may be another country's code: *Ge*, which is left of Germany, is Georgia.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from babel import Locale

from connects.wording.languages import SOURCE, locale
from connects.wording.messages import gettext

_NO_COUNTRIES = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split())


def countries() -> Mapping[str, str]:
    """The countries' names by their codes, in alphabetical order of the names."""
    return _countries_in(locale())


@cache
def _countries_in(language: Locale) -> Mapping[str, str]:
    names = {
        code: name
        for code, name in language.territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
    }
    return MappingProxyType(dict(sorted(names.items(), key=lambda row: _plain(row[1]))))


def country_choices() -> list[tuple[str, str]]:
    """What a form offers: nothing chosen yet, then every country."""
    return [("", gettext("Choose a country")), *countries().items()]


def is_country(code: str) -> bool:
    """Whether a text is a country's code, in capitals."""
    return code in countries()


def country_name(code: str) -> str:
    """A country's name; the code itself where it is none, as in rows from before there was this list."""
    return countries().get(code, code)


def country_code(typed: str) -> str | None:
    """The code of a country that was chosen, or typed as its code or its name; None for anything else."""
    text = typed.strip()
    if is_country(text) or (text.islower() and is_country(text.upper())):
        return text.upper()
    return _codes_by_name(locale()).get(_plain(text)) or _codes_by_name(Locale(SOURCE)).get(
        _plain(text)
    )


def country_codes(typed: str) -> tuple[str | None, ...]:
    """The codes of a list such as `DE, FR` or `Germany, France`; None for each that is no country."""
    found: list[str | None] = []
    for part in filter(None, (part.strip() for part in typed.split(","))):
        code = country_code(part)
        found += [code] if code else [country_code(word) for word in part.split()]
    return tuple(found)


@cache
def _codes_by_name(language: Locale) -> Mapping[str, str]:
    return {_plain(name): code for code, name in _countries_in(language).items()}


def _plain(name: str) -> str:
    """A name without accents and capitals, to sort and compare by: `Côte d’Ivoire` stands under C."""
    split = unicodedata.normalize("NFKD", name.casefold().replace("’", "'"))
    return "".join(c for c in split if not unicodedata.combining(c))

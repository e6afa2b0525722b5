"""The languages that there are, and the one that is spoken now.

A context variable holds it. A page's middleware sets it, and so does whoever writes an e-mail or a
document to somebody else (`bootstrap.speech` does both, for Django's own words, too).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from types import MappingProxyType

from babel import Locale, UnknownLocaleError

SOURCE = "en"
"""The language that the messages in the code are written in."""

LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "es": "Español"})
"""Each language's own name, by its code."""

_spoken: ContextVar[str] = ContextVar("language", default=SOURCE)


def language() -> str:
    """The code of the language that is spoken now."""
    return _spoken.get()


def use(code: str) -> None:
    """Speak this language from now on, until another is set."""
    _spoken.set(code)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak this language for a while: to the recipient of an e-mail, say."""
    token = _spoken.set(code)
    try:
        yield
    finally:
        _spoken.reset(token)


def known(code: str) -> str:
    """The same code if it is one of ours, otherwise that of the source."""
    return code if code in LANGUAGES else SOURCE


def locale() -> Locale:
    """Unicode's rules for dates and numbers in the language that is spoken now."""
    return _locale(language())


@cache
def _locale(name: str) -> Locale:
    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return Locale(SOURCE)

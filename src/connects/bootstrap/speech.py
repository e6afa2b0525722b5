"""Speak a language: our own words and Django's alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation

from connects.wording import languages


def speak(code: str) -> None:
    """Speak a language from now on, until another is spoken."""
    # Django's language goes with ours: both are set here alone. To ask Django for its own, under a lock
    # that all threads share, would cost a host's call as much as to find its view.
    if languages.language() == code:
        return
    languages.use(code)
    translation.activate(code)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language for a while: to the recipient of an e-mail, say; a code of none is English."""
    code = languages.known(code)
    with languages.speaking(code), translation.override(code):
        yield

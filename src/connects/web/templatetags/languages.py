"""The languages that a reader can choose."""

from __future__ import annotations

from django import template

from connects.wording.languages import LANGUAGES, language

register = template.Library()


@register.simple_tag
def other_languages() -> dict[str, str]:
    """The languages' own names by their codes, but for the one that is spoken now."""
    return {code: name for code, name in LANGUAGES.items() if code != language()}

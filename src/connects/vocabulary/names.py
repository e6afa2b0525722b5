"""Names of people and accounts: what others read must be what is there.

A name with invisible characters looks like somebody else's, and one with a change of direction turns
round what stands behind it. Most of these have no place in a name. Two that cannot be seen do have
one: the joiners, which Persian and the languages of India need between two letters.
"""

from __future__ import annotations

import unicodedata

from connects.vocabulary.problems import Problem

NAME_CHARACTERS = 80
_ZERO_WIDTH_NON_JOINER, _ZERO_WIDTH_JOINER = "\u200c", "\u200d"
_VIRAMA = 9  # the combining class of the sign that drops a consonant's vowel
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_VARIANTS = (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_NEVER = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def tidied_name(text: str) -> str:
    """A name with its blanks made one each, and accents composed, so that equal names are equal."""
    blanks_made_one = " ".join(part for part in _ordinary_blanks(text).split(" ") if part)
    return unicodedata.normalize("NFC", blanks_made_one)


def name_problem(text: str) -> Problem | None:
    """Why a text cannot be a name; None where it can."""
    if len(text) > NAME_CHARACTERS:
        return Problem.TOO_LONG
    if has_hidden_characters(text):
        return Problem.HIDDEN_CHARACTERS
    if not any(unicodedata.category(c)[0] in "LN" and c not in _BLANK_LETTERS for c in text):
        return Problem.NO_LETTER
    return None


def has_hidden_characters(text: str) -> bool:
    """Whether a name holds what cannot be seen, and what turns the line round."""
    if text.isascii() and text.isprintable():
        return False
    return any(_is_hidden(text, place) for place in range(len(text)))


def _ordinary_blanks(text: str) -> str:
    return "".join(" " if unicodedata.category(c) == "Zs" else c for c in text)


def _is_hidden(text: str, place: int) -> bool:
    character = text[place]
    if character in (_ZERO_WIDTH_JOINER, _ZERO_WIDTH_NON_JOINER):
        return not _joins_rightly(text, place)
    if character in _BLANK_LETTERS or any(ord(character) in span for span in _VARIANTS):
        return True
    return unicodedata.category(character) in _NEVER


def _joins_rightly(text: str, place: int) -> bool:
    """Whether a joiner follows a virama or, as Persian writes it, stands between two Arabic letters."""
    if place == 0 or place + 1 == len(text):
        return False
    before, behind = text[place - 1], text[place + 1]
    if unicodedata.combining(before) == _VIRAMA:
        return True
    is_between = all(unicodedata.bidirectional(c) == "AL" for c in (before, behind))
    return text[place] == _ZERO_WIDTH_NON_JOINER and is_between

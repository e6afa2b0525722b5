"""What a new password must not be, beyond Django's own rules: a well-known one made longer.

Twelve characters are asked for, and the list of well-known passwords holds few that long. So people
who are told that "sunshine" is too short try "sunshine2026!" or "sunshinesunshine", and so do guessers.
"""

from __future__ import annotations

import string
from functools import lru_cache

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from connects.market.people.models import User
from connects.wording.messages import gettext

PASSWORD_CHARACTERS_MOST = 128
_SHORTEST_REPEATS = 2
_OWN_CHARACTERS_LEAST = 6
_ADDED_MOST = 7
_LOOK_ALIKES = str.maketrans("0134578@$!", "oieastbasi")
_AROUND = string.digits + string.punctuation + string.whitespace


class WellKnownPasswordValidator:
    """Refuse a well-known password with digits or signs around it, or one piece over and over."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002 Django's shape
        """Raise ValidationError with what to do where a guesser would try it early."""
        if is_well_known(password):
            raise ValidationError(
                gettext(
                    "This is a well-known password with little added. Choose another one, such as four"
                    " words that have nothing to do with each other."
                ),
                code="password_well_known",
            )

    def get_help_text(self) -> str:
        """Say the rule beside the field."""
        return gettext("Choose one that is not a well-known password with digits added.")


def is_well_known(password: str) -> bool:
    """Whether what is left without repetition, and without the signs around it, is on the list."""
    piece = _repeated_piece(password.lower())
    if piece != password.lower() and (len(piece) < _OWN_CHARACTERS_LEAST or _is_listed(piece)):
        return True
    bare = piece.strip(_AROUND)
    added = len(piece) - len(bare)
    if not bare:
        return True  # digits and signs alone: dates, telephone numbers, rows of keys
    return added <= _ADDED_MOST and any(
        _is_listed(word) for word in (bare, bare.translate(_LOOK_ALIKES))
    )


def _repeated_piece(text: str) -> str:
    """The shortest piece that makes the text when it is repeated, the last time perhaps in part."""
    for length in range(1, len(text) // _SHORTEST_REPEATS + 1):
        if (text[:length] * (len(text) // length + 1))[: len(text)] == text:
            return text[:length]
    return text


def _is_listed(word: str) -> bool:
    return word in _listed()


@lru_cache(maxsize=1)
def _listed() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)


class LongestPasswordValidator:
    """Refuse a password that is longer than any sentence: what is hashed is bounded."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002 Django's shape
        """Raise ValidationError with the longest that may be."""
        if len(password) > PASSWORD_CHARACTERS_MOST:
            raise ValidationError(
                _longest(),
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        """Say the rule beside the field."""
        return _longest()


def _longest() -> str:
    return gettext("Use at most {most} characters.", most=PASSWORD_CHARACTERS_MOST)

"""Accounts by the words of their names: every word must be there, or begin one that is.

PostgreSQL has an index for it; SQLite, where accounts are few, looks through them.
"""

from __future__ import annotations

import re

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Value

WORDS_MOST = 8
_WORD = re.compile(r"\w+")


def named(text: str) -> Q:
    """Accounts with these words in their names, or with that handle."""
    by_handle = Q(handle=text.lower())
    words = _WORD.findall(text.lower())[:WORDS_MOST]
    if not words:
        return by_handle
    if connection.vendor == "postgresql":
        return by_handle | Q(_has_words(words))
    by_name = Q()
    for word in words:
        by_name &= Q(name__icontains=word)
    return by_handle | by_name


def _has_words(words: list[str]) -> Func:
    # The expression is that of the index `account_words`; a word is letters and digits, so no syntax.
    return Func(
        F("name"),
        Value(" & ".join(f"{word}:*" for word in words)),
        template="to_tsvector('simple', %(expressions)s)",
        arg_joiner=") @@ to_tsquery('simple', ",
        output_field=BooleanField(),
    )

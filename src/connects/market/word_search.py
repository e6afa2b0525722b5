"""Search texts for words: every word must be there, or begin a word that is.

PostgreSQL keeps each row's words in a column of their own, `words`, with an index: made by migrations,
since no model knows it. SQLite, where rows are few, looks through the texts. What differs by database
stands side by side here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from django.db import connection
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)

WORDS_MOST = 8
_WORD = re.compile(r"\w+")


def rows_with_words(
    rows: QuerySet[Row], text: str, table: str, columns: Sequence[str]
) -> QuerySet[Row]:
    """The rows of a table that hold all of the text's words in these columns."""
    words = _WORD.findall(text.lower())[:WORDS_MOST]
    if not words:
        return rows
    if connection.vendor == "postgresql":
        return _on_postgresql(rows, words, table)
    return _on_sqlite(rows, words, columns)


def _on_postgresql(rows: QuerySet[Row], words: list[str], table: str) -> QuerySet[Row]:
    # A word is letters and digits, so it is no syntax.
    asked = " & ".join(f"{word}:*" for word in words)
    matches = f"{table}.words @@ to_tsquery('simple', %s)"
    return rows.extra(where=[matches], params=[asked])  # noqa: S610 the words are a parameter


def _on_sqlite(rows: QuerySet[Row], words: list[str], columns: Sequence[str]) -> QuerySet[Row]:
    for word in words:
        found = Q()
        for column in columns:
            found |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(found)
    return rows

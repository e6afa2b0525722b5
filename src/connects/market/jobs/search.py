"""Search posts for words: every word must be there, or begin a word that is.

PostgreSQL has an index for it; SQLite, where posts are few, scans them. What differs by database stands
side by side here.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.db import connection
from django.db.models import Q, QuerySet

from connects.market.jobs.models import Job

WORDS_MOST = 8
_WORD = re.compile(r"\w+")


def with_words(jobs: QuerySet[Job], text: str) -> QuerySet[Job]:
    """The posts that hold all of the text's words, in their title or description."""
    words = _WORD.findall(text.lower())[:WORDS_MOST]
    return _SEARCH[connection.vendor](jobs, words) if words else jobs


_MATCHES = (
    "to_tsvector('simple', jobs_job.title || ' ' || jobs_job.description)"
    " @@ to_tsquery('simple', %s)"
)


def _on_postgresql(jobs: QuerySet[Job], words: list[str]) -> QuerySet[Job]:
    # The expression is that of the index `job_words`; a word is letters and digits, so it is no syntax.
    asked = " & ".join(f"{word}:*" for word in words)
    return jobs.extra(where=[_MATCHES], params=[asked])  # noqa: S610 the words are a parameter


def _on_sqlite(jobs: QuerySet[Job], words: list[str]) -> QuerySet[Job]:
    for word in words:
        jobs = jobs.filter(Q(title__icontains=word) | Q(description__icontains=word))
    return jobs


_SEARCH: dict[str, Callable[[QuerySet[Job], list[str]], QuerySet[Job]]] = {
    "postgresql": _on_postgresql,
    "sqlite": _on_sqlite,
}

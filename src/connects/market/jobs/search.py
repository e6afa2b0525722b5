"""Search posts for words, in their title or description."""

from __future__ import annotations

from django.db.models import QuerySet

from connects.market.jobs.models import Job
from connects.market.word_search import rows_with_words


def with_words(jobs: QuerySet[Job], text: str) -> QuerySet[Job]:
    """The posts that hold all of the text's words."""
    return rows_with_words(jobs, text, "jobs_job", ("title", "description"))

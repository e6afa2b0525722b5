"""The published roots, newest first; the pages of their tree are left in the database."""

from __future__ import annotations

from django.db.models import QuerySet

from connects.journal.models import Root


def published_roots() -> QuerySet[Root]:
    """All roots."""
    return Root.objects.defer("pages").order_by("-number")


def roots_before(number: int | None, limit: int) -> list[Root]:
    """The roots with smaller numbers, or the newest; at most so many."""
    roots = published_roots() if number is None else published_roots().filter(number__lt=number)
    return list(roots[:limit])

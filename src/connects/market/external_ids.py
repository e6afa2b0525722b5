"""Finding what a host sent by what the host calls it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import F, Model, Q, QuerySet

M = TypeVar("M", bound=Model)


def called(rows: QuerySet[M], names: Sequence[str], own: str) -> dict[str, M]:
    """The rows that are called so, by that name, with one query.

    What was made on our own pages has no id of a host's, and is called what `own` says. A host's own id
    wins over such a name.
    """
    both = rows.filter(Q(external_id__in=names) | Q(external_id=None, **{f"{own}__in": names}))
    own_first = both.order_by(F("external_id").asc(nulls_first=True))
    return {_name(row, own): row for row in own_first}


def _name(row: Any, own: str) -> str:
    return str(row.external_id or getattr(row, own))

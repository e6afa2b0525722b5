"""What a host may call its things, and finding what it sent by that name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

ID_CHARACTERS = 100
ID = rf"[A-Za-z0-9._~:-]{{1,{ID_CHARACTERS}}}"
_IS_ID = re.compile(ID).fullmatch

M = TypeVar("M", bound=Model)


def is_id(name: str) -> bool:
    """Whether it can be a host's own id. `.` and `..` cannot: addresses are tidied on their way."""
    return _IS_ID(name) is not None and name not in {".", ".."}


def called(rows: QuerySet[M], names: Sequence[str], own: str) -> QuerySet[M]:
    """The rows that are called so; where two are, the one with a host's own id comes last.

    The database is not asked for `IS NULL`: it would walk that part of the index, where every row has
    been that got its host's id later, and each is met there until the table is vacuumed.

    What was made on our own pages has no id of a host's, and is called what `own` says. A host's own id
    wins over such a name.
    """
    own_name = Q(Exact(Coalesce("external_id", Value("")), ""), **{f"{own}__in": names})
    both = rows.filter(Q(external_id__in=names) | own_name)
    return both.order_by(F("external_id").asc(nulls_first=True))


def by_name(rows: Iterable[M], own: str) -> dict[str, M]:
    """Rows of `called` by what the host calls them."""
    return {_name(row, own): row for row in rows}


def host_id(row: Any) -> str:
    """What a host calls it: its own id, or the name in our address."""
    if row.external_id:
        return str(row.external_id)
    return str(getattr(row, "public_id", None) or getattr(row, "handle", None))


def _name(row: Any, own: str) -> str:
    return str(row.external_id or getattr(row, own))

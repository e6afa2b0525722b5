"""Pages of long lists: signed cursors, so that one of another list or installation is found out."""

from __future__ import annotations

from typing import Annotated, Any

from django.core import signing
from ninja import Query
from pydantic import Field

from connects.api.callers import Stopped
from connects.api.problems import CURSOR_UNKNOWN

SALT = "connects.api.cursor"
LIMIT_MOST = 500

Limit = Annotated[int, Query(description="How many at most."), Field(ge=1, le=LIMIT_MOST)]
Cursor = Annotated[
    str | None, Query(description="`next` of the page before."), Field(max_length=400)
]


def cursor_for(of: str, place: int) -> str:
    """The cursor of a page that begins after that place in the list called `of`."""
    return signing.dumps([of, place], salt=SALT)


def place_in(of: str, cursor: str | None) -> int | None:
    """Where the page begins; None for the first one. Raises `Stopped` for a cursor that is not ours."""
    if cursor is None:
        return None
    try:
        told: Any = signing.loads(cursor, salt=SALT)
    except signing.BadSignature:
        raise Stopped.by(CURSOR_UNKNOWN) from None
    if not isinstance(told, list) or told[:1] != [of]:
        raise Stopped.by(CURSOR_UNKNOWN)
    return int(told[1])

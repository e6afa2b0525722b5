"""Pages of long lists: signed cursors, so that one of another list or installation is found out.

A cursor begins with the installation's tag, which its secret key makes. So one that was kept from
another installation is told apart from one that was spoilt on its way.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Annotated, Any

from django.conf import settings
from django.core import signing
from ninja import Query
from pydantic import Field

from connects.api.callers import Stopped
from connects.api.problems import CURSOR_OF_ANOTHER_INSTALLATION, CURSOR_UNKNOWN

SALT = "connects.api.cursor"
LIMIT_MOST = 500
_CURSOR = re.compile(r"([0-9a-f]{8})\.(.+)", re.DOTALL)

Limit = Annotated[int, Query(description="How many at most."), Field(ge=1, le=LIMIT_MOST)]
Cursor = Annotated[
    str | None, Query(description="`next` of the page before."), Field(max_length=400)
]


def cursor_for(of: str, place: int) -> str:
    """The cursor of a page that begins after that place in the list called `of`."""
    return f"{_tag(settings.SECRET_KEY)}.{signing.dumps([of, place], salt=SALT)}"


def _tag(key: str) -> str:
    return hmac.digest(key.encode(), SALT.encode(), hashlib.sha256).hex()[:8]


def place_in(of: str, cursor: str | None) -> int | None:
    """Where the page begins; None for the first one. Raises `Stopped` for a cursor that is not ours."""
    if cursor is None:
        return None
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise Stopped.by(CURSOR_UNKNOWN)
    if found[1] not in map(_tag, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)):
        raise Stopped.by(CURSOR_OF_ANOTHER_INSTALLATION)
    try:
        told: Any = signing.loads(found[2], salt=SALT)
    except signing.BadSignature:
        raise Stopped.by(CURSOR_UNKNOWN) from None
    if not isinstance(told, list) or told[:1] != [of]:
        raise Stopped.by(CURSOR_UNKNOWN)
    return int(told[1])

"""Instants as callers write them: ISO 8601, with their zone."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator
from pydantic_core import PydanticCustomError

from connects.vocabulary.moments import in_utc


def _as_written(sent: Any) -> Any:
    """What was sent, unless it is a number, which says neither its zone nor what it counts from."""
    if isinstance(sent, str) and re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]", sent):
        # An unescaped + becomes a space on its way through an address.
        return re.sub(r" ([0-9:]{4,5})$", r"+\1", sent)
    if isinstance(sent, datetime):
        return sent
    raise _not_a_moment()


def _in_utc(moment: datetime) -> datetime:
    try:
        return in_utc(moment)
    except OverflowError as error:
        raise _not_a_moment() from error


def _not_a_moment() -> PydanticCustomError:
    return PydanticCustomError("datetime_parsing", "no instant")


Moment = Annotated[AwareDatetime, BeforeValidator(_as_written)]
PastMoment = Annotated[Moment, AfterValidator(_in_utc)]
"""One that is asked about, which UTC's calendar must have."""

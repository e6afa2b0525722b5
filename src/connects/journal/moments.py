"""Instants as the journal stores them: whole microseconds since 1970, alike on every database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970-01-01 UTC, exactly (a float timestamp would round)."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(stored: int) -> datetime:
    """The instant of a stored number of microseconds."""
    return _EPOCH + stored * _MICROSECOND

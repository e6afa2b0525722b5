"""Dated versions of how the API behaves, and operations that are on their way out.

`/v1` says which shapes there are. A client is pinned to the version of its first call, so that what is
added later for others changes nothing for it; `Connects-Version` asks for another one in a single call.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime

from django.http.response import HttpResponseBase

VERSION_HEADER = "Connects-Version"
VERSIONS = (date(2026, 12, 1),)
"""Every dated version, oldest first."""


@dataclass(frozen=True, slots=True)
class Deprecation:
    """Since when an operation is deprecated, when it ends at the earliest, and what takes its place."""

    since: date
    sunset: date
    successor: str


DEPRECATED: Mapping[str, Deprecation] = {}
"""The deprecated operations, by their ids. Each stays for a year at least."""


def known_version(text: str) -> date | None:
    """The version of that name; None where there is none."""
    return next((version for version in VERSIONS if version.isoformat() == text), None)


def say_deprecation(response: HttpResponseBase, operation: str) -> None:
    """Say in the headers that the operation is on its way out (RFC 9745, RFC 8594), if it is."""
    found = DEPRECATED.get(operation)
    if found is None:
        return
    response.headers["Deprecation"] = f"@{int(_midnight(found.since).timestamp())}"
    response.headers["Sunset"] = format_datetime(_midnight(found.sunset), usegmt=True)
    response.headers["Link"] = f'<{found.successor}>; rel="successor-version"'


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)

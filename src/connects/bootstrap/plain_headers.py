"""Headers of our own on responses, set and listed without Django's look at each.

Django sees to it that a header's name and value can be sent, and begin no line of their own. Ours are
ASCII on one line by what they are made of; and a host's call has a dozen of them, for which that look
and the way through a mapping are a tenth of what the whole call takes.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.http.response import HttpResponseBase

_Stored = dict[str, tuple[str, str]]


def set_plain(response: HttpResponseBase, headers: Mapping[str, str]) -> None:
    """Set headers whose names and values are ASCII, on one line each."""
    stored = _stored(response)
    for name, value in headers.items():
        stored[name.lower()] = (name, value)


def all_headers(response: HttpResponseBase) -> list[tuple[str, str]]:
    """The headers that were set, by whatever way."""
    return list(_stored(response).values())


def _stored(response: HttpResponseBase) -> _Stored:
    stored: _Stored = vars(response.headers)["_store"]
    return stored

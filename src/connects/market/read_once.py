"""Reads that several parts of a page ask for, made once while the page is.

A page that only reads sees one state of things, so what was read for its header need not be read again
for its list. An act that changes something reads anew: only `reading_once` remembers, and only until it
ends.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

T = TypeVar("T")

_read: ContextVar[dict[Hashable, Any] | None] = ContextVar("read", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Remember what is read until the block ends. Nothing is written within it that is read there."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def once(key: Hashable, read: Callable[[], T]) -> T:
    """What `read` answers; within `reading_once`, what it answered for the same key."""
    known = _read.get()
    if known is None:
        return read()
    if key not in known:
        known[key] = read()
    return cast("T", known[key])


def remember(key: Hashable, value: object) -> None:
    """Keep what was read along with something else, for who asks for it by this key."""
    known = _read.get()
    if known is not None:
        known[key] = value

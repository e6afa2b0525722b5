"""Going through long lists, a page after the other."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Page(Protocol[T_co]):
    """A part of a list; `next_` is the cursor of the part behind it, where there is one."""

    @property
    def items(self) -> Sequence[T_co]: ...

    @property
    def next_(self) -> str | None: ...


def each(page: Callable[[str | None], Page[T]]) -> Iterator[T]:
    """Each item of a list, whose pages are asked for as they are needed."""
    cursor: str | None = None
    while True:
        found = page(cursor)
        yield from found.items
        cursor = found.next_
        if cursor is None:
            return


async def aeach(page: Callable[[str | None], Awaitable[Page[T]]]) -> AsyncIterator[T]:
    """The same, awaited."""
    cursor: str | None = None
    while True:
        found = await page(cursor)
        for item in found.items:
            yield item
        cursor = found.next_
        if cursor is None:
            return

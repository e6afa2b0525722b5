"""Lists in pages: a page holds what is on it and how to get to the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

Item = TypeVar("Item")
Row = TypeVar("Row", bound=Model)

PAGE_SIZE = 20
LAST_PAGE = 500


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list: `number` counts from 1; `total` items stand on `pages` pages in all.

    A list is counted no further than its last page goes, so that no page grows with the list;
    `is_counted_out` says whether there are no more.
    """

    items: tuple[Item, ...]
    number: int
    pages: int
    total: int
    is_counted_out: bool = True

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None


def page_of(
    rows: QuerySet[Row], number: int, size: int = PAGE_SIZE, known: int | None = None
) -> Page[Row]:
    """The page of that number, or the nearest that there is; a list of one page is not counted.

    `known` is how many rows there are, where somebody counted them.
    """
    begun = tuple(rows[: size + 1]) if number <= 1 else ()
    if number <= 1 and len(begun) <= size:
        return Page(begun, 1, 1, len(begun))
    # What a row tells beside its columns is not needed to count it.
    total = rows.order_by().values("pk")[: LAST_PAGE * size].count() if known is None else known
    pages = min(max(-(-total // size), 1), LAST_PAGE)
    number = min(max(number, 1), pages)
    first = (number - 1) * size
    items = begun[:size] or tuple(rows[first : first + size])
    return Page(
        items, number, pages, total, is_counted_out=known is not None or total < LAST_PAGE * size
    )

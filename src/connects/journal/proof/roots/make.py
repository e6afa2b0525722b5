"""Making the day's root.

The wallets are read page by page, without a lock and without a snapshot over all of them: what a member
holds against a root is their own wallet, and each wallet's row is whole by itself. Two workers may do
so at once; the first to write has made the day's root.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import IntegrityError, transaction

from connects.journal.models import Root, RootPage
from connects.journal.post import Journal
from connects.journal.proof.roots.pages import (
    leaves_as_bytes,
    leaves_by_page,
    page_hash,
    pages_as_bytes,
    pages_from_bytes,
)
from connects.journal.proof.roots.signing import RootStatement, Signer
from connects.journal.proof.roots.tree import root_over

ROWS_AT_ONCE = 200
NO_STATEMENT = bytes(32)


def statement_of(row: Root) -> RootStatement:
    """What a stored root says."""
    made = row.made.astimezone(UTC)
    return RootStatement(
        row.number, row.day, made, row.wallets, bytes(row.root), bytes(row.previous)
    )


def newest_root() -> Root | None:
    """The newest root; None where none was made yet."""
    return Root.objects.first()


def is_made(day: date) -> bool:
    """Whether there is a root of that day, or of a later one."""
    return Root.objects.filter(day__gte=day).exists()


def make_root(journal: Journal, signer: Signer, now: datetime) -> Root | None:
    """Make the root of the day on which `now` (UTC) falls; None where there is one already."""
    before = newest_root()
    if before is not None and before.day >= now.date():
        return None
    earlier = {} if before is None else pages_from_bytes(bytes(before.pages))
    pages, changed, wallets = {}, [], 0
    for page, leaves in leaves_by_page(journal.wallets()):
        pages[page] = page_hash(leaves)
        wallets += len(leaves)
        if earlier.get(page) != pages[page]:
            changed.append(RootPage(page=page, leaves=leaves_as_bytes(leaves)))
    statement = RootStatement(
        1 if before is None else before.number + 1,
        now.date(),
        now,
        wallets,
        root_over(pages),
        NO_STATEMENT if before is None else statement_of(before).digest(),
    )
    made = Root(
        number=statement.number,
        day=statement.day,
        made=statement.made,
        wallets=wallets,
        root=statement.root,
        previous=statement.previous,
        public_key=signer.public,
        signature=signer.sign(statement),
        pages=pages_as_bytes(pages),
    )
    return _written(made, changed)


def _written(made: Root, changed: list[RootPage]) -> Root | None:
    try:
        with transaction.atomic():
            made.save(force_insert=True)
            for row in changed:
                row.root = made
            RootPage.objects.bulk_create(changed, batch_size=ROWS_AT_ONCE)
    except IntegrityError:
        return None
    return made

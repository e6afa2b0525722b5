"""A member's proof: their own lines, and the path from the last of them to a signed root, as JSON.

The document holds all that a check needs, so that it can be made anywhere, at any time, without us
(`web/static/web/check_statement.py` does so with nothing but Python). Instants are whole microseconds
since 1970, hashes and digests are hexadecimal.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from connects.journal.models import Root, RootPage
from connects.journal.moments import microseconds
from connects.journal.port import Record
from connects.journal.post import Journal
from connects.journal.proof.roots.make import statement_of
from connects.journal.proof.roots.pages import ids_from_bytes, leaves_of, pages_from_bytes, places
from connects.journal.proof.roots.signing import key_id
from connects.journal.proof.roots.tree import (
    DEPTH,
    PAGE_DEPTH,
    PAGE_WALLETS,
    Leaf,
    page_of,
    path_in,
)

FORMAT = "connects-proof-1"


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Where a wallet stands in a root's tree."""

    root: Root
    leaf: Leaf
    path: tuple[bytes, ...]


def inclusion_of(journal: Journal, wallet: int, number: int | None = None) -> Inclusion | None:
    """A wallet's place in root `number` (None: the newest); None where that root has no such wallet."""
    roots = Root.objects.all() if number is None else Root.objects.filter(number=number)
    root = roots.first()
    if root is None:
        return None
    leaves = page_at(journal, root.number, page_of(wallet))
    leaf = next((leaf for leaf in leaves if leaf.wallet == wallet), None)
    if leaf is None:
        return None
    lower = path_in(places(leaves), wallet % PAGE_WALLETS, PAGE_DEPTH)
    pages = pages_from_bytes(bytes(root.pages))
    return Inclusion(root, leaf, lower + path_in(pages, page_of(wallet), DEPTH - PAGE_DEPTH))


def page_at(journal: Journal, number: int, page: int) -> list[Leaf]:
    """A page's leaves as they were in that root, with the hashes that the journal has now."""
    rows = RootPage.objects.filter(page=page, root_id__lte=number).order_by("-root_id")
    row = rows.first()
    if row is None:
        return []
    ids = ids_from_bytes(bytes(row.leaves))
    return leaves_of(ids, journal.store.entries_at(ids))


def root_as_json(root: Root) -> dict[str, Any]:
    """A root as it is published: what was signed word for word, the signature, and the key."""
    public = bytes(root.public_key)
    return {
        "number": root.number,
        "day": root.day.isoformat(),
        "wallets": root.wallets,
        "root": bytes(root.root).hex(),
        "statement": statement_of(root).text(),
        "signature": bytes(root.signature).hex(),
        "key": key_id(public),
        "public_key": public.hex(),
    }


def proof_document(inclusion: Inclusion, records: Iterable[Record]) -> Iterator[str]:
    """The proof as pieces of JSON; `records` are the wallet's, first to last."""
    head = {
        "format": FORMAT,
        "root": root_as_json(inclusion.root),
        "wallet": inclusion.leaf.wallet,
        "entries_in_root": inclusion.leaf.number,
        # From the leaf up; an empty text is a subtree without wallets.
        "path": [sibling.hex() if any(sibling) else "" for sibling in inclusion.path],
    }
    yield json.dumps(head, indent=1).removesuffix("\n}") + ',\n "entries": [\n'
    before = ""
    for record in records:
        if record.entry.number > inclusion.leaf.number:
            break
        yield before + json.dumps(entry_as_json(record))
        before = ",\n"
    yield "\n]}\n"


def entry_as_json(record: Record) -> dict[str, Any]:
    """One line with all that its hash covers."""
    entry, lot = record.entry, record.entry.lot
    issued = None
    if lot is not None:
        expires = None if lot.expires is None else microseconds(lot.expires)
        issued = {"credits": lot.credits, "cost_cents": lot.cost_cents, "expires": expires}
    return {
        "number": entry.number,
        "kind": entry.kind.value,
        "credits": entry.credits,
        "balance": entry.balance,
        "draws": [list(draw) for draw in entry.draws],
        "lot": issued,
        "debt_change": entry.debt_change,
        "withheld": entry.withheld,
        "reference": entry.reference,
        "key": entry.key,
        "digest": entry.digest.hex(),
        "rule_book": entry.rule_book,
        "effective": microseconds(entry.effective),
        "recorded": microseconds(record.recorded),
        "hash": record.hash.hex(),
    }

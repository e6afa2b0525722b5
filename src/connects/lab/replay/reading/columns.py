"""Which tables a replay reads, and their columns: the same from a database as from files.

A whole number that is left out is 0, and an instant that is left out is NEVER: the microseconds since
1970 of no instant that anyone meets. A `name` is text of which only a hash is kept, so that millions of
lines can be matched by what they are about; two that meet in one hash lead to a wallet that is not
reproduced by the arrays, and the ledger itself is asked then.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from connects.lab.kernel.columns import Whole
from connects.ledger.entries import EntryKind

Column = npt.NDArray[Any]
Table = dict[str, Column]
Alike = tuple[Mapping[str, Any], Whole]
"""What posts say, and the ids of all that say it."""


class Reads(Enum):
    """How a column is read."""

    WHOLE = "i8"
    SMALL = "i4"
    TINY = "i1"
    TIME = "time"
    TIME_OR_NEVER = "time or never"
    NAME = "u4"
    TEXT = "text"

    @property
    def dtype(self) -> np.dtype[Any]:
        kinds = {Reads.TIME: "i8", Reads.TIME_OR_NEVER: "i8", Reads.TEXT: "O"}
        return np.dtype(kinds.get(self, self.value))

    @property
    def is_time(self) -> bool:
        return self in {Reads.TIME, Reads.TIME_OR_NEVER}


W, S, B, N, X = Reads.WHOLE, Reads.SMALL, Reads.TINY, Reads.NAME, Reads.TEXT
T, M = Reads.TIME, Reads.TIME_OR_NEVER

TABLES: Mapping[str, Mapping[str, Reads]] = {
    "books": {"label": X, "text": X},
    "accounts": {"id": W, "agency": B, "country": X, "handle": X, "registered": T},
    "clients": {"id": W, "registered": T},
    "enrolments": {"account": W, "effective": T, "label": X},
    "subscriptions": {"account": W, "plan": X, "frozen": M},
    "payments": {"account": W, "plan": X, "paid": T, "new_cycle": B, "renewal": B},
    "wallets": {"id": W, "balance": S, "debt": S, "held": S, "last": S},
    "lines": {
        "wallet": W,
        "number": S,
        "kind": B,
        "credits": S,
        "balance": S,
        "effective": T,
        "about": N,
    },
    "issues": {
        "wallet": W,
        "number": S,
        "credits": S,
        "cost": W,
        "expires": T,
        "withheld": S,
        "origin": B,
    },
    "debts": {"wallet": W, "number": S, "debt": S},
    "draws": {"wallet": W, "number": S, "draws": X},
    "posts": {
        "id": W,
        "revision": S,
        "status": B,
        "silent": B,
        "filled": B,
        "verified": B,
        "cloud": B,
        "takes_more": B,
        "posted": T,
        "ended": M,
        "active": T,
    },
    "proposals": {
        "account": W,
        "post": W,
        "revision": S,
        "status": B,
        "paid": S,
        "returned": S,
        "entry": S,
        "submitted": T,
        "opened": M,
        "engaged": M,
        "interview": M,
        "reason": B,
        "last_return": M,
    },
    "answers": {"account": W, "post": W, "answered": T},
    "invitations": {"account": W, "post": W, "invited": T},
}

# Numbers that stand for words, here and in files.
STATUSES = ("open", "closed", "removed", "expired", "void")
PROPOSED = ("submitted", "hired", "declined", "returned", "withdrawn", "offered")
REASONS = ("", "withdrawn", "appeal", "removed_for_terms")
ORIGINS = ("other", "registration", "cycle", "purchase", "interview", "drip")

WORDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("lines", "kind"): tuple(kind.value for kind in EntryKind),
    ("issues", "origin"): ORIGINS,
    ("posts", "status"): STATUSES,
    ("proposals", "status"): PROPOSED,
    ("proposals", "reason"): REASONS,
}
"""Columns that files say in words; elsewhere a word's number is its place."""

FACTS = (
    "kind budget_cents budget_open hourly_min_cents hourly_max_cents duration_least_days"
    " duration_most_days hours_least hours_most level category client_payment_verified"
    " demand_index_thousandths demand_jobs client_posts_ended client_left_open client_hires"
    " estimate_cents estimate_low_cents estimate_high_cents description_characters"
).split()
"""What a post's price rests on, as its row says it; with texts, `title` and `description` follow."""
TEXTS = ("title", "description")


class Unusable(ValueError):
    """What is recorded cannot be replayed, in words for who asked."""


class Source(Protocol):
    """Where a replay reads: one state of a marketplace, whatever happens meanwhile."""

    name: str

    def read(self, table: str, wallets: Sequence[int] | None = None) -> Table:
        """A whole table, or only what belongs to these wallets."""

    def alike(self, *, with_texts: bool) -> Iterator[Alike]:
        """What posts say that prices rest on, in their present revision, and which posts say it.

        One by one: where no two posts are alike, there are as many as posts.
        """

    def revised(self) -> Mapping[tuple[int, int], Mapping[str, Any]]:
        """What earlier revisions said, by post and revision, of those that were proposed to."""


def hash_of(text: str) -> int:
    """The hash that is kept of a name, where no database makes one."""
    return zlib.crc32(text.encode())


def empty(table: str) -> Table:
    """The table without a row."""
    return {name: np.empty(0, reads.dtype) for name, reads in TABLES[table].items()}

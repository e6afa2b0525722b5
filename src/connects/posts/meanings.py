"""What columns could mean by their names alone, wherever these stand in a document."""

from __future__ import annotations

from collections.abc import Sequence

from connects.posts.headers import plain_name
from connects.posts.names import KNOWN, known_name, standing

_NEUTRAL = frozenset(
    "contract_terms hourly_contract_terms fixed_price_contract_terms upwork_history_data".split()
)
_NEUTRAL_WORDS = frozenset(
    "job jobs tile node data attributes details opening post posting info item result fields"
    " properties source doc document record entry project listing search marketplace".split()
)
"""What a part of a name such as `jobTile.job.budget` may consist of that says nothing by itself."""
_SPEAKS_OF_OTHERS = frozenset(
    "client clients buyer employer freelancer member user account profile last since avg average"
    " response reply deadline ends ending end closes closing left remaining expires delivery online"
    " active activity updated modified hired interview review reviews birth registration registered"
    " age experience".split()
)
"""Words in a column's name by which its cells, whatever they look like, are no facts of the post."""


def in_order(columns: Sequence[str]) -> list[tuple[int, str]]:
    """Places and what they could mean: our own names first, then those that say it best."""
    own: list[tuple[int, str]] = []
    others: list[tuple[int, str]] = []
    for place, column in enumerate(columns):
        plain = plain_name(column)
        if plain == "budget_usd" and column.strip().lower() != plain:
            others.append((place, "amount"))  # `Budget (USD)` is what people call any amount
        elif plain in KNOWN and plain not in {name for _, name in own}:
            own.append((place, plain))
        elif name := meaning(column):
            others.append((place, name))
    return own + sorted(others, key=lambda each: standing(said_by(columns[each[0]])))


def said_by(column: str) -> str:
    """The plain part of a column's name by which it is known: `jobTile.job.budget` is a `budget`."""
    parts = column.split(".")
    while len(parts) > 1 and _is_neutral(plain_name(parts[0])):
        if known_name(plain_name("_".join(parts))):
            break
        parts = parts[1:]
    return plain_name("_".join(parts))


def _is_neutral(plain: str) -> bool:
    return plain in _NEUTRAL or _NEUTRAL_WORDS.issuperset(plain.split("_"))


def meaning(column: str) -> str:
    return known_name(said_by(column))


def may_mean(name: str, column: str) -> bool:
    """Whether a column's name leaves it open that its cells say this, whatever they look like.

    How jobs are paid is said in columns of any name; a length, say, is none under `Experience`.
    """
    if name in ("kind", "amount"):
        return True
    if known := meaning(column):
        return {name, known} == {"duration", "workload"}
    return _SPEAKS_OF_OTHERS.isdisjoint(plain_name(column).split("_"))

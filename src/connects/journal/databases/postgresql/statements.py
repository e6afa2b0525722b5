"""What PostgreSQL is asked and told: the text of each statement, and rows as its values.

Statements are made of arrays, one for each column (`arrays`), so that a thousand rows take one round
trip, and so that the server keeps one prepared statement for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from connects.journal.databases.postgresql.arrays import Binary, Rows, array, unnested
from connects.journal.marks import spans_text
from connects.journal.port import Row
from connects.journal.rows import ENTRY_COLUMNS, ENTRY_ID, WALLET_COLUMNS

_TYPES = {
    "id": "bigint",
    "wallet": "bigint",
    "moment": "bigint",
    "next_expiry": "bigint",
    "lot_cost_cents": "bigint",
    "lot_expires": "bigint",
    "effective": "bigint",
    "recorded": "bigint",
    "head": "bytea",
    "digest": "bytea",
    "hash": "bytea",
    "lots": "text",
    "kind": "text",
    "draws": "text",
    "reference": "text",
    "key": "text",
    "rule_book": "text",
    "place": "tid",
    "before": "integer",
}


def types_of(columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(_TYPES.get(column, "integer") for column in columns)


# A locked row stays at its address, and to go there takes half as long as to look for its id.
_PLACED = (*WALLET_COLUMNS, "place")
_WALLETS = Rows(_PLACED, types_of(_PLACED))
_NEW = Rows(WALLET_COLUMNS, types_of(WALLET_COLUMNS), shared=frozenset(WALLET_COLUMNS[1:]))
_EXPECTED = Rows((*_PLACED, "before"), types_of((*_PLACED, "before")))
_ENTRIES = Rows(
    ENTRY_COLUMNS,
    types_of(ENTRY_COLUMNS),
    shared=frozenset(
        "kind lot_credits lot_cost_cents lot_expires debt_change withheld rule_book recorded".split()
    ),
)
_WALLET = ", ".join(WALLET_COLUMNS)
_ENTRY = ", ".join(ENTRY_COLUMNS)
_ENTRY_OF_E = ", ".join(f"e.{column}" for column in ENTRY_COLUMNS)

_KEYS = unnested(("wallet", "bigint"), ("key", "text"))
_IDS = unnested(("wallet", "bigint"), ("number", "integer"))

# The cast tells the array from rows to be compared with, and the SELECT keeps its length from being seen.
READ = f"SELECT {_WALLET}, ctid FROM journal_wallet WHERE id = ANY((SELECT %s::bigint[])::bigint[])"
LOCK = f"{READ} ORDER BY id FOR UPDATE"
LOCK_WITHOUT_WAITING = f"{LOCK} SKIP LOCKED"
BY_KEY = (
    f"SELECT {_ENTRY_OF_E} FROM {_KEYS}"
    " JOIN journal_entry e ON e.wallet = each.wallet AND e.key = each.key"
)
BY_ONE_KEY = f"SELECT {_ENTRY} FROM journal_entry WHERE wallet = %s AND key = %s"
BY_NUMBER = (
    f"SELECT {_ENTRY_OF_E} FROM {_IDS}"
    " JOIN journal_entry e ON e.wallet = each.wallet AND e.number = each.number"
)
RETURNS_AFTER = (
    f"SELECT {_ENTRY_OF_E} FROM {_IDS} JOIN journal_entry e"
    " ON e.wallet = each.wallet AND e.number > each.number AND e.kind IN ('return', 'release')"
)
_INSERT = f"INSERT INTO journal_entry ({_ENTRY}) {{}}"
CHANGES = ", ".join(f"{column} = new.{column}" for column in WALLET_COLUMNS[1:])
MARK = "INSERT INTO journal_mark (spans) VALUES (%s::text)"
_UPDATE = f"UPDATE journal_wallet w SET {CHANGES} FROM ({{}}) AS new WHERE w.ctid = new.place"

# Each wallet with its address, and whether an entry of it bears the key; one's statement is begun sooner.
_AND_WHETHER_ANSWERED = (
    f"SELECT {', '.join(f'w.{column}' for column in WALLET_COLUMNS)}, w.ctid, e.wallet IS NOT NULL"
)
_READ_ONE_WITH_KEY = (
    f"{_AND_WHETHER_ANSWERED} FROM journal_wallet w"
    " LEFT JOIN journal_entry e ON e.wallet = w.id AND e.key = %s WHERE w.id = %s"
)
_READ_WITH_KEYS = (
    f"{_AND_WHETHER_ANSWERED} FROM {_KEYS} JOIN journal_wallet w ON w.id = each.wallet"
    " LEFT JOIN journal_entry e ON e.wallet = each.wallet AND e.key = each.key"
)

# Rows come in the order of ids and are gone to one by one at their addresses, which is the order of all
# locks. Only where there are few wallets may the server go to them in the order in which they lie; then
# this statement and a batch under locks could wait for each other. So where it has several it gives up
# before the server looks for such circles (after a second, by default) and breaks off either.
_WAITING_BRIEFLY = " AND (SELECT set_config('lock_timeout', '100ms', true)) IS NOT NULL"
# An address may be given to another row once nobody locks it, hence the id and the last entry.
_WRITE_UNCHANGED = (
    f"WITH changed AS (UPDATE journal_wallet w SET {CHANGES} FROM ({{}}) AS new"
    " WHERE w.ctid = new.place AND w.id = new.id AND w.last_entry = new.before{}"
    " RETURNING w.id, new.before + 1 AS first, w.last_entry AS last),"
    " marked AS (INSERT INTO journal_mark (spans) SELECT"
    " string_agg(id || ',' || first || ',' || last, ';' ORDER BY id) FROM changed"
    f" HAVING count(*) > 0) INSERT INTO journal_entry ({_ENTRY}) SELECT {_ENTRY_OF_E}"
    " FROM ({}) AS e JOIN changed ON changed.id = e.wallet RETURNING wallet"
)


def by_entry(kind: str, pairs: Sequence[tuple[int, Any]]) -> list[Binary]:
    """Wallets, and what tells each one's entry from its others, as two arrays."""
    return [
        array("bigint", [wallet for wallet, _ in pairs]),
        array(kind, [one for _, one in pairs]),
    ]


def open_wallets(wallets: Sequence[Row]) -> tuple[str, list[Any]]:
    """The statement that adds the wallets that are not there yet, and its values."""
    added, values = _NEW.source(wallets)
    return f"INSERT INTO journal_wallet ({_WALLET}) {added} ON CONFLICT (id) DO NOTHING", values


def write(wallets: Sequence[Row], entries: Sequence[Row]) -> tuple[str, list[Any]]:
    """The statement that replaces locked wallets, appends entries and marks them; and its values."""
    changed, values = _WALLETS.source(wallets)
    if not entries:
        return _UPDATE.format(changed), values
    added, entry_values = append(entries)
    # One statement for all three is two round trips less for each post.
    together = f"WITH added AS ({added}), marked AS ({MARK}) {_UPDATE.format(changed)}"
    return together, [*entry_values, spans_text(map(ENTRY_ID, entries)), *values]


def append(entries: Sequence[Row]) -> tuple[str, list[Any]]:
    """The statement that appends entries, and its values."""
    added, values = _ENTRIES.source(entries)
    return _INSERT.format(added), values


def read_with_keys(keys: Sequence[tuple[int, str]]) -> tuple[str, list[Any]]:
    """The statement that reads each key's wallet, and whether an entry bears it; and its values."""
    if len(keys) == 1:
        ((wallet, key),) = keys
        return _READ_ONE_WITH_KEY, [key, str(wallet)]
    return _READ_WITH_KEYS, by_entry("text", keys)


def write_unchanged(
    wallets: Sequence[Row], before: Sequence[int], entries: Sequence[Row]
) -> tuple[str, list[Any]]:
    """The statement that writes the wallets whose last entry is still the one `before`, and its values.

    It appends and marks the entries of these alone, and gives their ids.
    """
    expected = [(*row, last) for row, last in zip(wallets, before, strict=True)]
    changed, values = _EXPECTED.source(expected)
    added, entry_values = _ENTRIES.source(entries)
    waiting = _WAITING_BRIEFLY if len(wallets) > 1 else ""
    return _formatted(changed, waiting, added), [*values, *entry_values]


@lru_cache
def _formatted(changed: str, waiting: str, added: str) -> str:
    return _WRITE_UNCHANGED.format(changed, waiting, added)

"""The journal's two tables, and the triggers by which the database itself keeps entries as they are.

The wallet's id leads every key, so that both tables can be distributed by wallet. No column that a
spend changes is indexed, save `next_expiry`, which changes only when the first lot is used up.
"""

from __future__ import annotations

TABLES = (
    """
    CREATE TABLE journal_wallet (
        id BIGINT NOT NULL PRIMARY KEY,
        balance INTEGER NOT NULL CHECK (balance >= 0),
        debt INTEGER NOT NULL CHECK (debt >= 0),
        last_entry INTEGER NOT NULL,
        moment BIGINT NOT NULL,
        next_expiry BIGINT,
        head {bytes} NOT NULL,
        lots TEXT NOT NULL
    ) {wallet_options}
    """,
    """
    CREATE TABLE journal_entry (
        wallet BIGINT NOT NULL,
        number INTEGER NOT NULL,
        kind TEXT NOT NULL,
        credits INTEGER NOT NULL,
        balance INTEGER NOT NULL CHECK (balance >= 0),
        draws TEXT NOT NULL,
        lot_credits INTEGER,
        lot_cost_cents BIGINT,
        lot_expires BIGINT,
        debt_change INTEGER NOT NULL,
        withheld INTEGER NOT NULL,
        reference TEXT NOT NULL,
        key TEXT {bytewise} NOT NULL,
        digest {bytes} NOT NULL,
        rule_book TEXT NOT NULL,
        effective BIGINT NOT NULL,
        recorded BIGINT NOT NULL,
        hash {bytes} NOT NULL,
        PRIMARY KEY (wallet, number)
    ) {entry_options}
    """,
    "CREATE UNIQUE INDEX journal_entry_key ON journal_entry (wallet, key)",
    """
    CREATE INDEX journal_wallet_next_expiry ON journal_wallet (next_expiry)
    WHERE next_expiry IS NOT NULL
    """,
    """
    CREATE INDEX journal_entry_lot_expires ON journal_entry (lot_expires, wallet, number)
    WHERE lot_expires IS NOT NULL
    """,
)

_OPTIONS = {
    # Room in each page lets an update stay beside the row that it replaces, without index entries.
    "postgresql": {
        "bytes": "BYTEA",
        # Keys are only ever compared for equality; a language's order would cost at every insert.
        "bytewise": 'COLLATE "C"',
        "wallet_options": "WITH (fillfactor = 70)",
        "entry_options": "",
    },
    "sqlite": {
        "bytes": "BLOB",
        "bytewise": "",
        "wallet_options": "",
        # Not WITHOUT ROWID: in the order of wallets each of a batch's entries is on another page.
        "entry_options": "",
    },
}

_GUARDS = {
    "postgresql": (
        """
        CREATE FUNCTION journal_entry_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'journal entries are never changed or deleted';
        END $$
        """,
        """
        CREATE TRIGGER journal_entry_unchanged BEFORE UPDATE OR DELETE ON journal_entry
        FOR EACH ROW EXECUTE FUNCTION journal_entry_is_final()
        """,
        """
        CREATE TRIGGER journal_entry_kept BEFORE TRUNCATE ON journal_entry
        FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_is_final()
        """,
    ),
    "sqlite": (
        """
        CREATE TRIGGER journal_entry_unchanged BEFORE UPDATE ON journal_entry
        BEGIN SELECT RAISE(ABORT, 'journal entries are never changed or deleted'); END
        """,
        """
        CREATE TRIGGER journal_entry_kept BEFORE DELETE ON journal_entry
        BEGIN SELECT RAISE(ABORT, 'journal entries are never changed or deleted'); END
        """,
    ),
}

_DROPS = {
    "postgresql": (
        "DROP TABLE IF EXISTS journal_entry",
        "DROP TABLE IF EXISTS journal_wallet",
        "DROP FUNCTION IF EXISTS journal_entry_is_final",
    ),
    "sqlite": (
        "DROP TABLE IF EXISTS journal_entry",
        "DROP TABLE IF EXISTS journal_wallet",
    ),
}


# Lots that `rows` keeps out of the list that every spend rewrites.
RESTING = "ALTER TABLE journal_wallet ADD COLUMN resting TEXT"
NO_RESTING = "ALTER TABLE journal_wallet DROP COLUMN resting"

# What holds have set aside (`ledger.wallet`). Wallets of before had none.
HELD = "ALTER TABLE journal_wallet ADD COLUMN held INTEGER NOT NULL DEFAULT 0"
NO_HELD = "ALTER TABLE journal_wallet DROP COLUMN held"

# A line tells the debt after it by what it and those before have changed; few lines change any.
DEBTS = """
    CREATE INDEX journal_entry_debt ON journal_entry (wallet, number) WHERE debt_change <> 0
"""
NO_DEBTS = "DROP INDEX journal_entry_debt"


def first_creation(vendor: str) -> tuple[str, ...]:
    """The statements that make the journal's tables as they were at first."""
    return tuple(table.format(**_OPTIONS[vendor]) for table in TABLES) + _GUARDS[vendor]


def creation(vendor: str) -> tuple[str, ...]:
    """The statements that make the journal's tables on a database of that vendor (Django's word)."""
    return (*first_creation(vendor), RESTING, HELD, DEBTS)


def removal(vendor: str) -> tuple[str, ...]:
    """The statements that remove them, with every entry in them."""
    return _DROPS[vendor]

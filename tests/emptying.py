"""Empties the tables that a committing test has filled, in place of Django's flush.

A flush truncates every table and makes all content types and permissions anew, which takes longer than
most of the tests that need it. Here only what has rows is emptied, and those two are kept.
"""

from __future__ import annotations

from django.db import connection, transaction
from django.test import TransactionTestCase

KEPT = {"django_content_type", "auth_permission", "django_migrations"}


def empty_instead_of_flushing() -> None:
    """From now on, in this process."""
    # Only tests that commit end so: `TestCase`, whose tests are rolled back, has a teardown of its own.
    type.__setattr__(TransactionTestCase, "_fixture_teardown", lambda _test: empty_filled_tables())


def empty_filled_tables() -> None:
    """Delete all rows of all models. Foreign keys are checked when all are gone."""
    names = connection.introspection.django_table_names(only_existing=False, include_views=False)
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _filled(sorted(set(names) - KEPT)):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def journal_is_filled() -> bool:
    """Whether any of the journal's own tables has rows."""
    return bool(_filled(["journal_entry", "journal_wallet"]))


def _filled(tables: list[str]) -> list[str]:
    each = (
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})"
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return [name for (name,) in cursor.fetchall()]

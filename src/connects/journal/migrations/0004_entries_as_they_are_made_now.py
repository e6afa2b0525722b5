"""Bring the table of entries to its present form in databases that were made before it had that.

What `0001_initial` makes was changed after databases may have applied it: PostgreSQL compares keys
byte by byte now, and SQLite keeps entries in the order of their arrival. An old table means the same
and is only slower. Entries are copied as they are, so their hashes hold.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from connects.journal import schema

COLLATION = """
    SELECT collname FROM pg_attribute JOIN pg_collation ON pg_collation.oid = attcollation
    WHERE attrelid = 'journal_entry'::regclass AND attname = 'key'
"""
MADE_BY = "SELECT sql FROM sqlite_master WHERE name = 'journal_entry'"


def renew_where_it_is_old(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        _compare_keys_byte_by_byte(editor)
    elif "WITHOUT ROWID" in _one(editor, MADE_BY):
        _copy_in_the_order_of_arrival(editor)


def _compare_keys_byte_by_byte(editor: BaseDatabaseSchemaEditor) -> None:
    if _one(editor, COLLATION) != "C":
        editor.execute('ALTER TABLE journal_entry ALTER COLUMN key TYPE TEXT COLLATE "C"')


def _copy_in_the_order_of_arrival(editor: BaseDatabaseSchemaEditor) -> None:
    make, *then = (made for made in schema.first_creation("sqlite") if "journal_entry" in made)
    editor.execute("ALTER TABLE journal_entry RENAME TO journal_entry_before")
    editor.execute(make)
    editor.execute(
        "INSERT INTO journal_entry SELECT * FROM journal_entry_before"
        " ORDER BY recorded, wallet, number"
    )
    # With the table go its indexes and triggers, whose names are free then.
    editor.execute("DROP TABLE journal_entry_before")
    for statement in then:
        editor.execute(statement)


def _one(editor: BaseDatabaseSchemaEditor, question: str) -> str:
    with editor.connection.cursor() as cursor:
        cursor.execute(question)
        return str(cursor.fetchone()[0])


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_resting_lots")]

    operations = [
        migrations.RunPython(renew_where_it_is_old, migrations.RunPython.noop, elidable=True)
    ]

"""Marks of what was posted. What stands in the journal already is marked, too, so that it is published."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from connects.journal import schema

WALLETS_MOST = 500
JOINED = {"postgresql": "string_agg(span, ';' ORDER BY id)", "sqlite": "group_concat(span, ';')"}


def mark_what_is_there(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(
        f"INSERT INTO journal_mark (spans) SELECT {JOINED[editor.connection.vendor]} FROM"
        " (SELECT id, id || ',1,' || last_entry AS span,"
        f" (row_number() OVER (ORDER BY id) - 1) / {WALLETS_MOST} AS part"
        " FROM journal_wallet WHERE last_entry > 0) AS each GROUP BY part ORDER BY part"
    )


class Migration(migrations.Migration):
    dependencies = [("journal", "0005_held")]
    operations = [
        migrations.CreateModel(
            name="BatchMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("spans", models.TextField()),
            ],
            options={"db_table": "journal_mark"},
        ),
        migrations.RunPython(mark_what_is_there, migrations.RunPython.noop),
        migrations.RunSQL(schema.DEBTS, schema.NO_DEBTS),
    ]

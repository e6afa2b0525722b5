"""Indexes for the long lists of staff, and on PostgreSQL for the words of names."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX account_words ON people_account USING gin (to_tsvector('simple', name))"
        )


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX account_words")


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_external_ids"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="account",
            index=models.Index(fields=["name", "id"], name="account_by_name"),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(fields=["registered", "id"], name="account_newest"),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(fields=["country", "registered", "id"], name="account_of_country"),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(
                condition=models.Q(("suspended__isnull", False)),
                fields=["registered", "id"],
                name="account_suspended",
            ),
        ),
        migrations.RunPython(create, drop),
    ]

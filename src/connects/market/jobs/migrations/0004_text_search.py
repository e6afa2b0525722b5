"""An index for the words of posts, on PostgreSQL; SQLite looks through the few posts that it has."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX job_words ON jobs_job USING gin"
            " (to_tsvector('simple', title || ' ' || description))"
        )


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX job_words")


class Migration(migrations.Migration):
    dependencies = [("jobs", "0003_owed_and_sorted")]
    operations = [migrations.RunPython(create, drop)]

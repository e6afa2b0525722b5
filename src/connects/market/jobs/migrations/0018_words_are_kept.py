"""PostgreSQL keeps each post's words, so that a search reads no texts; SQLite has few posts."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

KEPT = (
    (
        "ALTER TABLE jobs_job ADD COLUMN words tsvector GENERATED ALWAYS AS"
        " (to_tsvector('simple', title || ' ' || description)) STORED"
    ),
    "CREATE INDEX job_words_kept ON jobs_job USING gin (words)",
    "DROP INDEX IF EXISTS job_words",
)
DROPPED = (
    (
        "CREATE INDEX job_words ON jobs_job USING gin"
        " (to_tsvector('simple', title || ' ' || description))"
    ),
    "ALTER TABLE jobs_job DROP COLUMN words",
)


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in KEPT:
            schema_editor.execute(statement)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in DROPPED:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("jobs", "0017_skills")]
    operations = [migrations.RunPython(create, drop)]

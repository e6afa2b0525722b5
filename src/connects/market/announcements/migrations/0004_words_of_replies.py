"""PostgreSQL keeps each reply's words, by which a discussion is searched."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

KEPT = (
    (
        "ALTER TABLE announcements_reply ADD COLUMN words tsvector GENERATED ALWAYS AS"
        " (to_tsvector('simple', text)) STORED"
    ),
    "CREATE INDEX reply_words ON announcements_reply USING gin (words)",
)
DROPPED = ("ALTER TABLE announcements_reply DROP COLUMN words",)


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in KEPT:
            schema_editor.execute(statement)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in DROPPED:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("announcements", "0003_edits_and_drafts")]
    operations = [migrations.RunPython(create, drop)]

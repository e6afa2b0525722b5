"""The index for searches by how an event's key begins goes: nobody asks that, and each event wrote it."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

BY_BEGINNING = "notices_outboxevent_key_18bd2fb4_like"


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {BY_BEGINNING}")


class Migration(migrations.Migration):
    dependencies = [("notices", "0007_e_mails_of_notices")]
    operations = [migrations.RunPython(drop, migrations.RunPython.noop)]

"""The database itself keeps acts of staff as they are, like the journal's entries."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GUARDS = {
    "postgresql": (
        """
        CREATE FUNCTION trust_staffact_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'acts of staff are never changed or deleted';
        END $$
        """,
        """
        CREATE TRIGGER trust_staffact_unchanged BEFORE UPDATE OR DELETE ON trust_staffact
        FOR EACH ROW EXECUTE FUNCTION trust_staffact_is_final()
        """,
        """
        CREATE TRIGGER trust_staffact_kept BEFORE TRUNCATE ON trust_staffact
        FOR EACH STATEMENT EXECUTE FUNCTION trust_staffact_is_final()
        """,
    ),
    "sqlite": (
        """
        CREATE TRIGGER trust_staffact_unchanged BEFORE UPDATE ON trust_staffact
        BEGIN SELECT RAISE(ABORT, 'acts of staff are never changed or deleted'); END
        """,
        """
        CREATE TRIGGER trust_staffact_kept BEFORE DELETE ON trust_staffact
        BEGIN SELECT RAISE(ABORT, 'acts of staff are never changed or deleted'); END
        """,
    ),
}
DROPS = {
    "postgresql": ("DROP FUNCTION IF EXISTS trust_staffact_is_final CASCADE",),
    "sqlite": (
        "DROP TRIGGER IF EXISTS trust_staffact_unchanged",
        "DROP TRIGGER IF EXISTS trust_staffact_kept",
    ),
}


def guard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in GUARDS[editor.connection.vendor]:
        editor.execute(statement)


def unguard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in DROPS[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("trust", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]

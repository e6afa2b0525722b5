"""The database itself keeps invoices and credit notes as they are, like the journal's entries."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GUARDS = {
    "postgresql": (
        """
        CREATE FUNCTION invoices_document_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'invoices and credit notes are never changed or deleted';
        END $$
        """,
        """
        CREATE TRIGGER invoices_document_unchanged BEFORE UPDATE OR DELETE ON invoices_document
        FOR EACH ROW EXECUTE FUNCTION invoices_document_is_final()
        """,
        """
        CREATE TRIGGER invoices_document_kept BEFORE TRUNCATE ON invoices_document
        FOR EACH STATEMENT EXECUTE FUNCTION invoices_document_is_final()
        """,
    ),
    "sqlite": (
        """
        CREATE TRIGGER invoices_document_unchanged BEFORE UPDATE ON invoices_document
        BEGIN SELECT RAISE(ABORT, 'invoices and credit notes are never changed or deleted'); END
        """,
        """
        CREATE TRIGGER invoices_document_kept BEFORE DELETE ON invoices_document
        BEGIN SELECT RAISE(ABORT, 'invoices and credit notes are never changed or deleted'); END
        """,
    ),
}
DROPS = {
    "postgresql": ("DROP FUNCTION IF EXISTS invoices_document_is_final CASCADE",),
    "sqlite": (
        "DROP TRIGGER IF EXISTS invoices_document_unchanged",
        "DROP TRIGGER IF EXISTS invoices_document_kept",
    ),
}


def guard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in GUARDS[editor.connection.vendor]:
        editor.execute(statement)


def unguard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in DROPS[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("invoices", "0001_providers_and_recovery")]

    operations = [migrations.RunPython(guard, unguard)]

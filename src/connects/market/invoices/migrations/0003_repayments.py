"""Several credit notes for a payment, which may go back in parts, and debit notes that void them."""

from importlib import import_module

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FINAL = import_module("connects.market.invoices.migrations.0002_documents_are_final")


def guard_again(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite makes a table anew to change it, without its triggers."""
    if editor.connection.vendor == "sqlite":
        FINAL.unguard(apps, editor)
        FINAL.guard(apps, editor)


class Migration(migrations.Migration):
    dependencies = [
        ("invoices", "0002_documents_are_final"),
        ("people", "0003_team_roles_and_freezing"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="document",
            name="document_once",
        ),
        migrations.AddField(
            model_name="document",
            name="about",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AlterField(
            model_name="document",
            name="kind",
            field=models.CharField(
                choices=[
                    ("receipt", "Receipt"),
                    ("credit-note", "credit note"),
                    ("debit-note", "debit note"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                fields=("subject", "kind", "about"), name="document_once"
            ),
        ),
        migrations.RunPython(guard_again, guard_again),
    ]

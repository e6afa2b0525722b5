"""Indexes that others hold already, or that hold nothing but nulls, go: each was written for every proposal."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# Django makes these for searches by how a text begins, which nobody asks of a name.
BY_BEGINNING = (
    "proposals_proposal_public_id_ff75049a_like",
    "proposals_proposal_external_id_c266abf1_like",
)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name in BY_BEGINNING:
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0019_ranking"),
        ("people", "0012_language_of_a_person"),
        ("proposals", "0008_reservations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AlterField(
            model_name="proposal",
            name="account",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to="people.account",
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="for_agency_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="proposals_for_agencies",
                to="people.account",
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="job",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to="jobs.job",
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="member",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                condition=models.Q(("member__isnull", False)),
                fields=["member"],
                name="proposals_of_member",
            ),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                condition=models.Q(("for_agency_by__isnull", False)),
                fields=["for_agency_by"],
                name="proposals_for_agencies",
            ),
        ),
        migrations.RunPython(drop, migrations.RunPython.noop),
    ]

"""Keys get scopes and an end; those that are there keep what they could do: ask for prices."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def keep_what_they_could(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("keys", "ApiKey").objects.update(scopes=["quote"])


class Migration(migrations.Migration):
    dependencies = [
        ("keys", "0002_act_counts"),
    ]

    operations = [
        migrations.AddField(
            model_name="apikey",
            name="scopes",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="apikey",
            name="expires",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(keep_what_they_could, migrations.RunPython.noop),
    ]

"""People who could sign in before addresses were confirmed go on: theirs count as confirmed."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BATCH = 1_000


def confirm_everyone(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    addresses = apps.get_model("account", "EmailAddress")
    known = set(addresses.objects.values_list("user_id", flat=True))
    people = apps.get_model("people", "User").objects.exclude(email="")
    rows = (
        addresses(user_id=number, email=email.lower(), verified=True, primary=True)
        for number, email in people.values_list("pk", "email").iterator(chunk_size=BATCH)
        if number not in known
    )
    addresses.objects.bulk_create(rows, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("people", "0004_signing_up_waits_for_confirmation"),
    ]

    operations = [migrations.RunPython(confirm_everyone, migrations.RunPython.noop)]

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from connects.journal import schema


def create(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in schema.first_creation(editor.connection.vendor):
        editor.execute(statement)


def remove(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in schema.removal(editor.connection.vendor):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunPython(create, remove)]

"""Give subscriptions their account's kind in databases that were made before they had one.

The column was added to `0001_initial` after databases had applied that migration. They lack it, and
Django, which goes by the names of migrations, does not see it.
"""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

COLUMN = "ALTER TABLE plans_subscription ADD COLUMN kind varchar(12)"
FILL = """
    UPDATE plans_subscription SET kind =
    (SELECT kind FROM people_account WHERE people_account.id = plans_subscription.account_id)
"""


def add_kind_where_it_is_missing(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    connection = editor.connection
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "plans_subscription")
    if "kind" in {column.name for column in columns}:
        return
    # By hand: Django would copy SQLite's table by its models, which hold that the column is there.
    editor.execute(COLUMN)
    editor.execute(FILL)
    # PostgreSQL changes no table for which checks of this transaction are still outstanding.
    connection.check_constraints()
    subscription: Any = apps.get_model("plans", "Subscription")
    nullable = models.CharField(max_length=12, null=True)
    nullable.set_attributes_from_name("kind")
    nullable.model = subscription
    editor.alter_field(subscription, nullable, subscription._meta.get_field("kind"))  # noqa: SLF001


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_unwanted_payments")]

    operations = [
        migrations.RunPython(add_kind_where_it_is_missing, migrations.RunPython.noop, elidable=True)
    ]

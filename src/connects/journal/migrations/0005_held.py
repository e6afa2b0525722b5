from django.db import migrations

from connects.journal import schema


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_entries_as_they_are_made_now")]
    operations = [migrations.RunSQL(schema.HELD, schema.NO_HELD)]

from django.db import migrations

from connects.journal import schema


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_proof")]
    operations = [migrations.RunSQL(schema.RESTING, schema.NO_RESTING)]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("wallet", models.BigIntegerField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("head", models.BinaryField(max_length=32)),
                ("state", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Root",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("day", models.DateField(unique=True)),
                ("made", models.DateTimeField()),
                ("wallets", models.BigIntegerField()),
                ("root", models.BinaryField(max_length=32)),
                ("previous", models.BinaryField(max_length=32)),
                ("public_key", models.BinaryField(max_length=32)),
                ("signature", models.BinaryField(max_length=64)),
                ("pages", models.BinaryField()),
            ],
            options={"ordering": ["-number"]},
        ),
        migrations.CreateModel(
            name="RootPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("page", models.BigIntegerField()),
                ("leaves", models.BinaryField()),
                (
                    "root",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="journal.root"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("page", "root"), name="root_page_once")
                ],
            },
        ),
    ]

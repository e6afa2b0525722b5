import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0003_team_roles_and_freezing"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentSeries",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("last", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("series", models.CharField(max_length=20)),
                ("number", models.PositiveBigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("receipt", "Receipt"), ("credit-note", "credit note")],
                        max_length=12,
                    ),
                ),
                ("subject", models.CharField(max_length=60)),
                ("total_cents", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("content", models.JSONField()),
                ("issued", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="people.account",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["account", "-id"], name="documents_of_account")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("series", "number"), name="document_number_once"
                    ),
                    models.UniqueConstraint(fields=("subject", "kind"), name="document_once"),
                ],
            },
        ),
    ]

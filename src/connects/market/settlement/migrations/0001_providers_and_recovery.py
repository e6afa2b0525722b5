from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ProviderMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("provider", models.CharField(max_length=12)),
                ("event", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=20)),
                ("subject", models.CharField(blank=True, max_length=60)),
                ("received", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provider", "event"), name="message_dealt_with_once"
                    )
                ],
            },
        ),
    ]

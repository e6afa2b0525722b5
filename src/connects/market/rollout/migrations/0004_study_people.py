from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rollout", "0003_replays"),
    ]

    operations = [
        migrations.AddField(
            model_name="labjob",
            name="people",
            field=models.CharField(
                choices=[("own", "Own"), ("shipped", "Shipped")], default="own", max_length=10
            ),
        ),
    ]

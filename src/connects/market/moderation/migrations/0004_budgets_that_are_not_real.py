"""A flag says that the budget is not real, rather than not meant."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0003_saved_searches"),
    ]

    operations = [
        migrations.AlterField(
            model_name="flag",
            name="reason",
            field=models.CharField(
                choices=[
                    ("not_serious", "It is not a serious job"),
                    ("unpaid_work", "It asks for unpaid work"),
                    ("contact_outside", "It asks to talk or pay elsewhere"),
                    ("fake_budget", "The budget is not real"),
                    ("duplicate", "It was posted before"),
                    ("same_pair", "The same client and freelancer, again and again"),
                    ("other", "Something else"),
                ],
                max_length=20,
            ),
        ),
    ]

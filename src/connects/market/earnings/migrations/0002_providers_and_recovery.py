from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("earnings", "0001_earnings_and_refunds"),
        ("people", "0003_team_roles_and_freezing"),
    ]

    operations = [
        migrations.AddField(
            model_name="earningsbalance",
            name="next_withdrawal",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="earningsbalance",
            name="withdraws",
            field=models.CharField(
                choices=[("never", "Never"), ("weekly", "Weekly"), ("monthly", "Monthly")],
                default="never",
                max_length=8,
            ),
        ),
        migrations.AddIndex(
            model_name="earningsbalance",
            index=models.Index(
                condition=models.Q(("next_withdrawal__isnull", False)),
                fields=["next_withdrawal"],
                name="withdrawal_due",
            ),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0003_team_roles_and_freezing"),
    ]

    operations = [
        migrations.CreateModel(
            name="BillingProfile",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="billing_profile",
                        serialize=False,
                        to="people.account",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("country", models.CharField(blank=True, max_length=2)),
                ("tax_number", models.CharField(blank=True, max_length=30)),
            ],
        ),
        migrations.CreateModel(
            name="TaxRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("country", models.CharField(max_length=2)),
                ("name", models.CharField(max_length=30)),
                ("basis_points", models.PositiveIntegerField()),
                ("reverse_charge", models.BooleanField(default=False)),
                ("starts", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("country", "starts"), name="tax_rate_starts_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentMethod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("card", "card"),
                            ("prepaid", "prepaid"),
                            ("paypal", "paypal"),
                            ("earnings", "earnings"),
                        ],
                        max_length=12,
                    ),
                ),
                ("provider", models.CharField(max_length=12)),
                ("token", models.CharField(blank=True, max_length=120)),
                ("customer", models.CharField(blank=True, max_length=120)),
                ("label", models.CharField(max_length=80)),
                ("expires", models.CharField(blank=True, max_length=7)),
                ("added", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="payment_methods",
                        to="people.account",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "provider", "token"), name="method_kept_once"
                    )
                ],
            },
        ),
    ]

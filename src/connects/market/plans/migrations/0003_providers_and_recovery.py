from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F


def note_what_was_received(apps: Any, _editor: object) -> None:
    """Payments made before amounts were noted brought what they cost, without a fee or a tax."""
    payments = apps.get_model("plans", "PlanPayment").objects
    payments.filter(method="earnings").update(provider="earnings")
    paid = payments.filter(status__in=["paid", "refunded", "charged-back"])
    paid.update(received_cents=F("price_cents"), received_currency=F("currency"), fee_cents=0)
    payments.filter(title="").update(title=F("plan"))
    waiting = payments.filter(status="pending").exclude(key__startswith="cycle:")
    waiting.update(look_again=F("ordered"))


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_team_roles_and_freezing"),
        ("plans", "0002_team_roles_and_freezing"),
    ]

    operations = [
        migrations.AddField(
            model_name="planpayment",
            name="asked",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="attempt",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="cause",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="fee_cents",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="keeps_method",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="look_again",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="looks",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="lot",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="method_customer",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="method_label",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="method_token",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="page",
            field=models.CharField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="payer_present",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="provider",
            field=models.CharField(default="test", max_length=12),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="received_cents",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="received_currency",
            field=models.CharField(blank=True, max_length=3),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="reversal",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="reversals",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="tax_basis_points",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="tax_cents",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="tax_name",
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="tax_reversed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="title",
            field=models.CharField(default="", max_length=60),
        ),
        migrations.AddField(
            model_name="planpayment",
            name="went_back",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="planpayment",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="people.account",
            ),
        ),
        migrations.AlterField(
            model_name="planpayment",
            name="provider_reference",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name="planpayment",
            name="status",
            field=models.CharField(
                choices=[
                    ("pending", "Pending"),
                    ("paid", "Paid"),
                    ("declined", "Declined"),
                    ("abandoned", "Abandoned"),
                    ("mismatched", "Mismatched"),
                    ("refunding", "Refunding"),
                    ("refunded", "Refunded"),
                    ("charged-back", "charged back"),
                ],
                default="pending",
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="planpayment",
            index=models.Index(
                condition=models.Q(("look_again__isnull", False)),
                fields=["look_again"],
                name="plan_payment_look_due",
            ),
        ),
        migrations.AddIndex(
            model_name="planpayment",
            index=models.Index(fields=["provider_reference"], name="plan_payment_by_provider"),
        ),
        migrations.RunPython(note_what_was_received, migrations.RunPython.noop, elidable=True),
    ]

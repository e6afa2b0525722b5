from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Now

KEPT_AT_ONCE = 2_000
TESTED = {True: ("test_declines", "declined"), False: ("test_accepts", "accepted")}


def copy_methods(apps: Any, _editor: object) -> None:
    """Carry the one way to pay that each account had over to the list that it has now."""
    old = apps.get_model("purchases", "PaymentMethod").objects.order_by("pk")
    new = apps.get_model("payments", "PaymentMethod")
    rows = (
        new(
            account_id=method.account_id,
            position=0,
            kind=method.kind,
            added=Now(),
            **_as_kept_now(method),
        )
        for method in old.iterator(chunk_size=KEPT_AT_ONCE)
    )
    new.objects.bulk_create(rows, batch_size=KEPT_AT_ONCE)


def _as_kept_now(method: Any) -> dict[str, str]:
    if method.kind == "earnings":
        return {"provider": "earnings", "label": "My earnings"}
    token, fate = TESTED[method.declines]
    return {"provider": "test", "token": token, "label": f"Test {method.kind} that is {fate}"}


def note_what_was_received(apps: Any, editor: Any) -> None:
    """Payments made before amounts were noted brought what they cost, without a fee or a tax."""
    purchases = apps.get_model("purchases", "Purchase").objects
    purchases.filter(method="earnings").update(provider="earnings")
    paid = purchases.filter(status__in=["paid", "refunded", "charged-back"])
    paid.update(received_cents=F("price_cents"), received_currency=F("currency"), fee_cents=0)
    purchases.filter(status="pending").update(look_again=F("ordered"))
    for row in purchases.filter(status__in=["refunded", "charged-back"], lot__isnull=False):
        row.reversals, row.reversal = 1, _reversal_of(editor, row)
        row.save(update_fields=["reversals", "reversal"])


def _reversal_of(editor: Any, row: Any) -> int | None:
    """The number of the line that took the Connects back, unless it found none."""
    with editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT number FROM journal_entry WHERE wallet = %s AND key = %s"
            " AND (credits <> 0 OR debt_change <> 0)",
            [row.account_id, f"reverse:{row.public_id}"],
        )
        found = cursor.fetchone()
    return found[0] if found else None


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0001_initial"),
        ("payments", "0001_providers_and_recovery"),
        ("people", "0003_team_roles_and_freezing"),
        ("purchases", "0002_earnings_and_refunds"),
    ]

    operations = [
        migrations.CreateModel(
            name="TopUp",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="top_up",
                        serialize=False,
                        to="people.account",
                    ),
                ),
                ("below", models.PositiveIntegerField()),
                ("credits", models.PositiveIntegerField()),
                ("most_cents", models.BigIntegerField()),
                ("check_at", models.DateTimeField(null=True)),
                ("paused", models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.RunPython(copy_methods, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(
            model_name="paymentmethod",
            name="account",
        ),
        migrations.AddField(
            model_name="purchase",
            name="asked",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="purchase",
            name="attempt",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="purchase",
            name="automatic",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="purchase",
            name="cause",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="purchase",
            name="fee_cents",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="purchase",
            name="keeps_method",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="purchase",
            name="look_again",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="purchase",
            name="looks",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="purchase",
            name="method_customer",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="purchase",
            name="method_label",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="purchase",
            name="method_token",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="purchase",
            name="page",
            field=models.CharField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name="purchase",
            name="payer_present",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="purchase",
            name="provider",
            field=models.CharField(default="test", max_length=12),
        ),
        migrations.AddField(
            model_name="purchase",
            name="received_cents",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="purchase",
            name="received_currency",
            field=models.CharField(blank=True, max_length=3),
        ),
        migrations.AddField(
            model_name="purchase",
            name="reversal",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="purchase",
            name="reversals",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="purchase",
            name="tax_basis_points",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="purchase",
            name="tax_cents",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="purchase",
            name="tax_name",
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name="purchase",
            name="tax_reversed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="purchase",
            name="went_back",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="purchase",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="people.account",
            ),
        ),
        migrations.AlterField(
            model_name="purchase",
            name="provider_reference",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name="purchase",
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
            model_name="purchase",
            index=models.Index(
                condition=models.Q(("look_again__isnull", False)),
                fields=["look_again"],
                name="purchase_look_due",
            ),
        ),
        migrations.AddIndex(
            model_name="purchase",
            index=models.Index(fields=["provider_reference"], name="purchase_by_provider"),
        ),
        migrations.AddIndex(
            model_name="topup",
            index=models.Index(
                condition=models.Q(("check_at__isnull", False)),
                fields=["check_at"],
                name="top_up_due",
            ),
        ),
        migrations.DeleteModel(
            name="PaymentMethod",
        ),
        migrations.RunPython(note_what_was_received, migrations.RunPython.noop, elidable=True),
    ]

"""Note the money that moved before movements were noted."""

from __future__ import annotations

from typing import Any

from django.db import migrations

AT_ONCE = 2_000
GONE = {"refunded": "refund", "charged-back": "chargeback"}


def note_earlier_movements(apps: Any, _editor: object) -> None:
    """A payment for each that was received, and a movement back for each that was given back."""
    movement = apps.get_model("books", "CashMovement")
    for noun, rows in (
        ("purchase", apps.get_model("purchases", "Purchase").objects),
        ("plan-payment", apps.get_model("plans", "PlanPayment").objects),
    ):
        received = rows.exclude(received_currency="").filter(paid__isnull=False).order_by("pk")
        for payment in received.iterator(chunk_size=AT_ONCE):
            made = [_movement(movement, noun, payment, "payment", payment.paid, 1)]
            if payment.status in GONE:
                back = payment.went_back or payment.paid
                made.append(_movement(movement, noun, payment, GONE[payment.status], back, -1))
            movement.objects.bulk_create(made)


def _movement(movement: Any, noun: str, payment: Any, kind: str, at: Any, sign: int) -> Any:
    return movement(
        at=at,
        kind=kind,
        against=_against(noun, payment, kind),
        account_id=payment.account_id,
        reference=f"{noun}:{payment.public_id}",
        provider=payment.provider,
        provider_reference=payment.provider_reference,
        cents=sign * payment.received_cents,
        tax_cents=sign * payment.tax_cents,
        fee_cents=0,
        currency=payment.received_currency,
    )


def _against(noun: str, payment: Any, kind: str) -> str:
    if noun == "plan-payment":
        # Which lot a membership brought was not noted then.
        return "connects" if payment.connects else "membership"
    return "connects" if kind == "payment" or payment.reversal is not None else "used-up"


class Migration(migrations.Migration):
    dependencies = [
        ("books", "0001_initial"),
        ("plans", "0003_providers_and_recovery"),
        ("purchases", "0003_providers_and_recovery"),
    ]

    operations = [
        migrations.RunPython(note_earlier_movements, migrations.RunPython.noop, elidable=True)
    ]

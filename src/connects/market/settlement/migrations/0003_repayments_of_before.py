"""Repayments of what went back before there were any."""

from __future__ import annotations

from typing import Any

from django.db import migrations

KINDS = (
    ("purchases", "Purchase", "purchase", "credits"),
    ("plans", "PlanPayment", "plan-payment", "connects"),
)
WENT_BACK = ("refunding", "refunded", "charged-back")


def write_repayments(apps: Any, editor: Any) -> None:
    """One for each payment: all of it went back, or is about to."""
    repayments = apps.get_model("settlement", "Repayment")
    for app, name, noun, connects in KINDS:
        model = apps.get_model(app, name)
        for row in model.objects.filter(status__in=WENT_BACK).iterator():
            repayments.objects.create(**_repayment(row, noun, getattr(row, connects)))
            if row.status != "refunding":
                as_asked = row.received_cents == row.price_cents + row.tax_cents
                row.returned_cents = row.received_cents
                row.returned_tax_cents = row.tax_cents if as_asked else 0
                row.save(update_fields=["returned_cents", "returned_tax_cents"])


def _repayment(row: Any, noun: str, connects: int) -> dict[str, Any]:
    by_us = row.status != "charged-back"
    began = row.went_back or row.paid or row.ordered
    as_asked = row.received_cents == row.price_cents + row.tax_cents
    return {
        "subject": f"{noun}:{row.public_id}",
        "account_id": row.account_id,
        "kind": "refund" if by_us else "dispute",
        "key": f"refund.{row.public_id}" if by_us else "",
        "by_us": by_us,
        "cents": row.received_cents,
        "net_cents": row.price_cents if by_us and as_asked else 0,
        "currency": row.received_currency or row.currency,
        "state": "asked" if row.status == "refunding" else "standing",
        "up_to": connects,
        "takings": [[row.lot, row.reversal]] if row.lot and row.reversal else [],
        "began": began,
        "answered": None if row.status == "refunding" else began,
    }


class Migration(migrations.Migration):
    dependencies = [
        ("settlement", "0002_repayments"),
        ("plans", "0006_repayments"),
        ("purchases", "0005_repayments"),
    ]

    operations = [migrations.RunPython(write_repayments, migrations.RunPython.noop)]

"""Earnings say their currency: that of the rule book under which their account began."""

import tomllib
from typing import Any

from django.db import migrations, models


def say_currencies(apps: Any, schema_editor: Any) -> None:
    """An account has one currency from the beginning, so its first rule book knows it."""
    enrolments = apps.get_model("members", "Enrolment").objects
    balances = apps.get_model("earnings", "EarningsBalance").objects
    movements = apps.get_model("earnings", "EarningsMovement").objects
    first: dict[int, int] = {}
    for account, edition in (
        enrolments.order_by("effective", "id").values_list("account_id", "edition_id").iterator()
    ):
        first.setdefault(account, edition)
    for edition in apps.get_model("members", "RuleBookEdition").objects.all():
        currency = tomllib.loads(edition.text)["currency"]
        if currency == "USD":
            continue
        accounts = [account for account, held in first.items() if held == edition.pk]
        for start in range(0, len(accounts), 500):
            batch = accounts[start : start + 500]
            balances.filter(account_id__in=batch).update(currency=currency)
            movements.filter(account_id__in=batch).update(currency=currency)


class Migration(migrations.Migration):
    dependencies = [
        ("earnings", "0002_providers_and_recovery"),
        ("members", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="earningsbalance",
            name="currency",
            field=models.CharField(default="USD", max_length=3),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="earningsmovement",
            name="currency",
            field=models.CharField(default="USD", max_length=3),
            preserve_default=False,
        ),
        migrations.RunPython(say_currencies, migrations.RunPython.noop),
    ]

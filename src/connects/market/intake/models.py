"""Rows for imports, and for the accounts that each of them brought or filled."""

from __future__ import annotations

from django.db import models

from connects.market.people.models import Account


class ImportState(models.TextChoices):
    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


class Import(models.Model):
    """What another ledger held at `as_of`, by its own word (`source`).

    `digest` is that of the manifest and all of its files. `position` counts the accounts that are in,
    so that a run that was stopped goes on there. `cost_cents` is what the Connects that are left have
    cost.
    """

    name = models.CharField(max_length=60, unique=True)
    digest = models.CharField(max_length=64)
    as_of = models.DateTimeField()
    source = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.RUNNING)
    accounts_in_all = models.PositiveIntegerField()
    lots_in_all = models.PositiveIntegerField()
    position = models.PositiveIntegerField(default=0)
    lots = models.PositiveIntegerField(default=0)
    credits = models.BigIntegerField(default=0)
    cost_cents = models.BigIntegerField(default=0)
    began = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    undone = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class ImportedAccount(models.Model):
    """An account of an import.

    `made` and `record_told` say what the import did besides filling its wallet, whose last line was
    `last_entry` then: as long as it still is, the import can be undone. Once it is `taken_back`, the
    number is that of the last line by which it was.
    """

    run = models.ForeignKey(Import, models.CASCADE, related_name="imported")
    account = models.ForeignKey(Account, models.CASCADE, related_name="imports")
    made = models.BooleanField()
    record_told = models.BooleanField()
    lots = models.PositiveIntegerField()
    last_entry = models.PositiveIntegerField()
    taken_back = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "account"], name="account_once_in_import")
        ]

"""Rows of proof and of marks, beside the journal's own tables (`journal.schema`), which have none."""

from __future__ import annotations

from django.db import models


class BatchMark(models.Model):
    """Lines that were written together and are not published yet. See `journal.marks`."""

    spans = models.TextField()

    class Meta:
        db_table = "journal_mark"


class Root(models.Model):
    """A day's signed root. See `journal.proof.roots.signing.RootStatement` for what its parts say."""

    number = models.PositiveIntegerField(primary_key=True)
    day = models.DateField(unique=True)
    made = models.DateTimeField()
    wallets = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    public_key = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)
    # The hashes of all pages, 40 bytes each: the page's number, and its hash.
    pages = models.BinaryField()

    class Meta:
        ordering = ["-number"]


class RootPage(models.Model):
    """The leaves of a page that was no longer as the root before had it."""

    root = models.ForeignKey(Root, models.CASCADE)
    page = models.BigIntegerField()
    # 16 bytes for each wallet: its id, and its last entry's number. The hash stands in the entry.
    leaves = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "root"], name="root_page_once")]


class Checkpoint(models.Model):
    """A wallet as `connects verify` last found it whole; the next run goes on from there."""

    wallet = models.BigIntegerField(primary_key=True)
    number = models.IntegerField()
    head = models.BinaryField(max_length=32)
    # The wallet's state as JSON, as `journal.proof.checkpoints` writes it.
    state = models.TextField()

"""Rows for how often something was done."""

from __future__ import annotations

from django.db import models


class ActCount(models.Model):
    """How often `who` (`person:7`, `address:192.0.2.1`) did what a limit counts, in the window that ends.

    One row for each limit and doer; once its window has ended it stands for nothing.
    """

    limit = models.CharField(max_length=40)
    who = models.CharField(max_length=60)
    count = models.PositiveIntegerField()
    ends = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["limit", "who"], name="counted_in_one_row")]

"""Courtesy grants that begin later."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.acts.staff.grant_courtesy import BATCH, instant_of, issue_grant
from connects.market.corrections.models import Correction


def next_due(until: datetime) -> datetime | None:
    """The first instant, by `until`, at which a grant begins."""
    rows = Correction.objects.filter(starts__lte=until).order_by("starts")
    return rows.values_list("starts", flat=True).first()


def do_due(until: datetime, now: datetime) -> None:
    """Issue a batch of the grants that begin by `until`, each at its own instant."""
    with transaction.atomic():
        rows = Correction.objects.select_for_update(of=("self",), skip_locked=True)
        begin = rows.filter(starts__lte=until).select_related("account").order_by("starts", "id")
        for row in begin[:BATCH]:
            assert row.starts is not None
            at, row.starts = row.starts, None
            refused = issue_grant(row, instant_of(row, "expires"), at, now)
            assert refused is None, f"correction {row.pk}: {refused}"
            row.save(update_fields=["starts", "parameters"])

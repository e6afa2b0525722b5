"""Reads about imports."""

from __future__ import annotations

from connects.market.intake.models import Import, ImportState


def import_called(name: str) -> Import | None:
    """The import of that name."""
    return Import.objects.filter(name=name).first()


def imports_that_stand() -> list[Import]:
    """Imports that wallets begin with, oldest first."""
    return list(Import.objects.exclude(state=ImportState.UNDONE).order_by("began"))

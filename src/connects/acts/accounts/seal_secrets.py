"""Encrypt the seeds of second factors with a key that may change."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction

SEALED = ("secret", "seed")
"""An app's secret, and what recovery codes are made from."""


def reseal_secrets() -> int:
    """Encrypt all of them with the current key, so that earlier ones can be taken away; how many.

    Raises ValueError where one was encrypted with a key that is neither the current nor an earlier one.
    Then nothing has changed.
    """
    with transaction.atomic():
        # Who uses a recovery code meanwhile changes the same row, and waits.
        rows = list(Authenticator.objects.select_for_update().order_by("pk"))
        for row in rows:
            sealed = {name: encrypt(decrypt(row.data[name])) for name in SEALED if name in row.data}
            row.data = {**row.data, **sealed}
            row.save(update_fields=["data"])
    return len(rows)

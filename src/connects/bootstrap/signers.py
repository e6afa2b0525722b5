"""The key with which this installation signs its roots."""

from __future__ import annotations

from django.conf import settings

from connects.journal.proof.roots.signing import Signer, signer_from


def root_signer() -> Signer:
    """The key of `CONNECTS_ROOT_KEY`, or the one that is kept beside the data.

    Raises ValueError, in words for people, where the key cannot be used.
    """
    return signer_from(settings.ROOT_KEY, settings.VAR / "root_key.pem")

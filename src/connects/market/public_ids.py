"""Names for addresses that cannot be guessed, or counted up from another's."""

from __future__ import annotations

import secrets

PUBLIC_ID = "[0-9a-f]{16}"
"""The pattern of such an id."""


def new_public_id() -> str:
    """Sixteen hexadecimal digits."""
    return secrets.token_hex(8)

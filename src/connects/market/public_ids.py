"""Names for addresses that cannot be guessed, or counted up from another's."""

from __future__ import annotations

import secrets


def new_public_id() -> str:
    """Sixteen hexadecimal digits."""
    return secrets.token_hex(8)

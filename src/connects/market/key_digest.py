"""The digest under which a key or a token is kept."""

from __future__ import annotations

import hashlib


def digest_of(key: str) -> str:
    """The stored digest of a key or a token: its SHA-256, as hexadecimal digits."""
    return hashlib.sha256(key.encode()).hexdigest()

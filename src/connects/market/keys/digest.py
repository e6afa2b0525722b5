"""The digest under which a key is kept."""

from __future__ import annotations

import hashlib


def digest_of(key: str) -> str:
    """The stored digest of a key: its SHA-256, as hexadecimal digits."""
    return hashlib.sha256(key.encode()).hexdigest()

"""The key that signs sessions, forms and links, and those that it was before."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

FILE = "secret_key"


def secret_key(environment: Mapping[str, str], folder: Path) -> str:
    """`CONNECTS_SECRET_KEY`, or a key that is made once and kept in the folder."""
    if key := environment.get("CONNECTS_SECRET_KEY"):
        return key
    kept = folder / FILE
    if not kept.exists():
        fresh = folder / f"{FILE}.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        fresh.rename(kept)
    return kept.read_text()


def earlier_keys(environment: Mapping[str, str]) -> list[str]:
    """`CONNECTS_SECRET_KEY_FALLBACKS`: what earlier keys signed is still believed; newest first."""
    told = environment.get("CONNECTS_SECRET_KEY_FALLBACKS", "").split(",")
    return [key.strip() for key in told if key.strip()]

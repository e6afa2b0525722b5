"""Names of columns, without what differs from file to file."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^a-z0-9]+")


def plain_name(name: object) -> str:
    """A column's name in small letters, digits and underscores: `Budget (USD)` is `budget_usd`."""
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", str(name))
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _WORD.sub("_", text).strip("_")

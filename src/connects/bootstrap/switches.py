"""Settings that are on or off."""

from __future__ import annotations

from collections.abc import Mapping


def is_on(environment: Mapping[str, str], name: str, *, otherwise: bool = False) -> bool:
    """Whether a setting is `1`; without it, `otherwise`.

    Raises ValueError for anything but 1 and 0: who writes `yes` must not be left without HTTPS.
    """
    said = environment.get(name, "")
    if said not in ("", "0", "1"):
        raise ValueError(f"{name} is {said!r}; expected 1 or 0")
    return said == "1" if said else otherwise

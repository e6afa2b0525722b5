"""The setting `CONNECTS_SECOND_FACTOR`: who has to sign in with a second factor."""

from __future__ import annotations

from collections.abc import Mapping

CHOICES = ("nobody", "staff", "everyone")


def second_factor_for(environment: Mapping[str, str], *, is_production: bool) -> str:
    """One of `CHOICES`; without the setting, staff in production and otherwise nobody.

    Raises ValueError, with what was expected, for anything else.
    """
    chosen = environment.get("CONNECTS_SECOND_FACTOR") or ("staff" if is_production else "nobody")
    if chosen not in CHOICES:
        raise ValueError(
            f"CONNECTS_SECOND_FACTOR must be {', '.join(CHOICES[:-1])} or {CHOICES[-1]},"
            f" and is {chosen!r}"
        )
    return chosen

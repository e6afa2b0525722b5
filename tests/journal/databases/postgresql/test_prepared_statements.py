"""The journal's statements are prepared unless the database's address says otherwise."""

from pathlib import Path

import pytest

from connects.project.databases import database_settings

FILE = Path("unused.sqlite3")


@pytest.mark.parametrize(
    ("query", "threshold"),
    [("", 1), ("?prepare_threshold=5", 5), ("?prepare_threshold=none", None)],
)
def test_the_address_says_when_statements_are_prepared(query: str, threshold: int | None) -> None:
    settings = database_settings(f"postgresql://u:p@h/name{query}", FILE)

    assert settings["OPTIONS"]["prepare_threshold"] == threshold


def test_a_threshold_that_is_no_number_is_refused_with_what_was_expected() -> None:
    with pytest.raises(ValueError, match="expected a number or none"):
        database_settings("postgresql://u:p@h/name?prepare_threshold=often", FILE)

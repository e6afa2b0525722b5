"""Whether a mapping says enough of a file to read posts from it, and what is missing otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from connects.posts.cells import share_read
from connects.posts.mapping import ColumnMap
from connects.posts.money import amount_of
from connects.posts.names import AMOUNTS, has_facts_in_lines, looks_like_profiles
from connects.posts.tables import RawTable
from connects.posts.unreadable import CellProblem, TableUnreadable


def can_tell_kinds(mapping: ColumnMap, cells_of: Mapping[str, Sequence[object]]) -> bool:
    """Whether posts can be told to be fixed-price or hourly without a column that says so."""
    if mapping.columns.keys() & {"hourly_min", "hourly_max", "hourly_mid"}:
        return bool(mapping.columns.keys() & {"budget_usd", "amount", "amount_min", "amount_max"})

    def says(text: str) -> object:
        found = amount_of(text)
        if found.hourly is None:
            raise CellProblem("says nothing")
        return found

    return share_read(says, cells_of.get("amount", ()), most=1_000) > 0


def check_enough(
    name: str, raw: RawTable, mapping: ColumnMap, cells_of: Mapping[str, Sequence[object]]
) -> None:
    """Raise TableUnreadable where no posts can be read by the mapping, with what is missing."""
    told = mapping.columns.keys() | mapping.values.keys()
    if "kind" in told or (
        not has_facts_in_lines(raw.columns) and can_tell_kinds(mapping, cells_of)
    ):
        return
    listed = ", ".join(column or f"#{n}" for n, column in enumerate(raw.columns[:12], start=1))
    more = f" and {len(raw.columns) - 12} more" if len(raw.columns) > 12 else ""
    if raw.header and looks_like_profiles(raw.columns, told):
        raise TableUnreadable(
            f"{name}: this looks like profiles of freelancers, not like job posts"
            f" (its columns: {listed}{more})"
        )
    if has_facts_in_lines(raw.columns):
        raise TableUnreadable(
            f"{name}: each {raw.unit} seems to hold one fact of a post, not a post (its columns:"
            f" {listed}); write a {raw.unit} for each post"
        )
    amounts = told & set(AMOUNTS)
    missing = "no column kind (fixed or hourly)" + ("" if amounts else ", and no amount")
    raise TableUnreadable(
        f"{name}: {raw.shape}; {'the header has' if raw.header else 'there is no header, and'}"
        f" {missing}. Its columns: {listed}{more}. `connects posts map {name} --out map.toml` writes"
        " a mapping to complete, for --map map.toml."
    )

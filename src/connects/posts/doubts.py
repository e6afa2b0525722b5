"""Guesses that could be wrong without anybody seeing it: refused, with the way to say what is meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from connects.posts.cells import text_of
from connects.posts.columns import column_reader
from connects.posts.guessing import candidates
from connects.posts.mapping import ColumnMap
from connects.posts.meanings import said_by
from connects.posts.names import AMOUNTS, is_weak
from connects.posts.rows import Sums
from connects.posts.tables import RawTable
from connects.posts.unreadable import CellProblem, TableUnreadable

_ADVICE = (
    "`connects posts map {name} --out map.toml` writes a mapping to correct, for --map map.toml."
)


def refuse_doubt(name: str, raw: RawTable, places: Mapping[str, int]) -> None:
    """Raise TableUnreadable where a person has to say what is meant."""
    _refuse_twins(name, raw, places)
    _refuse_no_header(name, raw)
    for ours in ("kind", *AMOUNTS):
        for rival in _rivals(ours, raw, places):
            _refuse_rival(name, raw, ours, places[ours], rival)


def _refuse_twins(name: str, raw: RawTable, places: Mapping[str, int]) -> None:
    alike = [column.strip().casefold() for column in raw.columns]
    for column in (raw.columns[place] for place in places.values()):
        times = alike.count(column.strip().casefold())
        if times > 1 and column.strip():
            raise TableUnreadable(
                f"{name}: the column {column} is there {times} times; say by its"
                " place which is meant, such as #2, in a mapping for --map"
            )


def _refuse_no_header(name: str, raw: RawTable) -> None:
    if raw.header:
        return
    shown = ", ".join(
        f"{column} {text_of(next(iter(cells), ''))[:20]!r}"
        for column, cells in zip(raw.columns[:8], raw.first.columns, strict=False)
    )
    raise TableUnreadable(
        f"{name}: there is no header, so that nothing names the columns ({shown})."
        f" `connects posts map {name} --out map.toml` writes a mapping by position, for --map map.toml."
    )


def _rivals(ours: str, raw: RawTable, places: Mapping[str, int]) -> Iterator[int]:
    """Other columns that could be meant as well as the one that was taken."""
    if ours not in places:
        return
    taken = is_weak(ours, said_by(raw.columns[places[ours]]))
    for place, name in candidates(raw):
        weak = is_weak(ours, said_by(raw.columns[place]))
        if name == ours and place not in places.values() and (taken or not weak):
            yield place


def _refuse_rival(name: str, raw: RawTable, ours: str, taken: int, rival: int) -> None:
    """Raise TableUnreadable where a row says one thing in the one column, and another in the other."""
    one, other = (_read(ours, raw, place) for place in (taken, rival))
    for row, (mine, theirs) in enumerate(zip(one, other, strict=True)):
        if theirs is not None and mine != theirs:
            shown = [
                f"{raw.columns[place]} ({text_of(raw.first.columns[place][row])[:20]!r})"
                for place in (taken, rival)
            ]
            raise TableUnreadable(
                f"{name}: {raw.unit} {raw.first.numbers[row]} says two things of what the job pays:"
                f" {' and '.join(shown)}. {_ADVICE.format(name=name)}"
            )


def _read(ours: str, raw: RawTable, place: int) -> list[Any]:
    """What a column would say; None where it says nothing, or what cannot be read."""
    reader = column_reader(ours, ColumnMap({ours: raw.columns[place]}), "USD")
    return [_comparable(value) for value in reader.values(list(raw.first.columns[place]))]


def _comparable(value: Any) -> Any:
    if isinstance(value, CellProblem):
        return None
    if isinstance(value, Sums):
        return (value.low, value.high) if value.middle else None
    return value or None

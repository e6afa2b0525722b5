"""What posts have in common whose real price is another than ours, and when prices were shifted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from connects.estimate.stretches import Stretch, stretches
from connects.vocabulary.typed_input import whole_number

COLUMNS = (
    *("kind", "duration", "workload", "experience_level", "client_payment_verified", "renewed"),
    *("observed", "proposals_tier", "category"),
)
SPENT = "client_spend_usd"
VALUES_MOST = 200
TRAITS = 4
FEWEST_ROWS = 5
TWICE = 1.15


@dataclass(slots=True)
class Rest:
    """Of one source: rows by how many steps the real price is off, and the values of their columns."""

    rows: Counter[int] = field(default_factory=Counter)
    values: dict[int, Counter[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    batches: dict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def see(self, cells: Mapping[str, str], off: int) -> None:
        """Add a row that is `off` steps away; positive: the real price is higher."""
        self.rows[off] += 1
        values = self.values[off]
        for column in COLUMNS:
            if column in cells and (len(values) < VALUES_MOST or (column, cells[column]) in values):
                values[column, cells[column]] += 1
        if SPENT in cells:
            spent = cells[SPENT].strip() not in {"", "0", "0.0"}
            values["client spent before", "yes" if spent else "no"] += 1
        batch = whole_number(cells.get("batch", ""))
        if batch is not None:
            self.batches[batch][off] += 1

    def traits(self, off: int) -> list[dict[str, object]]:
        """What is most over-represented among rows that far off, beside all rows."""
        rows, every = self.rows[off], self.rows.total()
        whole: Counter[tuple[str, str]] = Counter()
        for values in self.values.values():
            whole += values
        found = []
        for trait, count in self.values[off].items():
            here, in_all = count / rows, whole[trait] / every
            if here >= TWICE * in_all and here >= 0.1:
                found.append((here - in_all, trait, here, in_all))
        return [
            {"column": column, "value": value, "share": round(here, 3), "of_all": round(in_all, 3)}
            for _, (column, value), here, in_all in sorted(found, reverse=True)[:TRAITS]
        ]

    def shifts(self) -> list[Stretch]:
        """Stretches of batches in which prices were shifted alike; none where rows have no batch."""
        return stretches(self.batches)

    def as_json(self) -> dict[str, object]:
        found = self.shifts()
        explained = sum(stretch.explained for stretch in found)
        posts = sum(stretch.posts for stretch in found)
        return {
            "steps_off": {str(off): rows for off, rows in sorted(self.rows.items())},
            "rest": [
                {"steps_off": off, "rows": self.rows[off], "in_common": self.traits(off)}
                for off in self._others()
            ],
            "stretches": [
                {
                    "first_batch": s.first,
                    "last_batch": s.last,
                    "steps": s.shift,
                    "rows": s.posts,
                    "explained": round(s.explained / s.posts, 4),
                }
                for s in found
            ],
            "exact_with_stretches": round(explained / posts, 4) if posts else None,
        }

    def _others(self) -> list[int]:
        return [off for off in sorted(self.rows) if off and self.rows[off] >= FEWEST_ROWS]

    def as_lines(self, unit: str) -> Iterator[str]:
        """The same for people; prices are so many of the `unit` off."""
        for off in self._others():
            higher = "higher" if off > 0 else "lower"
            yield (
                f"  {self.rows[off]:,} rows whose real price is {_counted(off, unit)} {higher} have in"
                " common"
            )
            for trait in self.traits(off):
                share, of_all = float(str(trait["share"])), float(str(trait["of_all"]))
                value = trait["value"] or "not known"
                yield f"    {trait['column']} {value}: {share:.0%} of them, {of_all:.0%} of all"
        found = self.shifts()
        if found:
            explained = sum(stretch.explained for stretch in found)
            yield f"  Shifts by time, told by the order of the batches ({len(found)} stretches):"
            for s in found:
                shift = (
                    f"{_counted(s.shift, unit)} {'up' if s.shift > 0 else 'down'}"
                    if s.shift
                    else "none"
                )
                yield (
                    f"    batches {s.first} to {s.last}: {shift}, {s.posts:,} rows,"
                    f" {s.explained / s.posts:.1%} explained"
                )
            posts = sum(stretch.posts for stretch in found)
            yield f"    exact with these shifts: {explained / posts:.2%}"


def _counted(off: int, unit: str) -> str:
    return f"{abs(off)} {unit}{'' if abs(off) == 1 else 's'}"

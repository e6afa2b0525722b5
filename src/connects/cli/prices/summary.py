"""What a run of pricing found, gathered row by row in little memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from connects.cli.plain_text import figures_table
from connects.cli.prices.rest import Rest
from connects.posts.rows import JobRow
from connects.pricing.quote import Price
from connects.pricing.reasons import (
    ASSUMPTIONS,
    BUDGET_CONTRADICTS_POST,
    BUDGET_LIKELY_PLACEHOLDER,
    BUDGET_PLACEHOLDER,
    DURATION_ASSUMED,
    HOURS_ASSUMED,
    RATE_ASSUMED,
    RATE_ESTIMATED,
    RATE_FROM_LEVEL,
    VALUE_ESTIMATED,
    VALUE_FROM_SIMILAR_JOBS,
    VALUE_MIXED,
)
from connects.vocabulary.amounts import Connects

LISTED_MOST = 100

ASSUMED = {
    VALUE_FROM_SIMILAR_JOBS: "budget: what similar jobs pay",
    RATE_FROM_LEVEL: "rate: what the level is paid",
    RATE_ASSUMED: "rate: what is usual",
    HOURS_ASSUMED: "hours a week",
    DURATION_ASSUMED: "length of the work",
    BUDGET_PLACEHOLDER: "budget: too small to be meant",
    BUDGET_CONTRADICTS_POST: "budget: too small for the rest of the post",
    BUDGET_LIKELY_PLACEHOLDER: "budget: likely not real",
    VALUE_MIXED: "value: stated and usual amounts mixed",
    VALUE_ESTIMATED: "budget: the model's estimate",
    RATE_ESTIMATED: "rate: the model's estimate",
}
"""What the run says of each of `ASSUMPTIONS`, before its code."""


@dataclass(slots=True)
class Agreement:
    """How our prices agree with real ones; `confusion` counts pairs (real, ours)."""

    ladder: tuple[Connects, ...] = ()
    confusion: Counter[tuple[int, int]] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        return self.confusion.total()

    def share(self, steps: int) -> float:
        """The share of rows that are at most that many steps off."""
        near = sum(
            n for (real, ours), n in self.confusion.items() if abs(self.off(real, ours)) <= steps
        )
        return near / self.rows if self.rows else 0.0

    @property
    def mean_error(self) -> float:
        """By how many Connects our prices miss the real ones, on average."""
        missed = sum(rows * abs(real - ours) for (real, ours), rows in self.confusion.items())
        return missed / self.rows if self.rows else 0.0

    @property
    def explained(self) -> float | None:
        """The share of the real prices' variance that ours explain; None where they do not vary."""
        mean = sum(rows * real for (real, _), rows in self.confusion.items()) / (self.rows or 1)
        varies = sum(rows * (real - mean) ** 2 for (real, _), rows in self.confusion.items())
        missed = sum(rows * (real - ours) ** 2 for (real, ours), rows in self.confusion.items())
        return 1 - missed / varies if varies else None

    def errors_as_json(self) -> dict[str, float | None]:
        explained = self.explained
        return {
            "mean_error": round(self.mean_error, 4),
            "variance_explained": None if explained is None else round(explained, 4),
        }

    def off(self, real: int, ours: int) -> int:
        """How far above ours the real price is, in steps of the ladder; in Connects where it has none."""
        if real in self.ladder and ours in self.ladder:
            return self.ladder.index(real) - self.ladder.index(ours)
        return real - ours

    def as_json(self) -> dict[str, object]:
        return {
            "rows": self.rows,
            "exact": round(self.share(0), 4),
            "within_one_step": round(self.share(1), 4),
            "confusion": [
                {"real": real, "priced": ours, "rows": rows}
                for (real, ours), rows in sorted(self.confusion.items())
            ],
        }


def _most_first(counts: Counter[str]) -> list[tuple[str, int]]:
    """What is there most first, of equals by name, so that the same file has the same summary."""
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


@dataclass(slots=True)
class Summary:
    """Counts over a whole file. Only the first problems are listed; `unpriced` counts them all."""

    ladder: tuple[Connects, ...] = ()
    unit: str = "line"
    rows: int = 0
    priced: int = 0
    unpriced: int = 0
    bands: Counter[str] = field(default_factory=Counter)
    assumed: Counter[str] = field(default_factory=Counter)
    problems: list[tuple[int, str]] = field(default_factory=list)
    by_source: dict[str, Agreement] = field(default_factory=dict)
    overall: Agreement = field(default_factory=Agreement)
    not_unverified: dict[str, Agreement] = field(default_factory=dict)
    rests: dict[str, Rest] = field(default_factory=lambda: defaultdict(Rest))

    def __post_init__(self) -> None:
        self.overall = Agreement(self.ladder)
        self.by_source = defaultdict(lambda: Agreement(self.ladder))
        self.not_unverified = defaultdict(lambda: Agreement(self.ladder))

    def see_price(self, price: Price) -> None:
        self.rows += 1
        self.priced += 1
        self.bands[price.band] += 1
        self.assumed.update({r.code for r in price.reasons if r.code in ASSUMPTIONS})

    def see_problem(self, line: int, problem: str) -> None:
        self.rows += 1
        self.unpriced += 1
        if len(self.problems) < LISTED_MOST:
            self.problems.append((line, problem))

    def see_real(self, row: JobRow, real: int, ours: int, cells: Mapping[str, str]) -> None:
        """Add a pair of a real price and ours."""
        pair, source = (real, ours), row.source
        self.rests[source].see(cells, self.overall.off(real, ours))
        self.overall.confusion[pair] += 1
        self.by_source[source].confusion[pair] += 1
        if row.facts.client_payment_verified is not False:
            self.not_unverified[source].confusion[pair] += 1

    def as_json(self) -> dict[str, object]:
        found: dict[str, object] = {
            "rows": self.rows,
            "priced": self.priced,
            "unpriced": self.unpriced,
            "by_band": dict(_most_first(self.bands)),
            "assumed": dict(_most_first(self.assumed)),
            "problems": [{"line": line, "problem": text} for line, text in self.problems],
        }
        if self.overall.rows:
            found["compare"] = {
                "overall": self.overall.as_json(),
                "by_source": {name: a.as_json() for name, a in sorted(self.by_source.items())},
                "by_source_client_not_known_unverified": {
                    name: a.as_json() for name, a in sorted(self.not_unverified.items())
                },
                "errors_by_source": {
                    name: a.errors_as_json() for name, a in sorted(self.by_source.items())
                },
                "rest_by_source": {name: r.as_json() for name, r in sorted(self.rests.items())},
            }
        return found

    def as_lines(self) -> list[str]:
        read = "1 row" if self.rows == 1 else f"{self.rows:,} rows"
        lines = [f"{read}: {self.priced:,} priced, {self.unpriced:,} not"]
        lines += ["", "By band:"]
        lines += [f"  {rows:>9,}  {band}" for band, rows in _most_first(self.bands)]
        if self.assumed:
            lines += ["", "Assumed, as posts leave it out (a post may need several):"]
            lines += [
                f"  {rows:>9,}  {ASSUMED[code]} ({code})"
                for code, rows in _most_first(self.assumed)
            ]
        if self.problems:
            lines += ["", "Not priced:"]
            lines += [f"  {self.unit} {line}: {problem}" for line, problem in self.problems]
        if self.unpriced > len(self.problems):
            lines.append(f"  … and {self.unpriced - len(self.problems):,} more")
        for name, agreement in sorted(self.by_source.items()):
            lines += ["", *_agreement_lines(name, agreement, self.not_unverified[name])]
            lines += self.rests[name].as_lines("step" if self.ladder else "Connect")
        return lines


def _agreement_lines(name: str, agreement: Agreement, verified: Agreement) -> list[str]:
    unit = "step" if agreement.ladder else "Connect"
    lines = [
        f"Source {name or '(none)'}: {agreement.rows:,} real prices",
        f"  exact: {agreement.share(0):.2%}",
        f"  at most one {unit} off: {agreement.share(1):.2%}",
        f"  exact where the client is not known to be unverified: {verified.share(0):.2%}",
        f"  mean error: {agreement.mean_error:.2f} Connects",
    ]
    if agreement.explained is not None:
        lines.append(f"  variance explained: {agreement.explained:.2f}")
    real = sorted({pair[0] for pair in agreement.confusion})
    ours = sorted({pair[1] for pair in agreement.confusion})
    head = ("real \\ priced", *map(str, ours))
    rows = [(f"{row}", *(f"{agreement.confusion[row, each]:,}" for each in ours)) for row in real]
    return [*lines, *(f"  {line}" for line in figures_table(head, rows))]

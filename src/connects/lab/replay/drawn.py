"""A population drawn from what a marketplace has recorded: its proportions, and its kinds of posts.

    drawn = drawn_from(source)
    drawn.population        # tables, as `agents.Population` reads them
    drawn.posts             # rows, as `posts.read_posts` reads them

Nobody's data are in it: only shares, rates and rounded amounts, of kinds that several posts share.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from connects.lab.kernel.columns import NEVER
from connects.lab.population.posts import DURATIONS, WORKLOADS
from connects.lab.replay.endings import DAY, HIRED
from connects.lab.replay.reading.columns import Column, Source, Table, Unusable
from connects.vocabulary.documents import toml_string
from connects.vocabulary.facts import JobKind, Range

MONTH = 30 * DAY
LEAST_ACCOUNTS, LEAST_POSTS = 10, 20
CATEGORIES, COUNTRIES, KINDS = 20, 20, 400
FEW_POSTS = 5
"""A category of fewer posts is counted among the others: it would tell of single clients."""
STEPS = (5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 25_000, 50_000)
HOURLY_STEPS = (5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150)
OTHERS = "others"


class KindRow(NamedTuple):
    """A kind of posts, as the table of a population has it; `dollars` "" where nothing is said."""

    kind: str
    dollars: str
    duration: str
    workload: str
    level: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A population's tables, and how often each kind of post is met among 10,000."""

    population: Mapping[str, Any]
    posts: Mapping[KindRow, int]


def drawn_from(source: Source, title: str) -> Drawn:
    """Draw a population. Raises Unusable for a market that is too small to tell of."""
    accounts, posts = source.read("accounts"), source.read("posts")
    proposals = source.read("proposals")
    freelancers = int((accounts["agency"] == 0).sum())
    if freelancers < LEAST_ACCOUNTS or len(posts["id"]) < LEAST_POSTS:
        raise Unusable(
            f"A population is drawn from {LEAST_ACCOUNTS} freelancers and {LEAST_POSTS} posts or"
            f" more; there are {freelancers} and {len(posts['id'])}."
        )
    kinds: Counter[KindRow] = Counter()
    named: list[tuple[str, Column]] = []
    for facts, ids in source.alike(with_texts=False):
        kinds[_kind(facts)] += len(ids)
        named.append((str(facts["category"] or OTHERS), ids))
    months = max((posts["posted"].max() - posts["posted"].min()) / MONTH, 1.0)
    clients = source.read("clients")["id"]
    acting = max(len(clients), 1)
    told: dict[str, Any] = {
        "title": title,
        "source": f"drawn from {len(posts['id']):,} posts and {freelancers:,} freelancers",
        "freelancers": min(max(freelancers, 50), 2_000_000),
        "clients_per_freelancer": _bounded(acting / freelancers, 0.001, 100),
        "posts_per_client_and_month": _bounded(len(posts["id"]) / acting / months, 0.001, 300),
        "arrivals_per_year": _bounded(_arrivals(accounts, posts), 0, 10),
        "verified_percent": round(100 * float((posts["verified"] > 0).mean())),
        "plus_percent": _percent(_paying(source), freelancers),
        "agency_percent": _percent(len(accounts["id"]) - freelancers, len(accounts["id"])),
        "hired_before_percent": _percent(_hired(proposals), freelancers),
        "categories": _categories(named, posts, proposals),
        "countries": _countries(accounts["country"]),
    }
    return Drawn(told, _kinds(kinds))


def _bounded(value: float, least: float, most: float) -> float:
    return min(max(round(float(value), 3), least), most)


def _percent(part: int, whole: int) -> int:
    return round(100 * part / max(whole, 1))


def _arrivals(accounts: Table, posts: Table) -> float:
    """Newcomers a year, as a share of who is there: those who came after the first post."""
    begin, end = int(posts["posted"].min()), int(posts["posted"].max())
    registered = accounts["registered"][accounts["agency"] == 0]
    here = int((registered <= begin).sum())
    came = int(((registered > begin) & (registered < NEVER)).sum())
    years = max((end - begin) / (365 * DAY), 1 / 12)
    return came / max(here, came, 1) / years


def _paying(source: Source) -> int:
    return len(np.unique(source.read("payments")["account"]))


def _hired(proposals: Table) -> int:
    hired = proposals["status"] == HIRED
    return len(np.unique(proposals["account"][hired]))


def _categories(
    named: Sequence[tuple[str, Column]], posts: Table, proposals: Table
) -> list[dict[str, Any]]:
    """Categories by posts, and by who proposes most to which; `named` are posts by their category."""
    counts: Counter[str] = Counter()
    for name, ids in named:
        counts[name] += len(ids)
    kept = [name for name, count in counts.most_common(CATEGORIES) if count >= FEW_POSTS]
    category = np.zeros(len(posts["id"]), np.int64)
    order = np.argsort(posts["id"])
    for name, ids in named:
        place = kept.index(name) if name in kept else len(kept)
        category[order[np.searchsorted(posts["id"][order], ids)]] = place
    found = order[np.searchsorted(posts["id"][order], proposals["post"])]
    own = _own_category(proposals["account"], category[found], len(kept) + 1)
    rows = []
    for place, name in enumerate([*kept, OTHERS]):
        count = int((category == place).sum())
        if count:
            people = max(int((own == place).sum()), 1)
            rows.append({"name": name, "posts": count, "freelancers": people})
    return _merged(rows)


def _merged(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same with one row for each name: a category may be called as the rest is."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        known = found.setdefault(row["name"], {**row, "posts": 0, "freelancers": 0})
        known["posts"] += row["posts"]
        known["freelancers"] += row["freelancers"]
    return list(found.values())


def _own_category(accounts: Column, category: Column, count: int) -> Column:
    """The category to which each account proposed most often."""
    people, person = np.unique(accounts, return_inverse=True)
    often = np.zeros((len(people), count), np.int64)
    np.add.at(often, (person, category), 1)
    return often.argmax(axis=1) if len(people) else np.empty(0, np.int64)


def _countries(countries: Column) -> list[dict[str, Any]]:
    """Countries by freelancers; what their effort costs is not known here, and 1 for all."""
    named = Counter(str(country) or "not known" for country in countries)
    kept = named.most_common(COUNTRIES)
    rest = sum(named.values()) - sum(count for _, count in kept)
    rows = [{"name": name, "freelancers": count} for name, count in kept]
    return [*rows, {"name": OTHERS, "freelancers": rest}] if rest else rows


def _kinds(found: Counter[KindRow]) -> dict[KindRow, int]:
    """The kinds of posts with their shares of 10,000."""
    kept = found.most_common(KINDS)
    total = sum(count for _, count in kept)
    return {kind: max(round(10_000 * count / total), 1) for kind, count in kept}


def _kind(facts: Mapping[str, Any]) -> KindRow:
    fixed = facts["kind"] == JobKind.FIXED
    cents = facts["budget_cents"] if fixed else facts["hourly_max_cents"]
    steps = STEPS if fixed else HOURLY_STEPS
    dollars = "" if cents is None else str(min(steps, key=lambda each: abs(each - cents / 100)))
    return KindRow(
        facts["kind"],
        dollars,
        _nearest(DURATIONS, facts["duration_least_days"]),
        _nearest(WORKLOADS, facts["hours_least"]),
        facts["level"] or "",
    )


def _nearest(spans: Mapping[str, Range | None], least: int | None) -> str:
    """The span that begins last at or before that; "" where nothing is said."""
    if least is None:
        return ""
    named = [(span.least, name) for name, span in spans.items() if span is not None]
    fitting = [each for each in named if each[0] <= least]
    return max(fitting)[1] if fitting else min(named)[1]


def as_csv(drawn: Drawn) -> str:
    """The table of kinds of posts that lies beside the population."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow([*KindRow._fields, "share_per_10000"])
    writer.writerows([*kind, share] for kind, share in drawn.posts.items())
    return table.getvalue()


def as_toml(drawn: Drawn, posts: str) -> str:
    """The population as a TOML file; `posts` is the name of the table beside it."""
    lines = [
        "# Drawn by `connects lab population`. Shares and rates; what is not known is assumed."
    ]
    for name, value in {**drawn.population, "posts": posts}.items():
        if not isinstance(value, list):
            lines.append(f"{name} = {_toml(value)}")
    for table in ("categories", "countries"):
        for row in drawn.population[table]:
            lines += ["", f"[[{table}]]"]
            lines += [f"{name} = {_toml(value)}" for name, value in row.items()]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    return toml_string(value) if isinstance(value, str) else str(value)

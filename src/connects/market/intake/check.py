"""Check an import: every line, every sum, and what is here already. Nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from connects.journal.moments import microseconds
from connects.ledger.admission import MOST
from connects.ledger.lots import LotKind
from connects.market.books.models import MonthClose
from connects.market.intake.differences import MANIFEST, Code, Difference, Found
from connects.market.intake.here import Here
from connects.market.intake.lines import read_lines
from connects.market.intake.manifest import Manifest, read_manifest
from connects.market.intake.models import Import, ImportState
from connects.market.intake.shaping import Shaping
from connects.market.intake.staging import Staging
from connects.vocabulary.amounts import Cents, Connects

SOON = timedelta(days=7)
TELL_EVERY = 20_000

Progress = Callable[[int], None]
"""Hears how many lines have been read, or accounts compared, every so often."""


def _silently(_: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the files hold, and what the rules would do with it next.

    `told_cents` are the costs as the files say them, `cost_cents` those of what is left of the lots.
    """

    accounts: int
    wallets: int
    lots: int
    credits: Connects
    told_cents: Cents
    cost_cents: Cents
    by_kind: dict[str, Connects]
    ending_soon: int
    over_limit: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What an import is. `already` is its row where it came in before, whole or in part."""

    manifest: Manifest
    summary: Summary
    already: Import | None


def check(
    folder: Path,
    staged: Staging,
    found: Found,
    now: datetime,
    progress: Progress,
    compared: Progress = _silently,
) -> Checked | None:
    """Read everything into `staged`; `found` hears of each difference. None: there is nothing to read."""
    manifest = read_manifest(folder, found, now)
    if manifest is None:
        return None
    already = _already(manifest, found)
    _read(manifest, staged, found, progress)
    staged.all_read()
    Here(staged, found, manifest.as_of, now, already is not None, compared).compare()
    for difference in _across(staged):
        found(difference)
    summary = _summary(staged, manifest.as_of)
    for difference in _totals(manifest, summary):
        found(difference)
    return Checked(manifest, summary, already)


def _already(manifest: Manifest, found: Found) -> Import | None:
    """The row of this very import, if there is one."""
    row = Import.objects.filter(name=manifest.name).first()
    if row is not None and row.state in (ImportState.UNDONE, ImportState.UNDOING):
        found(Difference(MANIFEST, None, "name", Code.NAME_UNDONE))
    elif row is not None and row.digest != manifest.digest:
        found(Difference(MANIFEST, None, "name", Code.NAME_TAKEN))
    elif row is not None:
        return row
    if MonthClose.objects.filter(month__gte=manifest.as_of.date().replace(day=1)).exists():
        found(Difference(MANIFEST, None, "as_of", Code.MONTH_CLOSED))
    return None


def _read(manifest: Manifest, staged: Staging, found: Found, progress: Progress) -> None:
    shaping, lines = Shaping(staged, found, manifest.as_of), 0
    for path in manifest.files:
        for line in read_lines(path, found):
            shaping.add(path.name, line)
            lines += 1
            if not lines % TELL_EVERY:
                progress(lines)
    progress(lines)


_TWICE = (
    ("account", "name", "account", Code.ACCOUNT_TWICE),
    ("lot", "lot", "lot", Code.LOT_TWICE),
    ("record", "account", "account", Code.RECORD_TWICE),
)


def _across(staged: Staging) -> Iterator[Difference]:
    """What is wrong between lines."""
    for table, column, name, code in _TWICE:
        again = staged.rows(
            f"SELECT file, line, {column} FROM (SELECT *, row_number() OVER"  # noqa: S608 our names
            f" (PARTITION BY {column} ORDER BY rowid) AS number FROM {table} WHERE {column} IN"
            f" (SELECT {column} FROM {table} GROUP BY {column} HAVING count(*) > 1))"
            " WHERE number > 1"
        )
        for file, line, value in again:
            yield Difference(file, line, name, code, {name: value})
    for table, wanted in (("lot", "kind <> 'client'"), ("record", "kind = 'client'")):
        yield from _of_parties(staged, table, wanted)
    yield from _too_large(staged)


def _of_parties(staged: Staging, table: str, wanted: str) -> Iterator[Difference]:
    """Lines about accounts that are not there, or of another kind, or of another currency."""
    rows = staged.rows(
        f"SELECT l.file, l.line, p.name, p.kind FROM {table} l"  # noqa: S608 our own names
        " JOIN party p ON p.name = l.account"
        f" WHERE p.kind IS NULL OR NOT p.{wanted} ORDER BY l.rowid"
    )
    for file, line, name, kind in rows:
        code = Code.ACCOUNT_UNKNOWN if kind is None else Code.WRONG_KIND
        yield Difference(file, line, "account", code, {"account": name, "kind": kind})
    if table == "lot":
        others = staged.rows(
            "SELECT l.file, l.line, p.name, p.currency, l.currency FROM lot l"
            " JOIN party p ON p.name = l.account WHERE l.currency <> p.currency ORDER BY l.rowid"
        )
        for file, line, name, here, says in others:
            told = {"account": name, "here": here, "says": says}
            yield Difference(file, line, "currency", Code.OTHER_CURRENCY, told)


def _too_large(staged: Staging) -> Iterator[Difference]:
    rows = staged.rows(
        "SELECT l.file, min(l.line), p.name, p.credits FROM party p"
        " JOIN lot l ON l.account = p.name WHERE p.credits > ? GROUP BY p.name",
        [MOST],
    )
    for file, line, name, credits in rows:
        told = {"account": name, "credits": f"{credits:,}", "most": f"{MOST:,}"}
        yield Difference(file, line, "credits", Code.AMOUNT_TOO_LARGE, told)


def _summary(staged: Staging, as_of: datetime) -> Summary:
    ((lots, credits, told, cost),) = staged.rows(
        "SELECT count(*), coalesce(sum(credits), 0), coalesce(sum(told_cost), 0),"
        " coalesce(sum(cost), 0) FROM lot"
    )
    by_kind = staged.rows("SELECT kind, sum(credits) FROM lot GROUP BY kind")
    return Summary(
        accounts=staged.number("SELECT count(*) FROM party"),
        wallets=staged.number("SELECT count(*) FROM party WHERE kind <> 'client'"),
        lots=lots,
        credits=credits,
        told_cents=told,
        cost_cents=cost,
        by_kind={kind.value: 0 for kind in LotKind} | dict(by_kind),
        ending_soon=staged.number(
            "SELECT count(*) FROM lot WHERE expires <= ?", [microseconds(as_of + SOON)]
        ),
        over_limit=staged.number("SELECT count(*) FROM party WHERE credits > balance_limit"),
    )


def _totals(manifest: Manifest, summary: Summary) -> Iterator[Difference]:
    sums = {
        "wallets": summary.wallets,
        "credits": summary.credits,
        "cost_cents": summary.told_cents,
    }
    pairs = [(name, said, sums[name]) for name, said in manifest.totals.items()]
    if manifest.by_kind is not None:
        told = manifest.by_kind
        pairs += [
            (f"by_kind.{kind}", told.get(kind, 0), there) for kind, there in summary.by_kind.items()
        ]
    for name, said, there in pairs:
        if said != there:
            parameters = {"says": f"{said:,}", "found": f"{there:,}"}
            yield Difference(MANIFEST, None, f"totals.{name}", Code.TOTAL_DIFFERS, parameters)

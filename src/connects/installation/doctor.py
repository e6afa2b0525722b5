"""Diagnose an installation: what is wrong, and what to do about each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from connects.bootstrap.clock import now as clock_now
from connects.estimate.coverage import FEWEST
from connects.installation.keys import ROOT_KEY, SECRET_KEY
from connects.installation.sqlite_files import OTHERS, database_file, files_of
from connects.installation.tables import Tables, tables
from connects.journal.models import Root
from connects.journal.proof.roots.signing import signer_from
from connects.market.jobs.estimate_coverage import coverage_words, estimate_coverage
from connects.market.upkeep.services import last_pass

TOLD_MOST = 20
WORKER_AWAY_MOST = timedelta(seconds=60)
"""A worker passes every few seconds, and notes within long turns that it is at work."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked; `advice` is "" if all is right."""

    found: str
    advice: str = ""

    @property
    def right(self) -> bool:
        return not self.advice


def diagnose() -> Iterator[Finding]:
    """Check the database, its tables, the keys and the files; each with what to do."""
    try:
        connection.ensure_connection()
        found = tables()
    except DatabaseError as problem:
        yield Finding(
            f"the database cannot be read: {str(problem).strip()}",
            "Check DATABASE_URL, and whether the server runs and lets this machine in.",
        )
    else:
        yield from table_findings(found)
        if found.fit:
            yield _root_key()
            yield _worker()
            yield from _estimates()
    yield from _files()


def table_findings(found: Tables) -> Iterator[Finding]:
    """The tables, in findings."""
    if found.fit:
        yield Finding("the tables fit this version")
    if found.ahead:
        yield Finding(
            f"a newer Connects has changed the database: {_some(found.ahead)}",
            "Install that version again, or restore the backup from before its upgrade"
            " (`connects restore FILE`).",
        )
    if found.new:
        yield Finding(
            f"the database is empty ({connection.settings_dict['NAME']})",
            "`connects run` makes a marketplace in it; DATABASE_URL names another one.",
        )
    elif found.waiting:
        yield Finding(
            f"{len(found.waiting):,} migrations wait: {_some(found.waiting)}",
            "Make a backup (`connects backup FILE`); `connects run` then brings the tables up to date.",
        )
    for misfit in found.misfits[:TOLD_MOST]:
        yield Finding(
            misfit,
            "Something other than Connects changed this table. Restore a backup, or put it back by hand.",
        )
    if (more := len(found.misfits) - TOLD_MOST) > 0:
        yield Finding(f"{more:,} more of the tables do not fit", "Mend those above first.")


def _some(names: tuple[str, ...]) -> str:
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")


def _root_key() -> Finding:
    """Whether the key that signs roots is there and is the one that signed the newest."""
    kept = settings.VAR / ROOT_KEY
    last = Root.objects.order_by("-number").values_list("number", "public_key").first()
    if last is None and not settings.ROOT_KEY and not kept.exists():
        return Finding("no root was signed yet; its key is made with the first")
    if not settings.ROOT_KEY and not kept.exists():
        return Finding(
            f"the key that signed root {last[0] if last else 0} is not in {settings.VAR}",
            f"Put {ROOT_KEY} back (`connects restore FILE --keys`), or name it by CONNECTS_ROOT_KEY;"
            " without it the next root is signed with a new key, which members do not know.",
        )
    try:
        signer = signer_from(settings.ROOT_KEY, kept)
    except ValueError as problem:
        return Finding(str(problem), "Name a private Ed25519 key by CONNECTS_ROOT_KEY.")
    if last is not None and bytes(last[1]) != signer.public:
        return Finding(
            f"root {last[0]} was signed with another key than the one that is here now (right, if you"
            " have rotated it)"
        )
    return Finding("the key that signs roots is there")


def _worker() -> Finding:
    """Whether what falls due is seen to."""
    seen = last_pass()
    if seen is None:
        return Finding("no worker has run here yet")
    away = clock_now() - seen.finished
    if away <= WORKER_AWAY_MOST:
        return Finding("the worker is at work")
    return Finding(
        f"the worker has done nothing since {seen.finished:%Y-%m-%d %H:%M:%S} UTC",
        "Unless you have stopped it, start it: `connects run`, or `connects worker`; its log says why"
        " it ended.",
    )


def _estimates() -> Iterator[Finding]:
    """Whether the model's intervals hold what clients state; nothing where few posts were estimated."""
    found = estimate_coverage()
    if found.posts < FEWEST:
        return
    yield Finding(
        coverage_words(found),
        "The market has moved away from what the model learned: `connects estimate history FILE`, then"
        " `connects estimate train FILE`."
        if found.has_drifted
        else "",
    )


def _files() -> Iterator[Finding]:
    """Files that hold keys and data are their owner's alone."""
    open_ones = [path for path in _private_files() if path.stat().st_mode & OTHERS]
    for path in open_ones:
        yield Finding(f"others than its owner may read {path}", f"chmod 600 {path}")
    if not open_ones:
        yield Finding("keys and data are readable to their owner alone")


def _private_files() -> list[Path]:
    kept = [settings.VAR / SECRET_KEY, settings.VAR / ROOT_KEY]
    if settings.ROOT_KEY and "\n" not in settings.ROOT_KEY:
        kept.append(Path(settings.ROOT_KEY))
    database = database_file()
    return [path for path in kept if path.exists()] + (files_of(database) if database else [])

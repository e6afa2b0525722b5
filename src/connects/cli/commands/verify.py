"""`connects verify`: prove that wallets and journals agree."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from time import monotonic
from typing import TYPE_CHECKING

import click

from connects.cli.django_setup import on_database, start_django

if TYPE_CHECKING:
    from connects.journal.proof.verify_range import RangeProof

PROGRESS_SECONDS = 5.0
WAITING_FOR_EACH_PROCESS = 4


@click.command()
@click.option("--incremental", is_flag=True, help="read only what is new since the last run")
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    default=lambda: os.cpu_count() or 1,
    help="how many work at once; without it, one for each core",
)
@click.option("--roots", is_flag=True, help="prove the signed roots, too")
@on_database
def verify(*, incremental: bool, processes: int, roots: bool) -> None:
    """Replay every journal; exit 1, and name the wallets, if any do not agree with theirs.

    Wallets that agree are noted, so that an incremental run can go on from there.
    """
    broken = _verify_wallets(processes, incremental=incremental)
    broken += _verify_that_wallets_are_there()
    broken += _verify_roots() if roots else 0
    _tell_of_imports()
    click.echo(_not_proved(incremental=incremental, roots=roots))
    sys.exit(1 if broken else 0)


def _verify_wallets(processes: int, *, incremental: bool) -> int:
    """Prove all wallets and say what was found; how many do not agree."""
    begun = said = monotonic()
    wallets = unchanged = entries = broken = 0
    for part in _parts(processes, incremental=incremental):
        wallets, unchanged = wallets + part.wallets, unchanged + part.unchanged
        entries, broken = entries + part.entries, broken + part.broken
        for breach in part.breaches:
            click.echo(breach)
        if monotonic() - said >= PROGRESS_SECONDS:
            said = monotonic()
            pace = entries / (said - begun)
            click.echo(
                f"{wallets:,} wallets, {entries:,} entries, {pace:,.0f} a second …", err=True
            )
    known = f", {unchanged:,} of them unchanged," if incremental else ""
    click.echo(f"{wallets:,} wallets{known} with {entries:,} entries; {broken:,} do not agree")
    return broken


def _parts(processes: int, *, incremental: bool) -> Iterator[RangeProof]:
    """The ranges' proofs, in order; one process alone, or one range, is done here."""
    from connects.bootstrap.journals import journal
    from connects.journal.proof.verify_range import ranges

    shares = ranges(journal())
    first_ones = list(islice(shares, 2))
    if processes == 1 or len(first_ones) < 2:
        for first, last in (*first_ones, *shares):
            yield prove_range(first, last, incremental=incremental)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), start_django) as pool:
        waiting: list[Future[RangeProof]] = []
        for first, last in (*first_ones, *shares):
            waiting.append(pool.submit(prove_range, first, last, incremental=incremental))
            if len(waiting) > processes * WAITING_FOR_EACH_PROCESS:
                yield waiting.pop(0).result()
        for part in waiting:
            yield part.result()


def prove_range(first: int, last: int, *, incremental: bool) -> RangeProof:
    """One range, in whichever process. See `journal.proof.verify_range`."""
    from connects.bootstrap.journals import journal
    from connects.journal.proof.verify_range import verify_range

    return verify_range(journal(), first, last, incremental=incremental)


def _verify_that_wallets_are_there() -> int:
    """Say which accounts that propose have lost their wallet; how many."""
    from connects.bootstrap.journals import journal
    from connects.market.people.selectors import accounts_with_wallets

    gone = 0
    for page in _in_pages(accounts_with_wallets()):
        there = journal().read(page)
        for account in page:
            if account not in there:
                click.echo(f"wallet {account}: its account is there, but it is not")
                gone += 1
    return gone


def _tell_of_imports() -> None:
    """Say where the proof begins, and whose word stands before it."""
    from connects.market.intake.selectors import imports_that_stand

    for run in imports_that_stand():
        source = f", on the word of {run.source}" if run.source else ""
        click.echo(
            f"{run.lots:,} lots with {run.credits:,} Connects came in with the import {run.name}"
            f" (SHA-256 {run.digest[:16]}…), as of {run.as_of:%d %B %Y, %H:%M} UTC{source}."
            " What was before it is not proved here."
        )


def _in_pages(ids: Iterator[int], size: int = 1_000) -> Iterator[list[int]]:
    """The ids in pages."""
    while page := list(islice(ids, size)):
        yield page


def _not_proved(*, incremental: bool, roots: bool) -> str:
    """What such a run leaves open, so that nobody takes it for more than it is."""
    from connects.journal.proof.roots.make import newest_root

    open_ends = []
    if incremental:
        open_ends.append(
            "that what was found whole before still is, and that lines since then count nothing"
            " of before twice (leave out --incremental)"
        )
    newest = newest_root() if roots else None
    if newest is not None:
        open_ends.append(
            f"that no line after {newest.made:%d %B %Y, %H:%M} UTC, the last root, is gone"
        )
    elif roots:
        open_ends.append("that no line is gone: there is no signed root yet")
    else:
        open_ends.append("that no line is gone from the end of a history (add --roots)")
    return f"Not proved: {'; '.join(open_ends)}."


def _verify_roots() -> int:
    """Prove all roots and say what was found; how many do not agree."""
    from connects.bootstrap.journals import journal
    from connects.journal.proof.roots.check import verify_roots

    roots = broken = 0
    for proof in verify_roots(journal()):
        roots, broken = roots + 1, broken + bool(proof.breaches)
        for breach in proof.breaches:
            click.echo(f"root {proof.number}: {breach}")
    click.echo(f"{roots:,} roots; {broken:,} do not agree")
    return broken

"""`connects import`: what another ledger held at one instant comes in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NoReturn

import click

from connects.cli.django_setup import on_database

if TYPE_CHECKING:
    from connects.market.intake.check import Checked
    from connects.market.intake.differences import Difference
    from connects.market.intake.models import Import
    from connects.market.intake.staging import Staging

PROGRESS_SECONDS = 2.0
NAMES_SHOWN = 20


@click.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--check", "step", flag_value="check", help="name every difference; change nothing")
@click.option(
    "--run",
    "step",
    flag_value="run",
    help="check, then import; or resume an import that was interrupted",
)
@click.option(
    "--undo", "step", flag_value="undo", help="undo the import, if no wallet has moved since"
)
@on_database
def import_(folder: Path, step: str | None) -> None:
    """Bring in what another ledger held at one instant: accounts, lots, and clients' records.

    FOLDER has a manifest.json and the files that it names; docs/coming-in.md describes them. Exits 1 if
    there is a difference, or if the import can no longer be undone.
    """
    if step is None:
        raise click.UsageError("Say what to do: --check, --run or --undo.")
    if step == "undo":
        _undo(folder)
    else:
        _check_and_run(folder, run=step == "run")


def _check_and_run(folder: Path, *, run: bool) -> None:
    from connects.bootstrap.clock import now
    from connects.market.intake.check import check
    from connects.market.intake.staging import staging

    found = _Differences()
    with staging() as staged:
        read, compared = _progress("lines read"), _progress("accounts compared")
        checked = check(folder, staged, found, now(), read, compared)
        if found.count or checked is None:
            click.echo(f"{_counted(found.count, 'difference')}; nothing was brought in.", err=True)
            sys.exit(1)
        _tell(checked)
        if run:
            _bring_in(checked, staged)
    if not run:
        click.echo(f"No difference. To bring it in: connects import {folder} --run")


class _Differences:
    """Prints differences as they are found, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, difference: Difference) -> None:
        self.count += 1
        click.echo(str(difference))


def _tell(checked: Checked) -> None:
    """Say what comes in, and what the rules would do with it next."""
    manifest, summary = checked.manifest, checked.summary
    source = f", on the word of {manifest.source}" if manifest.source else ""
    click.echo(f"{manifest.name}: as of {manifest.as_of:%d %B %Y, %H:%M:%S} UTC{source}")
    click.echo(
        f"  {summary.accounts:,} accounts, {summary.wallets:,} of them with a wallet;"
        f" {summary.lots:,} lots with {summary.credits:,} Connects"
    )
    kinds = [f"{credits:,} {kind}" for kind, credits in summary.by_kind.items() if credits]
    click.echo(f"  by kind: {', '.join(kinds) or 'none'}")
    click.echo(
        f"  cost in cents: {summary.told_cents:,} of the lots, {summary.cost_cents:,} of what is left"
    )
    click.echo(
        f"  next: {summary.ending_soon:,} lots end within 7 days;"
        f" {summary.over_limit:,} wallets are above their balance limit, and keep what they hold"
    )


def _bring_in(checked: Checked, staged: Staging) -> None:
    from connects.acts.intake.come_in import WalletInUse, come_in

    already = checked.already
    if already is not None and already.finished is not None:
        click.echo(f"It came in on {already.finished:%d %B %Y, %H:%M} UTC; there is nothing to do.")
        return
    if already is not None:
        click.echo(f"Going on after account {already.position:,} of {already.accounts_in_all:,}.")
    begun = monotonic()
    try:
        run = come_in(checked, staged, _progress("lots in", checked.summary.lots))
    except WalletInUse as stopped:
        _stop(f"Stopped: {stopped}. Run --check again.")
    took = monotonic() - begun
    click.echo(
        f"In: {run.position:,} accounts, {run.lots:,} lots with {run.credits:,} Connects,"
        f" in {took:,.1f} seconds."
    )
    click.echo(f"Digest of the manifest and its files: {run.digest}")


def _undo(folder: Path) -> None:
    from connects.acts.intake.take_back import take_back

    run = _import_in(folder)
    answer = take_back(run, _progress("accounts taken back", run.position))
    if not answer.moved:
        what = f"{answer.accounts:,} accounts" if answer.accounts else "nothing, for it is undone"
        click.echo(f"Taken back: {what}. The accounts stay, with empty wallets.")
        return
    count = len(answer.moved)
    for name in answer.moved[:NAMES_SHOWN]:
        click.echo(f"{name}: its wallet has moved since the import", err=True)
    if count > NAMES_SHOWN:
        click.echo(f"and {count - NAMES_SHOWN:,} more", err=True)
    taken = "nothing was taken back" if not answer.accounts else f"{answer.accounts:,} others were"
    _stop(f"{_counted(count, 'wallet')} moved since; {taken}.")


def _import_in(folder: Path) -> Import:
    from connects.market.intake.manifest import name_in
    from connects.market.intake.selectors import import_called

    name = name_in(folder)
    if name is None:
        _stop(f"{folder}: there is no manifest.json that names an import.")
    run = import_called(name)
    if run is None:
        _stop(f"No import {name} came in here.")
    return run


def _progress(what: str, of: int | None = None) -> Callable[[int], None]:
    """Says on stderr, every two seconds at most, how far it is."""
    said = monotonic()

    def progress(done: int) -> None:
        nonlocal said
        if monotonic() - said >= PROGRESS_SECONDS:
            said = monotonic()
            share = "" if not of else f" of {of:,} ({100 * done // of} %)"
            click.echo(f"{done:,}{share} {what} …", err=True)

    return progress


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _stop(words: str) -> NoReturn:
    click.echo(words, err=True)
    sys.exit(1)

"""`connects books`: the marketplace's books, closed months, and whether the providers agree."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from typing import IO

import click

from connects.cli.django_setup import on_database

DAY = click.DateTime(["%Y-%m-%d"])
MONTH = click.DateTime(["%Y-%m"])


@click.group(invoke_without_command=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["beancount", "csv"]),
    default="beancount",
    show_default=True,
    help="the format to write",
)
@click.option(
    "--from",
    "first",
    type=DAY,
    metavar="DAY",
    help="the first day (UTC), such as 2026-10-01; without it, from the beginning",
)
@click.option(
    "--to", "end", type=DAY, metavar="DAY", help="the day (UTC) after the last one that is included"
)
@click.option(
    "--out",
    type=click.File("w", encoding="utf-8"),
    default="-",
    help="the file to write; without it, standard output",
)
@click.pass_context
@on_database
def books(
    context: click.Context, form: str, first: datetime | None, end: datetime | None, out: IO[str]
) -> None:
    """Write the books in double entry. Exits 1 if they do not agree with wallets and payments.

    Let the worker catch up first (`connects worker --once`): expiries and renewals that are due, but
    have not run, are in no book.
    """
    if context.invoked_subcommand is not None:
        return
    if first and end and first >= end:
        raise click.UsageError("--to must be after --from.")
    from connects.bootstrap.clock import now
    from connects.market.books.export import WRITERS

    off = WRITERS[form](out, _day(first), _day(end), now().date())
    for (account, commodity), units in off.items():
        click.echo(f"{account} is off by {units} ({commodity}, in its smallest unit)", err=True)
    sys.exit(1 if off else 0)


@books.command(short_help="Show what a month owes, has earned and has left over.")
@click.argument("month", type=MONTH, metavar="MONTH")
@on_database
def close(month: datetime) -> None:
    """Show the close of a MONTH such as 2026-10: what members are owed, what was earned and left over."""
    from connects.acts.books.close_months import close_months
    from connects.statements.books.words import close_lines

    (closed,) = close_months([month.date()])
    for line in close_lines(closed):
        click.echo(line)


@books.command(short_help="Compare a day at each provider with ours.")
@click.argument("day", type=DAY, required=False, metavar="[DAY]")
@on_database
def reconcile(day: datetime | None) -> None:
    """Compare a DAY's movements at each provider with ours; exit 1 if they differ.

    Without a DAY it is yesterday (UTC).
    """
    from connects.acts.books.reconcile import reconcile
    from connects.acts.books.reconcile_day import yesterday
    from connects.bootstrap.clock import now

    wanted = day.replace(tzinfo=UTC).date() if day else yesterday(now())
    found = 0
    for report in reconcile(wanted, now()):
        click.echo(f"{report.provider} on {wanted}: {report.movements} movements")
        for difference in report.differences:
            found += 1
            click.echo(f"  {difference}")
    click.echo("1 difference" if found == 1 else f"{found} differences")
    sys.exit(1 if found else 0)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None

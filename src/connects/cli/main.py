"""`connects`: each subcommand is loaded when it is asked for, so that `--help` stays fast."""

from __future__ import annotations

import errno
from typing import Any

import click
from typing_extensions import override

from connects import __version__
from connects.cli.lazy_group import LazyGroup

# Where each subcommand is in `commands`, and its line in `connects --help`.
COMMANDS = {
    "backup": (
        "backup:backup",
        "Write the database, and on request the keys, to one file.",
    ),
    "bench": ("bench:bench", "Measure how fast Connects is on this machine."),
    "books": ("books:books", "Write the books, close months, reconcile with providers."),
    "client": (
        "client:client",
        "Make API clients and their server keys, and revoke them.",
    ),
    "doctor": ("doctor:doctor", "Say what is wrong here, and what to do about it."),
    "check": ("check:check", "Name what is missing, for production or to run at all."),
    "estimate": ("estimate:estimate", "Learn projected values from past posts."),
    "demand": ("demand:demand", "Compare ways to measure demand on past posts."),
    "fairness": (
        "fairness:fairness_of",
        "Say what proposals cost as a share of the jobs.",
    ),
    "import": (
        "coming_in:import_",
        "Bring in what another ledger held at one instant.",
    ),
    "lab": ("lab:lab", "Try rules on a simulated market before they go live."),
    "mcp": ("mcp:mcp", "Serve tools for an assistant that acts for a member."),
    "policy": ("policy:policy", "Check, show, compare and fit rule books."),
    "posts": ("posts:posts", "See what a file of posts holds, and map its columns."),
    "price": ("price:price_posts", "Price posts in bulk from a file."),
    "rekey": ("rekey:rekey", "Encrypt second factors with the current secret key."),
    "restore": (
        "restore:restore",
        "Verify a backup, and replace the database with it.",
    ),
    "roots": ("roots:roots", "Make and list signed roots, and prove wallets by them."),
    "run": ("run:run", "Serve the marketplace, filled with a demo if it is empty."),
    "scenario": ("scenario:scenario", "Play stories that test the rules."),
    "staff": ("staff:staff", "Add members of staff, and change what they may do."),
    "unlock": ("unlock:unlock", "Let someone sign in again after wrong passwords."),
    "verify": ("verify:verify", "Prove that wallets and journals agree."),
    "wallet": ("wallet:wallet", "Show what an account holds, or held at some moment."),
    "web": ("web:web", "Serve the pages and the API alone, without the worker."),
    "webhook": ("webhook:webhook", "Make webhook endpoints, and see deliveries."),
    "worker": ("worker:worker", "Run what is due, every few seconds."),
}


class Commands(LazyGroup):
    package = "connects.cli.commands"
    lines = COMMANDS

    @override
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            click.echo("No space is left on the device, so not all was written.", err=True)
            ctx.exit(1)


@click.command(cls=Commands)
@click.version_option(__version__)
def main() -> None:
    """Run the proposal credits of a marketplace."""

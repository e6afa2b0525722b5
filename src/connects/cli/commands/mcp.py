"""`connects mcp`: a member's wallet, jobs and proposals as tools for an assistant."""

from __future__ import annotations

import re
import sys
from importlib import util

import click

_KEY = re.compile(r"connects_[0-9a-f]{8}_[0-9a-f]{64}")


@click.command()
@click.option(
    "--address",
    envvar="CONNECTS_MCP_ADDRESS",
    required=True,
    show_envvar=True,
    help="the site, such as https://connects.example",
)
@click.option(
    "--key",
    envvar="CONNECTS_MCP_KEY",
    required=True,
    show_envvar=True,
    help="one of your keys, from the site's page “API keys”; safer in the variable",
)
def mcp(address: str, key: str) -> None:
    """Serve tools for an assistant, over standard input and output.

    An assistant such as Claude starts this itself; docs/mcp.md says how to set it up. The tools do what
    the key may do for its account, and nothing more.
    """
    if util.find_spec("mcp") is None:
        click.echo(
            "This needs the package mcp: install the extra `mcp`, by `pip install 'connects[mcp]'`.",
            err=True,
        )
        sys.exit(2)
    from connects.cli.assistant.site import Site, address_problem
    from connects.cli.assistant.tools import server_for

    problem = address_problem(address)
    if problem is not None:
        raise click.BadParameter(problem, param_hint="--address")
    if _KEY.fullmatch(key.strip()) is None:
        told = (
            "it is a server key: assistants act for a member, with a key from “API keys”."
            if key.startswith("csk_")
            else "it is not a whole key: it begins with connects_ and has 82 characters."
        )
        raise click.BadParameter(told, param_hint="--key")
    server_for(Site(address, key.strip())).run("stdio")

"""A rule book that was named on the command line."""

from __future__ import annotations

import sys

import click

from connects.policy.parse import RuleBookProblems
from connects.policy.shelf import RuleBookUnknown, find
from connects.policy.terms import RuleBook


def rule_book(name_or_path: str) -> RuleBook:
    """The rule book; where there is none, or it is broken, the command says so and exits 2."""
    try:
        return find(name_or_path)
    except (RuleBookUnknown, RuleBookProblems) as error:
        click.echo(str(error), err=True)
        sys.exit(2)

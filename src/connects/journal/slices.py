"""The slices of commands that are to be posted together.

Commands stand in the order of their wallets, and those of one wallet are always in one slice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from connects.ledger.commands import Command

SLICE = 250


def slices(commands: Sequence[Command], size: int = SLICE) -> Iterator[Sequence[Command]]:
    """Slices of about that size; the commands of one wallet, which stand together, are in one slice."""
    first = 0
    while first < len(commands):
        end = min(first + size, len(commands))
        while end < len(commands) and commands[end].wallet == commands[end - 1].wallet:
            end += 1
        yield commands[first:end]
        first = end

"""What the commands of a batch are about, and the slices of them that are posted together.

Commands stand in the order of their wallets, and those of one wallet are always in one slice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from connects.ledger.commands import Capture, Command, Reinstate, Return, Reverse

SLICE = 250
LOOKING_BACK = (Return, Capture, Reverse, Reinstate)


def wallets_of(commands: Sequence[Command]) -> list[int]:
    """Each wallet once, in the order of the commands."""
    return list({command.wallet: None for command in commands})


def looks_back(commands: Sequence[Command]) -> bool:
    """Whether one of them names an earlier entry, which has to be fetched before it is decided."""
    return any(isinstance(command, LOOKING_BACK) for command in commands)


def slices(commands: Sequence[Command], size: int = SLICE) -> Iterator[Sequence[Command]]:
    """Slices of about that size; the commands of one wallet, which stand together, are in one slice."""
    first = 0
    while first < len(commands):
        end = min(first + size, len(commands))
        while end < len(commands) and commands[end].wallet == commands[end - 1].wallet:
            end += 1
        yield commands[first:end]
        first = end

"""A batch in parts: some hundred commands are decided while the database works on others.

Commands stand in the order of their wallets, and those of one wallet are always in one part: its row is
read and written once in a batch, since its place is known only until then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from connects.journal.batch import Outcome
from connects.ledger.commands import Command

PART = 250


def parts(commands: Sequence[Command], size: int = PART) -> Iterator[Sequence[Command]]:
    """Parts of about that size; the commands of one wallet, which stand together, are in one part."""
    first = 0
    while first < len(commands):
        end = min(first + size, len(commands))
        while end < len(commands) and commands[end].wallet == commands[end - 1].wallet:
            end += 1
        yield commands[first:end]
        first = end


def wallets_of(commands: Sequence[Command]) -> list[int]:
    """Each wallet once, in the order of the commands."""
    return list({command.wallet: None for command in commands})


def completed(
    commands: Sequence[Command],
    outcomes: Sequence[Outcome | None],
    post: Callable[[Sequence[Command]], Sequence[Outcome]],
) -> list[Outcome]:
    """The outcomes in the commands' order; `post` gives those of the commands that have none."""
    left = [command for command, outcome in zip(commands, outcomes, strict=True) if outcome is None]
    given = iter(post(left) if left else ())
    return [next(given) if outcome is None else outcome for outcome in outcomes]

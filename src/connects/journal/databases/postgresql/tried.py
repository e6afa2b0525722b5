"""A large batch within the caller's transaction, tried without locks and without asking for keys.

Its commands are posted in parts of some hundred. All questions and answers are under way at once: the
server reads the wallets of one part, or writes another, while this one is decided. As with posts by
themselves (`journal.unlocked`), a wallet is changed only if it is still as it was read, and the unique
key tells of commands that were answered before.

It all stands behind a savepoint. Wallets are changed in the order of their ids, as they are locked in
that order elsewhere; those that had moved on are left for the caller, who must not wait for them here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from connects.journal.batch import Outcome
from connects.journal.databases.postgresql.unlocked import Decided
from connects.journal.parts import parts, wallets_of
from connects.journal.port import KeyAnswered, Row, Store, UnderWay
from connects.ledger.commands import Command

# The wallets of so many parts are asked for before the first is written.
AHEAD = 4

Asked: TypeAlias = tuple[Sequence[Command], Callable[[], Mapping[int, Row]]]


def post_tried(
    store: Store, commands: Sequence[Command], recorded: datetime
) -> list[Outcome | None]:
    """The outcomes of commands in the order of wallets; None for those of a wallet that had moved on.

    Raises KeyAnswered or Contention; what was written is then for the caller to take back.
    """
    written = []
    with store.under_way() as under_way:
        for part, rows in _asked(under_way, commands):
            decided = Decided(store, part, rows, recorded)
            unmoved = under_way.write_unmoved(decided.wallets, decided.before, decided.entries)
            written.append((decided, unmoved))
        outcomes = [each for decided, unmoved in written for each in decided.standing(unmoved())]
    silent = [key for decided, _ in written for key in decided.silent_keys()]
    if silent and store.answered(silent):
        raise KeyAnswered
    return outcomes


def _asked(
    under_way: UnderWay, commands: Sequence[Command]
) -> Iterator[tuple[Sequence[Command], Mapping[int, Row]]]:
    """Each part with its wallets, those of the next ones being asked for already."""
    asked: deque[Asked] = deque()
    for part in parts(commands):
        asked.append((part, under_way.read(wallets_of(part))))
        if len(asked) == AHEAD:
            first, rows = asked.popleft()
            yield first, rows()
    for part, rows in asked:
        yield part, rows()

"""Posters that are threads of one process and share batches by group commit."""

import threading
from collections.abc import Sequence
from pathlib import Path

from connects.journal.group_commit import ConnectionLost, GroupCommit
from connects.journal.port import Outcome
from connects.ledger.commands import Command
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.faults.poster import Poster, use
from tests.ledger.model import Answer

THREADS = 4


class SharingPoster(Poster):
    """One thread, which hands in its commands one by one and keeps its own history."""

    def __init__(
        self,
        file: Path,
        name: str,
        seed: int,
        wallets: Sequence[int],
        group: GroupCommit[Command, Outcome],
    ) -> None:
        super().__init__(file, name, seed, wallets)
        self.group = group

    def posted(self, commands: Sequence[Command]) -> tuple[Answer, ...]:
        return tuple(map(self.answer, commands))

    def answer(self, command: Command) -> Answer:
        """What it is told, or an error after which it sends again."""
        from django.db import OperationalError

        from tests.faults.simulation import answer_of

        try:
            outcome = self.group.post(command)
        except ConnectionLost as error:
            raise OperationalError(str(error)) from error.__cause__
        if isinstance(outcome, Refused) and outcome.code is RefusalCode.BUSY:
            raise OperationalError("busy")
        return answer_of(outcome)


def work_together(url: str, file: Path, name: str, seed: int, wallets: Sequence[int]) -> None:
    """What their process does, until they are told to stop; each writes a file of its own."""
    use(url)
    from tests.faults.shared_batches import group_commit

    with group_commit() as group:
        threads = []
        for number in range(THREADS):
            own = file.with_name(f"{name}-{number}")
            poster = SharingPoster(own, own.name, seed, wallets, group)
            threads.append(threading.Thread(target=poster.run))
            threads[-1].start()
        for thread in threads:
            thread.join()

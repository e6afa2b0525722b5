"""A process of its own that posts commands and writes down what it asked and what it heard.

The file tells the history: calls, answers and errors with their instants, in the order in which they
happened to this caller. A poster that was killed is started with the same file; it first sends again
what was not answered.
"""

import random
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_FSIZE, setrlimit
from time import monotonic, monotonic_ns

from connects.ledger.commands import Command, Forfeit, Issue, Return, Spend
from connects.ledger.lots import LotKind
from tests.faults.history import Event, append, read
from tests.ledger.model import Answer

NOW = datetime(2019, 5, 20, 9, tzinfo=UTC)
GRACE = timedelta(days=30)
PATIENCE_SECONDS = 60
BETWEEN_ATTEMPTS_SECONDS = 0.02
MANY = 520
STOP = "stop"
FULL = "full"
"""A file of this name beside the history says that the disk is full, for files of that many bytes."""


class Poster:
    """One caller, who has one call under way at a time."""

    def __init__(self, file: Path, name: str, seed: int, wallets: Sequence[int]) -> None:
        self.file, self.name, self.wallets = file, name, wallets
        self.past = read(file)
        self.chance = random.Random(f"{seed} {name} {len(self.past.calls)}")
        self.sent = len(self.past.calls)
        self.spends: list[tuple[int, int, int]] = []

    def run(self) -> None:
        """Post until there is a file `stop` beside the history."""
        stop = self.file.with_name(STOP)
        if self.past.calls and self.past.calls[-1].answers is None:
            self.tell(Event("answer", self.answers(self.past.calls[-1].commands)))
        while not stop.exists():
            commands = self.next_commands()
            self.tell(Event("call", tuple(commands)))
            answers = self.answers(commands)
            self.tell(Event("answer", answers))
            self.note_spends(commands, answers)

    def run_again(self) -> None:
        """Send once more what was posted, batch by batch."""
        for call in self.past.calls:
            pairs = zip(call.commands, call.answers or (), strict=False)
            posted = [command for command, answer in pairs if answer.line is not None]
            if posted:
                self.tell(Event("call again", tuple(posted)))
                self.tell(Event("answer again", self.answers(posted)))

    def tell(self, event: Event) -> None:
        append(self.file, event._replace(at=monotonic_ns()))

    def next_commands(self) -> list[Command]:
        self.sent += 1
        # Now and then so many that they are tried without locks, which none that looks back may be.
        sizes = (1, 2, 5, 12, MANY)
        (size,) = self.chance.choices(sizes, weights=(30, 10, 10, 10, 3))
        return [self.next_command(number, looks_back=size < MANY) for number in range(size)]

    def next_command(self, place: int, *, looks_back: bool) -> Command:
        # Callers' clocks differ, and go back.
        wallet = self.chance.choice(self.wallets)
        effective = NOW + timedelta(minutes=self.sent - self.chance.choice([0, 0, 0, 600, 60_000]))
        key = f"{self.name}-{self.sent}-{place}"
        chosen = self.chance.random()
        if looks_back and chosen < 0.15 and self.spends:
            wallet, line, credits = self.spends.pop(self.chance.randrange(len(self.spends)))
            return Return(
                wallet=wallet,
                key=key,
                reference="soak",
                rule_book="soak@1",
                effective=effective,
                spend=line,
                credits=credits,
                grace=GRACE,
            )
        if chosen < 0.35:
            return Issue(
                wallet=wallet,
                key=key,
                reference="soak",
                rule_book="soak@1",
                effective=effective,
                kind=self.chance.choice([LotKind.PURCHASE, LotKind.BONUS]),
                credits=self.chance.randint(1, 12),
                cost_cents=self.chance.randint(0, 200),
                expires=effective + timedelta(days=self.chance.choice([1, 40, 400])),
            )
        if chosen < 0.37:
            return Forfeit(
                wallet=wallet,
                key=key,
                reference="soak",
                rule_book="soak@1",
                effective=effective,
                keep=30,
                bought_too=True,
            )
        return Spend(
            wallet=wallet,
            key=key,
            reference="soak",
            rule_book="soak@1",
            effective=effective,
            credits=self.chance.randint(1, 6),
        )

    def note_spends(self, commands: Sequence[Command], answers: Sequence[Answer]) -> None:
        for command, answer in zip(commands, answers, strict=True):
            if isinstance(command, Spend) and answer.line is not None:
                self.spends.append((command.wallet, answer.line, command.credits))

    def answers(self, commands: Sequence[Command]) -> tuple[Answer, ...]:
        """Post, and again after every error, until there is an answer."""
        from django.db import DatabaseError, InterfaceError, connection

        end = monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return self.post(commands)
            except (DatabaseError, InterfaceError) as error:
                state = getattr(error.__cause__, "sqlstate", None)
                self.tell(Event("error", state or f"{type(error).__name__}: {error}"[:80]))
                if monotonic() > end:
                    raise
                connection.close()
                threading.Event().wait(BETWEEN_ATTEMPTS_SECONDS)

    def post(self, commands: Sequence[Command]) -> tuple[Answer, ...]:
        with room_as_there_is(self.file.with_name(FULL)):
            return self.posted(commands)

    def posted(self, commands: Sequence[Command]) -> tuple[Answer, ...]:
        from django.db import transaction

        from connects.bootstrap.journals import journal
        from tests.faults.simulation import answer_of

        with transaction.atomic():
            outcomes = journal().post(commands, datetime.now(UTC))
        return tuple(map(answer_of, outcomes))


@contextmanager
def room_as_there_is(sign: Path) -> Iterator[None]:
    """Write no file beyond the size that the sign says, while there is one."""
    with suppress(FileNotFoundError, ValueError):
        setrlimit(RLIMIT_FSIZE, (int(sign.read_text()), RLIM_INFINITY))
    try:
        yield
    finally:
        setrlimit(RLIMIT_FSIZE, (RLIM_INFINITY, RLIM_INFINITY))


def work(url: str, file: Path, name: str, seed: int, wallets: Sequence[int]) -> None:
    """What a poster's process does: post to the database of that address, until it is told to stop."""
    use(url)
    Poster(file, name, seed, wallets).run()


def use(url: str) -> None:
    """Let this process use another database than it was started with."""
    from django.db import connections

    from connects.project.databases import database_settings

    connections["default"].close()
    del connections["default"]
    named = {"default": database_settings(url, Path())}
    connections.settings.update(connections.configure_settings(named))

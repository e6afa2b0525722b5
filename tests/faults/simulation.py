"""A deterministic simulation of the ledger with faults, millions of steps from one seed.

    python -m tests.faults.simulation --seed 7 --steps 1000000

A step is one command. Batches are posted to a store in memory whose transactions fail as a database's
do: before writing, between writing and commit, or after the commit with the answer lost; what failed is
sent again, what succeeded at times too, and the clock is put back. All of it is held against the model
(`tests.ledger.model`), answer by answer. A wallet that has had its share of lines is proved (auditor,
replay, chain of hashes) and gives its place to a new one, so a run takes as much memory as it likes to
and no more. Whatever does not hold ends the run and prints the seed, which leads there again.
"""

import argparse
import random
import secrets
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

from typing_extensions import override

from connects.journal.port import Outcome, Posted, Replaced
from connects.journal.post import Journal
from connects.journal.proof.verify import verify_wallet
from connects.ledger.commands import (
    Command,
    Expire,
    Forfeit,
    Issue,
    Reinstate,
    Return,
    Reverse,
    Spend,
    Void,
    WriteOff,
)
from connects.ledger.lots import LotKind
from connects.vocabulary.refusals import Refused
from tests.journal.memory_store import MemoryStore
from tests.ledger.model import Answer, ModelWallet

START = datetime(2019, 5, 20, 9, tzinfo=UTC)
GRACE = timedelta(days=30)
WALLETS = 20
LINES_OF_A_WALLET = 120
BATCH_MAX = 8
FAULTS = {
    "no fault": 70,
    "crash before writing": 8,
    "crash before the commit": 8,
    "answer lost": 7,
    "delivered twice": 7,
}


class Crash(Exception):
    """The process, or its connection, is gone."""


class TransactionalStore(MemoryStore):
    """The store in memory, with what a transaction needs: a way back, and a place to crash at."""

    crashes = False

    def begin(self, wallets: Sequence[int]) -> None:
        self.before = {
            wallet: (self.rows[wallet], len(self.journals[wallet])) for wallet in wallets
        }

    def roll_back(self) -> None:
        for wallet, (row, lines) in self.before.items():
            self.rows[wallet] = row
            for record in self.journals[wallet][lines:]:
                del self.keys[wallet, record.entry.key]
            del self.journals[wallet][lines:]

    def forget(self, wallet: int) -> None:
        for record in self.journals.pop(wallet):
            del self.keys[wallet, record.entry.key]
        del self.rows[wallet]

    @override
    def write(self, *written: Any) -> Replaced:
        if self.crashes:
            raise Crash
        return super().write(*written)


@dataclass
class Simulation:
    """One run. `told` counts what happened; `step` is how far it has come."""

    seed: int
    step: int = 0
    told: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.store = TransactionalStore()
        self.journal = Journal(self.store)
        self.models: dict[int, ModelWallet] = {}
        self.to_send_again: list[Command] = []
        self.now = self.latest = START
        self.opened = 0
        for _ in range(WALLETS):
            self._open()

    def _open(self) -> None:
        self.opened += 1
        self.store.open_wallets([self.opened])
        self.models[self.opened] = ModelWallet()

    def run(self, steps: int) -> None:
        """Take that many steps, then prove every wallet. Raises AssertionError where one is wrong."""
        end = self.step + steps
        while self.step < end:
            self._tick()
            commands = self._commands()
            self.step += len(commands)
            fault = self.chance.choices([*FAULTS], [*FAULTS.values()])[0]
            self.told[fault] += 1
            self._send(commands, fault)
            for wallet in {command.wallet for command in commands}:
                if self.models[wallet].line > LINES_OF_A_WALLET:
                    self._retire(wallet)
        for wallet in list(self.models):
            self._retire(wallet)

    def _tick(self) -> None:
        """Time passes by minutes, at times by weeks; one time in fifty the clock is put back."""
        if self.chance.random() < 0.02:
            self.told["clock put back"] += 1
            self.now -= timedelta(days=self.chance.randint(0, 50))
        else:
            days = self.chance.choice([0, 0, 0, 0, 0, 0, 1, 20])
            self.now += timedelta(days=days, minutes=self.chance.randint(0, 90))
            self.latest = max(self.latest, self.now)

    def _commands(self) -> list[Command]:
        """New commands, and some that were sent before."""
        made = [self._command() for _ in range(self.chance.randint(1, BATCH_MAX))]
        again = [command for command in self.to_send_again if command.wallet in self.models]
        self.to_send_again = []
        return again + made

    def _command(self) -> Command:
        wallet = self.chance.choice([*self.models])
        frame: dict[str, Any] = {
            "wallet": wallet,
            "key": f"key-{self.step}-{self.chance.getrandbits(64):x}",
            "reference": f"test:{self.step}",
            "rule_book": "test@1",
            "effective": self.now,
        }
        chosen = self.chance.random()
        if chosen < 0.55:
            return Spend(**frame, credits=self.chance.randint(1, 12))
        if chosen < 0.75:
            return self._issue(frame)
        if chosen < 0.90 and self.models[wallet].spends:
            return self._return(frame)
        if chosen < 0.94:
            keep, bought_too = self.chance.randint(0, 60), self.chance.random() < 0.3
            return Forfeit(**frame, keep=keep, bought_too=bought_too)
        if chosen < 0.96 and self.models[wallet].lots:
            return self._reverse(frame)
        if chosen < 0.98:
            return self._correct(frame)
        return Expire(**frame)

    def _issue(self, frame: dict[str, Any]) -> Issue:
        days = self.chance.choice([None, 1, 30, 90, 365])
        return Issue(
            **frame,
            kind=self.chance.choice([*LotKind]),
            credits=self.chance.randint(1, 40),
            cost_cents=self.chance.randint(0, 700),
            expires=None if days is None else self.now + timedelta(days=days),
            balance_limit=self.chance.choice([None, 80, 140]),
            limit_counts_plan=self.chance.random() < 0.5,
        )

    def _return(self, frame: dict[str, Any]) -> Return:
        spend = self.chance.choice([*self.models[frame["wallet"]].spends])
        credits, grace = self.chance.randint(1, 12), self.chance.choice([GRACE, GRACE, None])
        return Return(**frame, spend=spend, credits=credits, grace=grace)

    def _reverse(self, frame: dict[str, Any]) -> Command:
        lot = self.chance.choice([*self.models[frame["wallet"]].lots])
        up_to = self.chance.choice([None, self.chance.randint(0, 40)])
        return Reverse(**frame, lot=lot, up_to=up_to)

    def _correct(self, frame: dict[str, Any]) -> Command:
        """Undo a reversal, take back what was given, or forgive debt."""
        model, credits = self.models[frame["wallet"]], self.chance.randint(1, 10)
        if model.reversals and self.chance.random() < 0.5:
            number = self.chance.choice([*model.reversals])
            lot = model.reversals[number].lot
            return Reinstate(**frame, reversal=number, lot=lot, grace=GRACE)
        if model.held and self.chance.random() < 0.5:
            lot = self.chance.choice(model.held).lot.number
            return Void(**frame, lot=lot, credits=credits)
        return WriteOff(**frame, credits=credits)

    def _send(self, commands: Sequence[Command], fault: str) -> None:
        self.store.begin(sorted({command.wallet for command in commands}))
        self.store.crashes = fault == "crash before writing"
        try:
            outcomes = self.journal.post(commands, self.latest)
        except Crash:
            fault = "crash before the commit"
            outcomes = []
        self.store.crashes = False
        if fault == "crash before the commit":
            self.store.roll_back()
            self.to_send_again = list(commands)
            return
        self._compare(commands, outcomes)
        if fault == "answer lost":
            self.to_send_again = list(commands)
        elif fault == "delivered twice":
            self._compare(commands, self.journal.post(commands, self.latest))
        elif self.chance.random() < 0.05:
            self.to_send_again = [self.chance.choice(commands)]

    def _compare(self, commands: Sequence[Command], outcomes: Sequence[Outcome]) -> None:
        for command, outcome in zip(commands, outcomes, strict=True):
            expected, found = self.models[command.wallet].post(command), answer_of(outcome)
            assert found == expected, f"{command}: {found}, and not {expected}"
            self.told[
                "refused" if found.refused else "repeated" if found.repeated else "posted"
            ] += 1

    def _retire(self, wallet: int) -> None:
        """Prove the wallet from its first line on, and put a new one in its place."""
        stored, model = self.store.rows[wallet], self.models.pop(wallet)
        proof = verify_wallet(stored, tuple(self.journal.records(wallet)))
        assert proof.breaches == (), f"wallet {wallet}: {'; '.join(proof.breaches)}"
        lots = [
            (lot.number, lot.kind.value, lot.credits, lot.expires) for lot in stored.wallet.lots
        ]
        assert lots == model.contents(), f"wallet {wallet}: {lots}, and not {model.contents()}"
        assert (stored.wallet.debt, stored.wallet.last_entry) == (model.debt, model.line)
        self.store.forget(wallet)
        self.told["wallets proved"] += 1
        self._open()


def answer_of(outcome: Outcome) -> Answer:
    """What a journal said, in the model's words."""
    if isinstance(outcome, Refused):
        return Answer(None, outcome.code.value)
    assert isinstance(outcome, Posted)
    return Answer(outcome.record and outcome.record.entry.number, repeated=outcome.repeated)


def simulate(seed: int, steps: int) -> bool:
    """Run one seed and say how it went; False where something did not hold."""
    simulation, begun = Simulation(seed), perf_counter()
    try:
        simulation.run(steps)
    except Exception as problem:  # noqa: BLE001 whatever it is, the seed is what one wants to know
        print(f"seed {seed} fails at step {simulation.step:,}: {type(problem).__name__}: {problem}")
        print(f"  python -m tests.faults.simulation --seed {seed} --steps {steps}")
        return False
    told = ", ".join(f"{name} {number:,}" for name, number in simulation.told.most_common())
    print(f"seed {seed}: {simulation.step:,} steps in {perf_counter() - begun:.1f} s; {told}")
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description="Simulate the ledger with faults, from a seed.")
    parser.add_argument("--seed", type=int, help="where to begin; any where none is given")
    parser.add_argument("--steps", type=int, default=1_000_000, help="commands (one million)")
    parser.add_argument("--seconds", type=float, default=0, help="go on with further seeds so long")
    asked = parser.parse_args()
    seed = secrets.randbits(32) if asked.seed is None else asked.seed
    end = perf_counter() + asked.seconds
    while simulate(seed, asked.steps):
        if perf_counter() >= end:
            return 0
        seed += 1
    return 1


if __name__ == "__main__":
    sys.exit(main())

"""A tiny model of a wallet to hold the ledger against, written for clarity alone.

Every Connect is an object of its own here. A spend takes the first so many of them; a return puts
those very ones back. So the model needs no draws, no shares, no sums and no earlier lines, and what the
ledger does with them must come to the same. What Connects cost is not in it: the auditor adds that up.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from connects.ledger.commands import Command, Expire, Forfeit, Issue, Return, Reverse, Spend

NEVER = datetime.max.replace(tzinfo=UTC)
TRIMMED_FIRST = ["plan", "signup bonus courtesy", "return", "purchase"]


@dataclass(eq=False)
class ModelLot:
    """Connects that were issued together."""

    number: int
    kind: str
    issued: datetime
    expires: datetime | None

    def burns(self) -> tuple[datetime, bool, datetime, int]:
        return (self.expires or NEVER, self.kind == "purchase", self.issued, self.number)

    def is_trimmed(self) -> tuple[int, tuple[datetime, bool, datetime, int]]:
        rank = next(
            place for place, kinds in enumerate(TRIMMED_FIRST) if self.kind in kinds.split()
        )
        return rank, self.burns()


@dataclass(eq=False)
class Credit:
    """One Connect of a lot; `spent` unless it is held, expired, forfeited or taken back."""

    lot: ModelLot
    spent: bool = False


class Answer(NamedTuple):
    """The line that the command wrote (None: nothing had to move), or why it was refused."""

    line: int | None
    refused: str = ""
    repeated: bool = False


@dataclass
class ModelWallet:
    """What one account holds, Connect by Connect, in the order in which they burn."""

    held: list[Credit] = field(default_factory=list)
    debt: int = 0
    line: int = 0
    moment: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    lots: dict[int, list[Credit]] = field(default_factory=dict)
    spends: dict[int, list[Credit]] = field(default_factory=dict)
    answers: dict[str, tuple[Command, int]] = field(default_factory=dict)

    def post(self, command: Command) -> Answer:
        if command.key in self.answers:
            first, line = self.answers[command.key]
            same = first.digest() == command.digest()
            return Answer(line, repeated=True) if same else Answer(None, "invalid")
        if refused := self.would_refuse(command):
            return Answer(None, refused)
        at = max(command.effective, self.moment)
        self._expire(self._live(command))
        line = self.line
        self._do(command, max(at, self.moment))
        if self.line == line:
            return Answer(None)
        self.answers[command.key] = command, self.line
        return Answer(self.line)

    def would_refuse(self, command: Command) -> str:
        """Why the command, under a key of its own, would be refused; empty where it would not."""
        return self._refusal(command, self._live(command))

    def _live(self, command: Command) -> list[Credit]:
        at = command.effective
        return [c for c in self.held if c.lot.expires is None or c.lot.expires > at]

    def contents(self) -> list[tuple[int, str, int, datetime | None]]:
        """The open lots in burn order: number, kind, credits, expiry."""
        lots = dict.fromkeys(credit.lot for credit in self.held)
        return [
            (lot.number, lot.kind, sum(c.lot is lot for c in self.held), lot.expires)
            for lot in lots
        ]

    def _refusal(self, command: Command, live: list[Credit]) -> str:
        match command:
            case Spend() if self.debt or len(live) < command.credits:
                return "insufficient_connects"
            case Return() if command.spend not in self.spends:
                return "invalid"
            case Return() if command.already_returned + command.credits > len(
                self.spends[command.spend]
            ):
                return "invalid"
            case Reverse() if command.lot not in self.lots:
                return "invalid"
            case Issue() if command.kind == "purchase" and self._fitting(command, live) < (
                command.credits - min(self.debt, command.credits)
            ):
                return "balance_cap"
        return ""

    def _fitting(self, command: Issue, held: list[Credit]) -> int:
        wanted = command.credits - min(self.debt, command.credits)
        plan_too = command.limit_counts_plan
        if command.balance_limit is None or (command.kind == "plan" and not plan_too):
            return wanted
        counted = sum(plan_too or credit.lot.kind != "plan" for credit in held)
        return min(wanted, max(command.balance_limit - counted, 0))

    def _expire(self, live: list[Credit]) -> None:
        for lot in dict.fromkeys(credit.lot for credit in self.held if credit not in live):
            assert lot.expires is not None
            self._write(lot.expires)
        self.held = live

    def expire(self, number: int) -> None:
        """Expire that lot, and those that went before it, as if someone had asked at its instant."""
        instant = self.lots[number][0].lot.expires
        assert instant is not None
        self._expire([c for c in self.held if (c.lot.expires or NEVER) > instant])

    def _write(self, at: datetime) -> int:
        self.line += 1
        self.moment = max(self.moment, at)
        return self.line

    def _hold(self, credits: list[Credit]) -> None:
        for credit in credits:
            credit.spent = False
        self.held = sorted(self.held + credits, key=lambda credit: credit.lot.burns())

    def _open(
        self, kind: str, credits: int, at: datetime, expires: datetime | None
    ) -> list[Credit]:
        """The Connects of a new lot, issued by the line that was just written."""
        lot = ModelLot(self.line, kind, at, expires)
        self.lots[lot.number] = [Credit(lot) for _ in range(credits)]
        return self.lots[lot.number]

    def _do(self, command: Command, at: datetime) -> None:
        match command:
            case Issue():
                self._issue(command, at)
            case Spend():
                taken, self.held = self.held[: command.credits], self.held[command.credits :]
                for credit in taken:
                    credit.spent = True
                self.spends[self._write(at)] = taken
            case Return():
                self._give_back(command, at)
            case Forfeit():
                self._trim(command, at)
            case Reverse():
                self._write(at)
                self.held = [credit for credit in self.held if credit.lot.number != command.lot]
                self.debt += sum(credit.spent for credit in self.lots[command.lot])
            case Expire():
                pass

    def _issue(self, command: Issue, at: datetime) -> None:
        pays_debt = min(self.debt, command.credits)
        fitting = self._fitting(command, self.held)
        self._write(at)
        self.debt -= pays_debt
        if pays_debt + fitting:
            lot = self._open(command.kind, pays_debt + fitting, at, command.expires)
            for credit in lot[:pays_debt]:
                credit.spent = True
            self._hold(lot[pays_debt:])

    def _give_back(self, command: Return, at: datetime) -> None:
        last_to_burn_first = self.spends[command.spend][::-1][command.already_returned :]
        pays_debt = min(self.debt, command.credits)
        back = last_to_burn_first[: command.credits - pays_debt]
        late = [c for c in back if c.lot.expires and c.lot.expires - at < command.grace]
        self._write(at)
        self.debt -= pays_debt
        self._hold([credit for credit in back if credit not in late])
        if late:
            self._hold(self._open("return", len(late), at, at + command.grace))

    def _trim(self, command: Forfeit, at: datetime) -> None:
        may_go = [c for c in self.held if command.bought_too or c.lot.kind != "purchase"]
        excess = max(len(self.held) - command.keep, 0)
        gone = sorted(may_go, key=lambda credit: credit.lot.is_trimmed())[:excess]
        if gone:
            self._write(at)
            self.held = [credit for credit in self.held if credit not in gone]

"""A tiny model of a wallet to hold the ledger against, written for clarity alone.

Every Connect is an object of its own here. A spend takes the first so many of them; a return puts
those very ones back. So the model needs no draws, no shares, no sums and no earlier lines, and what the
ledger does with them must come to the same. What Connects cost is not in it: the auditor adds that up.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from connects.ledger.commands import (
    Capture,
    Command,
    Forfeit,
    Issue,
    Reinstate,
    Return,
    Reverse,
    Spend,
    Void,
    WriteOff,
)

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
    """One Connect of a lot; `root` is the lot that it was bought or given in."""

    lot: ModelLot
    root: ModelLot


@dataclass(eq=False)
class ModelReversal:
    """What one reversal took, by the lot that it stood in, and what it made debt."""

    lot: int
    taken: list[Credit]
    debt: int
    undone: bool = False


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
    used: dict[int, int] = field(default_factory=dict)
    """By lot: how many of its Connects paid for something, or a debt, and did not come back."""
    reversals: dict[int, ModelReversal] = field(default_factory=dict)
    closed: dict[int, int] = field(default_factory=dict)
    """Lots that were taken whole, and by which line."""
    returned: dict[int, int] = field(default_factory=dict)
    spends: dict[int, list[Credit]] = field(default_factory=dict)
    holds: set[int] = field(default_factory=set)
    """Those of the spends that only set Connects aside."""
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
        # What it brings back too late expires with lines of its own, behind this one; what a capture
        # charges is released by the line before.
        own = line + 2 if isinstance(command, Capture) else line + 1
        self.answers[command.key] = command, own
        return Answer(own)

    @property
    def set_aside(self) -> int:
        """How many Connects are held by holds."""
        return sum(map(self._left_of, self.holds))

    def _left_of(self, spend: int) -> int:
        return len(self.spends[spend]) - self.returned.get(spend, 0)

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
            case Issue() if command.kind == "purchase" and self._fitting(command, live) < (
                command.credits - min(self.debt, command.credits)
            ):
                return "balance_cap"
        return "" if self._is_about_what_there_is(command, live) else "invalid"

    def _is_about_what_there_is(self, command: Command, live: list[Credit]) -> bool:
        match command:
            case Return():
                is_of_its_kind = (command.spend in self.holds) == (command.kind == "release")
                spent = len(self.spends.get(command.spend, []))
                return is_of_its_kind and self._back(command) + command.credits <= spent
            case Capture():
                return command.hold in self.holds and self._left_of(command.hold) > 0
            case Reverse():
                return self._may_reverse(command)
            case Reinstate():
                return self._may_reinstate(command)
            case Void():
                return command.credits <= sum(c.lot.number == command.lot for c in live)
            case WriteOff():
                return command.credits <= self.debt
        return True

    def _back(self, command: Return) -> int:
        return max(command.already_returned, self.returned.get(command.spend, 0))

    def _may_reverse(self, command: Reverse) -> bool:
        lot = self.lots.get(command.lot)
        if not lot or lot[0].lot.kind == "return" or command.lot in self.closed:
            return False
        return command.up_to is None or command.up_to <= len(lot)

    def _may_reinstate(self, command: Reinstate) -> bool:
        reversal = self.reversals.get(command.reversal)
        return reversal is not None and not reversal.undone and reversal.lot == command.lot

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

    def _use(self, credits: list[Credit], by: int = 1) -> None:
        for credit in credits:
            self.used[credit.root.number] = self.used.get(credit.root.number, 0) + by

    def _hold(self, credits: list[Credit]) -> None:
        self.held = sorted(self.held + credits, key=lambda credit: credit.lot.burns())

    def _open(
        self, kind: str, roots: list[ModelLot | None], at: datetime, expires: datetime | None
    ) -> list[Credit]:
        """The Connects of a new lot, issued by the line that was just written; None: it is the root."""
        lot = ModelLot(self.line, kind, at, expires)
        self.lots[lot.number] = [Credit(lot, root or lot) for root in roots]
        return self.lots[lot.number]

    def _do(self, command: Command, at: datetime) -> None:
        match command:
            case Issue():
                self._issue(command, at)
            case Spend():
                self._spend(command, at)
            case Return():
                self._give_back(command, at)
            case Capture():
                self._capture(command, at)
            case Forfeit():
                self._trim(command, at)
            case Reverse():
                self._reverse(command, at)
            case Reinstate():
                self._reinstate(command, at)
            case Void():
                of_lot = [credit for credit in self.held if credit.lot.number == command.lot]
                gone = of_lot[: command.credits]
                self._write(at)
                self.held = [credit for credit in self.held if credit not in gone]
            case WriteOff():
                self._write(at)
                self.debt -= command.credits
            # An Expire does what every command does first.

    def _spend(self, command: Spend, at: datetime) -> None:
        taken, self.held = self.held[: command.credits], self.held[command.credits :]
        self._use(taken)
        self.spends[self._write(at)] = taken
        if command.kind == "hold":
            self.holds.add(self.line)

    def _capture(self, command: Capture, at: datetime) -> None:
        """The very Connects that were set aside pay, be their lot gone or a debt there."""
        charged = self.spends[command.hold][: self._left_of(command.hold)]
        self.returned[command.hold] = len(self.spends[command.hold])
        self._write(at)
        self.spends[self._write(at)] = charged

    def _issue(self, command: Issue, at: datetime) -> None:
        pays_debt = min(self.debt, command.credits)
        fitting = self._fitting(command, self.held)
        self._write(at)
        self.debt -= pays_debt
        if pays_debt + fitting:
            roots: list[ModelLot | None] = [None] * (pays_debt + fitting)
            lot = self._open(command.kind, roots, at, command.expires)
            self._use(lot[:pays_debt])
            self._hold(lot[pays_debt:])

    def _give_back(self, command: Return, at: datetime) -> None:
        already = self._back(command)
        last_to_burn_first = self.spends[command.spend][::-1][already:]
        self.returned[command.spend] = already + command.credits
        pays_debt = min(self.debt, command.credits)
        back = last_to_burn_first[: command.credits - pays_debt]
        self._write(at)
        self.debt -= pays_debt
        self._use(back, -1)
        self._put_back(back, at, command.grace)

    def _put_back(self, back: list[Credit], at: datetime, grace: timedelta | None) -> None:
        late = [c for c in back if grace is not None and self._is_late(c.lot, at, grace)]
        self._hold([credit for credit in back if credit not in late])
        if late and grace is not None:
            roots: list[ModelLot | None] = [credit.root for credit in late]
            self._hold(self._open("return", roots, at, at + grace))
        filled = {credit.lot for credit in back if credit not in late}
        ended = {lot for lot in filled if lot.expires and lot.expires <= at}
        for _ in ended:
            self._write(at)
        self.held = [credit for credit in self.held if credit.lot not in ended]

    def _is_late(self, lot: ModelLot, at: datetime, grace: timedelta) -> bool:
        return lot.kind != "return" and lot.expires is not None and lot.expires - at < grace

    def _reverse(self, command: Reverse, at: datetime) -> None:
        number = command.lot
        own = [credit for credit in self.held if credit.root.number == number]
        wanted = max(len(own) + self.used.get(number, 0), 0)
        if command.up_to is None:
            self.closed[number] = self.line + 1
        else:
            before = (r for r in self.reversals.values() if r.lot == number and not r.undone)
            taken = sum(len(reversal.taken) + reversal.debt for reversal in before)
            wanted = min(wanted, max(command.up_to - taken, 0))
        gone = sorted(own, key=lambda credit: credit.lot.number != number)[:wanted]
        debt = wanted - len(gone)
        self.held = [credit for credit in self.held if credit not in gone]
        self.debt += debt
        self.used[number] = self.used.get(number, 0) - debt
        self.reversals[self._write(at)] = ModelReversal(number, gone, debt)

    def _reinstate(self, command: Reinstate, at: datetime) -> None:
        reversal, root = self.reversals[command.reversal], self.lots[command.lot][0].lot
        reversal.undone = True
        if self.closed.get(command.lot) == command.reversal:
            del self.closed[command.lot]
        paid = min(self.debt, len(reversal.taken) + reversal.debt)
        again = [Credit(root, root) for _ in range(max(reversal.debt - paid, 0))]
        lasting = sorted(reversal.taken + again, key=lambda c: c.lot.burns(), reverse=True)
        back = lasting[: len(reversal.taken) + reversal.debt - paid]
        self._write(at)
        self.debt -= paid
        self.used[command.lot] = self.used.get(command.lot, 0) + paid
        self._put_back(sorted(back, key=lambda c: c.lot is not root), at, command.grace)

    def _trim(self, command: Forfeit, at: datetime) -> None:
        may_go = [c for c in self.held if command.bought_too or c.lot.kind != "purchase"]
        excess = max(len(self.held) - command.keep, 0)
        gone = sorted(may_go, key=lambda credit: credit.lot.is_trimmed())[:excess]
        if gone:
            self._write(at)
            self.held = [credit for credit in self.held if credit not in gone]

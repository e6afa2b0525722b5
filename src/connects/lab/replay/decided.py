"""Events of one wallet under another rule book, as commands for the ledger itself.

It plays the same events as `kernel.replay`, and those that the arrays cannot (`corrected`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field
from datetime import timedelta

import numpy as np

from connects.journal.moments import moment_of
from connects.lab.kernel import recorded as k
from connects.lab.kernel.columns import KINDS, NEVER, NONE, PURCHASE, Whole
from connects.lab.replay.asked import Asked
from connects.lab.replay.by_ledger import expiry_of
from connects.lab.replay.corrected import Corrected
from connects.lab.replay.machine import Part, Rules
from connects.ledger.commands import Expire, Forfeit, Issue, Return, Reverse, Spend, WriteOff
from connects.ledger.entries import Entry
from connects.ledger.lots import LotKind


@dataclass(slots=True)
class _Slot:
    """A proposal, or a charge: by which line it was paid, and by which its interview was rewarded."""

    spends: list[int] = field(default_factory=list)
    frees: int = 0
    returned: dict[int, int] = field(default_factory=dict)
    reward: int = 0

    @property
    def is_sent(self) -> bool:
        return bool(self.spends) or self.frees > 0


@dataclass(slots=True)
class Decided:
    """One wallet, event by event. `entries` are its recorded ones, for what refers to them."""

    part: Part
    rules: Rules
    w: int
    entries: InitVar[Mapping[int, Entry]]
    asked: Asked = field(init=False)
    corrected: Corrected = field(init=False)
    slots: dict[int, _Slot] = field(default_factory=dict)
    sent: int = 0
    rewards: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self, entries: Mapping[int, Entry]) -> None:
        self.asked = Asked(int(self.rules.terms[k.T_SINCE]))
        self.corrected = Corrected(self.asked, entries)

    def play(self, expires_at: int) -> Whole:
        """All of the wallet's events, and what expires by then; the sums."""
        first, last = np.searchsorted(self.part.wallet, [self.w, self.w + 1])
        for event in self.part.events[first:last].tolist():
            self.asked.at = event[k.AT]
            self._happens(event[k.EVENT], event[k.A], event[k.B], event[k.C])
        if expires_at != NONE:
            self.asked.at = expires_at
            self.asked.ask(Expire, "expiry")
        sums, wallet = self.asked.sums, self.asked.wallet
        sums[k.BALANCE_AFTER], sums[k.DEBT_AFTER] = wallet.balance, wallet.debt
        return sums

    def _happens(self, event: int, a: int, b: int, c: int) -> None:
        match event:
            case k.ISSUE:
                self._issue(a)
            case k.BUY:
                self._buy(a)
            case k.CHARGE:
                self._spend(a, self.slots.setdefault(b, _Slot()))
            case k.PROPOSE:
                self._propose(a)
            case k.RETURN:
                self._return(a, b, c)
            case k.REST:
                self._rest(a, c)
            case k.REWARD:
                self._reward(a, b, c)
            case k.TRIM:
                self._trim(a, bool(b))
            case k.WRITE_OFF:
                self._write_off(a)
            case _:
                self._recorded(event, a)

    def _recorded(self, event: int, number: int) -> None:
        corrected = self.corrected
        match event:
            case k.HOLD:
                corrected.hold(number)
            case k.RELEASE:
                corrected.release(number)
            case k.REVERSE:
                corrected.reverse(number)
            case k.REINSTATE:
                corrected.reinstate(number)
            case k.VOID:
                corrected.void(number)

    def _issue(self, number: int) -> None:
        row = self.part.issues[number]
        entries = self._issued(
            int(row[k.I_KIND]),
            int(row[k.I_CREDITS]),
            int(row[k.I_COST]),
            int(row[k.I_EXPIRES]),
            int(row[k.I_LIMIT]),
        )
        if entries:
            self.asked.count(k.CENTS, int(row[k.I_COST]))
            if row[k.I_NUMBER] != NONE:
                self.corrected.lots[int(row[k.I_NUMBER])] = entries[-1].number

    def _issued(self, kind: int, credits: int, cost: int, ends: int, limit: int) -> list[Entry]:
        entries = self.asked.ask(
            Issue,
            "issue",
            kind=KINDS[kind],
            credits=credits,
            cost_cents=cost,
            expires=expiry_of(ends),
            balance_limit=None if limit == NONE else limit,
            limit_counts_plan=bool(self.rules.terms[k.T_COUNTS_PLAN]),
        )
        for entry in entries:
            came = entry.credits - entry.debt_change
            self.asked.count(k.BOUGHT if kind == PURCHASE else k.GIVEN, came)
        return entries

    def _buy(self, number: int) -> None:
        row = self.part.issues[number]
        if self.rules.terms[k.T_TOPS_UP] and self.asked.wallet.balance >= row[k.I_HELD]:
            return
        before = self.asked.sums[k.BOUGHT]
        self._issue(number)
        if self.asked.sums[k.BOUGHT] == before:
            self.asked.count(k.NOT_BOUGHT, int(row[k.I_CREDITS]))

    def _spend(self, credits: int, slot: _Slot) -> bool:
        entries = self.asked.ask(Spend, f"slot:{id(slot)}:{len(slot.spends)}", credits=credits)
        if not entries:
            return False
        slot.spends.append(entries[-1].number)
        self.asked.count(k.PAID, credits)
        return True

    def _propose(self, number: int) -> None:
        row = self.part.slots[number]
        times = int(row[k.P_TIMES])
        if row[k.P_SHUT]:
            self.asked.count(k.SHUT, times)
            return
        slot = self.slots.setdefault(number, _Slot())
        for _time in range(times):
            few = self.sent < self.rules.terms[k.T_NEWCOMER_UNTIL]
            credits = int(row[k.P_FEW if few else k.P_PRICE])
            before = self.slots.get(int(row[k.P_BEFORE]))
            if before is not None and before.frees and not before.spends:
                credits = 0
            if not credits:
                slot.frees += 1
                self.asked.count(k.FREE, 1)
            elif not self._spend(credits, slot) and not self._spend_bought(credits, slot):
                self.asked.count(k.REFUSED, 1)
                continue
            self.sent += 1
            self.asked.count(k.PROPOSALS, 1)

    def _spend_bought(self, credits: int, slot: _Slot) -> bool:
        """Buy what is missing, where that is what people do, and pay."""
        live = [lot for lot in self.asked.wallet.lots if lot.live_at(moment_of(self.asked.at))]
        missing = credits - sum(lot.credits for lot in live) + self.asked.wallet.debt
        self.asked.count(k.MISSING, missing)
        agency, limit, may_buy = (int(told) for told in self.part.people[self.w])
        counts = bool(self.rules.terms[k.T_COUNTS_PLAN])
        held = sum(lot.credits for lot in live if counts or lot.kind is not LotKind.PLAN)
        room = 2**31 if limit == NONE else max(limit - held, 0)
        *offers, (lives, _) = self.rules.bundles[agency].tolist()
        fitting = [each for each in offers if each[0] and each[0] <= room + self.asked.wallet.debt]
        bundle = next((each for each in fitting if each[0] >= missing), None)
        if bundle is None:
            return False
        self.asked.count(k.WOULD_BUY, bundle[0])
        self.asked.count(k.WOULD_CENTS, bundle[1])
        if not self.rules.terms[k.T_TOPS_UP] or not may_buy:
            return False
        ends = NEVER if lives == NONE else self.asked.at + lives
        self._issued(PURCHASE, bundle[0], bundle[1], ends, NONE)
        self.asked.count(k.CENTS, bundle[1])
        return self._spend(credits, slot)

    def _return(self, number: int, cause: int, grace: int) -> None:
        slot, came = self.slots.get(number), 0
        if slot is None:
            return
        for spend in slot.spends:
            paid = -self.asked.past[spend].credits
            credits = int(self.rules.back[cause, paid]) - slot.returned.get(spend, 0)
            came += credits > 0 and self._give(slot, spend, credits, grace)
        if came and cause // k.STAGE_COUNT in self.rules.terms[[k.T_WITHDRAWN, k.T_REMOVED]]:
            self.sent -= came
        if came and slot.reward and self.rules.terms[k.T_REWARD_TAKEN_BACK]:
            self.asked.ask(Reverse, "reward", self.asked.whole_past(), lot=slot.reward)
            slot.reward = 0

    def _rest(self, number: int, grace: int) -> None:
        slot = self.slots.get(number)
        if slot is not None and slot.spends:
            spend = slot.spends[0]
            credits = -self.asked.past[spend].credits - slot.returned.get(spend, 0)
            if credits > 0:
                self._give(slot, spend, credits, grace)

    def _give(self, slot: _Slot, spend: int, credits: int, grace: int) -> bool:
        before = slot.returned.get(spend, 0)
        entries = self.asked.ask(
            Return,
            self.asked.past[spend].reference,
            self.asked.past_of(spend),
            spend=spend,
            credits=credits,
            already_returned=before,
            grace=None if grace == NONE else timedelta(microseconds=grace),
        )
        if entries:
            slot.returned[spend] = before + credits
            self.asked.count(k.RETURNED, credits)
        return bool(entries)

    def _reward(self, number: int, ends: int, limit: int) -> None:
        slot = self.slots.get(number)
        if slot is None or not slot.spends or slot.returned:
            return
        since = self.asked.at - int(self.rules.terms[k.T_REWARD_IN])
        given = sum(credits for at, credits in self.rewards if at > since)
        earned = self.rules.earned
        paid = min(-self.asked.past[slot.spends[0]].credits, len(earned) - 1)
        credits = int(earned[paid, min(given, earned.shape[1] - 1)])
        if credits:
            self.rewards.append((self.asked.at, credits))
            entries = self._issued(KINDS.index(LotKind.BONUS), credits, 0, ends, limit)
            slot.reward = next((e.number for e in entries if e.lot is not None), 0)

    def _trim(self, keep: int, bought: bool) -> None:
        for entry in self.asked.ask(Forfeit, "cycle", keep=keep, bought_too=bought):
            self.asked.count(k.FORFEITED, -entry.credits)

    def _write_off(self, credits: int) -> None:
        owed = min(credits, self.asked.wallet.debt)
        if owed:
            self.asked.ask(WriteOff, "write-off", credits=owed)

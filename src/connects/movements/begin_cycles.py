"""Begin billing cycles: what may not roll over is trimmed, then the plan's new Connects arrive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from connects.journal.port import Posted
from connects.journal.post import Journal
from connects.ledger.commands import Carried, Command, Forfeit, Issue
from connects.ledger.entries import EntryKind
from connects.ledger.lots import LotKind
from connects.movements.party import Party
from connects.policy.rollover import kept_at_rollover
from connects.vocabulary.amounts import Cents, Connects
from connects.vocabulary.events import Event
from connects.vocabulary.refusals import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleStart:
    """One account's new cycle: `party` is on the plan that begins, `ended_plan` was the one before.

    `begins` is the cycle's own instant, `payment` what was paid to move to the plan, "" where nothing
    was: one of them names the cycle's lines, so that they are written once. `effective` is when its
    Connects arrive, which is later where a payment had to be retried. `cost_cents` is what was paid
    for the plan's month; `connects` are those that come with it. `carried` is what earlier rules protect.
    """

    party: Party
    ended_plan: str
    begins: datetime
    effective: datetime
    connects: Connects
    cost_cents: Cents = 0
    carried: Carried | None = None
    payment: str = ""

    @property
    def name(self) -> str:
        """The name of the cycle's lines. Who leaves and moves up again may do so at one instant."""
        return self.payment or f"cycle:{self.begins.isoformat()}"


def begin_cycles(
    journal: Journal, starts: Sequence[CycleStart], now: datetime
) -> tuple[Posted, ...]:
    """Trim and issue for all of them, in one batch; once a cycle, however often it is repeated."""
    commands = [command for start in starts for command in _commands(start)]
    outcomes = journal.post(commands, now) if commands else []
    # Neither trimming nor a plan's issue can be refused: over the limit it is cut to fit.
    return tuple(outcome for outcome in outcomes if not isinstance(outcome, Refused))


def forfeited(posted: Sequence[Posted]) -> Iterator[Event]:
    """What those must hear of whose Connects did not roll over."""
    for outcome in posted:
        if outcome.record is None or outcome.repeated:
            continue
        entry = outcome.record.entry
        if entry.kind is EntryKind.FORFEIT and entry.credits:
            yield Event(
                key=f"forfeited:{entry.wallet}:{entry.number}",
                account=entry.wallet,
                code="connects-forfeited",
                parameters={"connects": -entry.credits, "balance": outcome.wallet.balance},
            )


def _commands(start: CycleStart) -> Iterator[Command]:
    party, book = start.party, start.party.book
    name = start.name
    keep = kept_at_rollover(book, party.kind, start.ended_plan, party.plan)
    if keep is not None:
        yield Forfeit(
            wallet=party.account,
            key=f"{name}:rollover",
            reference=name,
            rule_book=book.label,
            effective=start.effective,
            keep=keep,
            bought_too=book.limits.trims_bought,
            carried=start.carried,
        )
    if start.connects:
        yield issue_plan_connects(start)


def issue_plan_connects(start: CycleStart) -> Issue:
    """The issue of a plan's Connects, under the name of its cycle."""
    party, limits, name = start.party, start.party.book.limits, start.name
    return Issue(
        wallet=party.account,
        key=f"{name}:connects",
        reference=name,
        rule_book=party.book.label,
        effective=start.effective,
        kind=LotKind.PLAN,
        credits=start.connects,
        cost_cents=start.cost_cents,
        expires=party.book.expiry.of_issue(start.effective),
        balance_limit=party.balance_limit,
        limit_counts_plan=limits.counts_plan_connects,
    )

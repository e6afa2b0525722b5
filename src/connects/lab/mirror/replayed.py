"""A sample of a market's wallets, played once more through the movements that the site itself uses.

The market's log says what happened to each sampled wallet, and what the arrays made of it. Here the same
events go through `movements` and the journal, and the prices through `pricing`; the first thing that is
not the same is named. So an error in a table, or in an array, cannot hide behind the speed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from connects.journal.port import Posted
from connects.journal.post import Journal
from connects.lab.kernel import state as st
from connects.lab.kernel.columns import KINDS, NEVER_DAY
from connects.lab.kernel.tables import CAUSES, STAGES
from connects.lab.kernel.tables_of_accounts import ACCOUNT_KINDS, plans_of
from connects.lab.kernel.tables_of_prices import DEMAND_STATES, HIRES, asked, market_facts
from connects.lab.measures import Played
from connects.lab.population.posts import Posts
from connects.ledger.commands import Reverse
from connects.ledger.lots import LotKind
from connects.ledger.wallet import Wallet
from connects.movements.begin_cycles import CycleStart, begin_cycles
from connects.movements.buy_connects import order_connects
from connects.movements.deliver_connects import deliver_connects
from connects.movements.grant_connects import Grant, grant_connects
from connects.movements.party import Party
from connects.movements.register_account import register_account
from connects.movements.return_connects import PaidProposal, return_connects
from connects.movements.submit_proposal import ProposedJob, SubmitProposal, submit_proposal
from connects.policy.terms import RuleBook
from connects.pricing.concessions import Standing, for_proposer
from connects.vocabulary.amounts import Connects
from connects.vocabulary.refusals import RefusalCode, Refused


@dataclass(slots=True)
class Proposal:
    """A proposal of the sample: which entry paid, what came back, and which lot rewarded it."""

    entry: int | None
    paid: Connects
    returned: Connects = 0
    reward: int = 0


@dataclass(slots=True)
class Mirror:
    """The sampled wallets in a journal, event by event."""

    journal: Journal
    played: Played
    book: RuleBook
    posts: Posts
    start: date
    proposals: dict[tuple[int, int], Proposal] = field(default_factory=dict)
    events: int = 0

    def first_difference(self) -> str | None:
        """Play the whole log; what is not the same, None where all is."""
        wallets = sorted({int(line[st.L_WALLET]) for line in self.played.log})
        self.journal.open_wallets(tuple(wallet + 1 for wallet in wallets))
        for line in self.played.log:
            told = tuple(int(value) for value in line)
            unlike = self._event(told)
            self.events += 1
            if unlike is not None:
                return f"event {self.events}, wallet {told[2]}, day {told[1]}: {unlike}"
        return next(self._unlike_lots(), None)

    def _event(self, line: tuple[int, ...]) -> str | None:
        kind, day, w = line[:3]
        now = datetime.combine(self.start, time(), tzinfo=UTC) + timedelta(days=day)
        unlike = EVENTS[kind](self, self._party(w), line, now)
        if unlike is not None:
            return unlike
        wallet = self.journal.wallet(w + 1)
        found = (wallet.balance, wallet.last_entry)
        told = (line[st.L_BALANCE], line[st.L_ENTRY])
        if found != told:
            return f"{NAMES[kind]}: balance and entry are {found}, in the arrays {told}"
        return None

    def _party(self, w: int) -> Party:
        traits = self.played.traits[w]
        plan = plans_of(self.book)[int(traits[st.PLAN_HELD])]
        kind = ACCOUNT_KINDS[int(traits[st.ACCOUNT_KIND])]
        return Party(w + 1, kind, plan.name, self.book)

    def register(self, party: Party, line: tuple[int, ...], now: datetime) -> str | None:
        register_account(self.journal, party, now, with_gifts=bool(line[st.L_A]))
        return None

    def cycle(self, party: Party, line: tuple[int, ...], now: datetime) -> str | None:
        plan = self.book.plan(party.plan)
        if plan.price(party.kind) != line[st.L_B]:
            return f"a month costs {plan.price(party.kind)}, in the tables {line[st.L_B]}"
        begin = CycleStart(
            party=party,
            ended_plan=party.plan,
            begins=now,
            effective=now,
            connects=plan.monthly_connects(party.kind),
            cost_cents=plan.price(party.kind),
        )
        begin_cycles(self.journal, [begin], now)
        return None

    def buy(self, party: Party, line: tuple[int, ...], now: datetime) -> str | None:
        credits, cents = line[st.L_A], line[st.L_B]
        wallet = self.journal.wallet(party.account)
        live = wallet.with_lots(tuple(lot for lot in wallet.lots if lot.live_at(now)))
        order = order_connects(party, live, credits, self.book.payment.methods[0], now)
        if isinstance(order, Refused) or order.price.cents != cents:
            return f"{credits} Connects for {cents} cents: {order}"
        reference = f"purchase:{self.events}"
        deliver_connects(self.journal, party, credits, order.price, reference, now)
        return None

    def propose(self, party: Party, line: tuple[int, ...], now: datetime) -> str | None:
        w, post, price, sent = line[st.L_WALLET], line[st.L_POST], line[st.L_A], line[st.L_B]
        found = self._price(line)
        if found != price:
            return f"the price of post {post} is {found}, in the tables {price}"
        name = f"{post}-{w}"
        job = ProposedJob(
            f"job:{post}",
            is_open=True,
            connects=price,
            already_proposed=(w, post) in self.proposals,
        )
        command = SubmitProposal(f"proposal:{name}", f"{name}:{self.events}", None)
        answer = submit_proposal(self.journal, party, job, command, now)
        if isinstance(answer, Refused):
            short = answer.code is RefusalCode.INSUFFICIENT_CONNECTS
            return None if short and not sent else f"refused: {answer.code}"
        if not sent:
            return f"post {post} can be paid, and could not in the arrays"
        record = answer.posted[0].record if answer.posted else None
        self.proposals[w, post] = Proposal(None if record is None else record.entry.number, price)
        return None

    def _price(self, line: tuple[int, ...]) -> Connects:
        """What pricing itself says that this proposer pays."""
        facts, ended = divmod(line[st.L_FACTS], 64)
        facts, left = divmod(facts, 64)
        facts, bucket = divmod(facts, 4)
        kind, demand = divmod(facts, 2)
        standing = line[st.L_C]
        told = market_facts(self.posts.kinds[kind].facts, HIRES[bucket], left, ended)
        price = asked(told, self.book, DEMAND_STATES[demand])
        who = Standing(standing // 4, standing // 2 % 2, invited=bool(standing % 2))
        return for_proposer(price, self.book.free, who).connects

    def give_back(self, party: Party, line: tuple[int, ...], now: datetime) -> str | None:
        proposal = self.proposals[line[st.L_WALLET], line[st.L_POST]]
        assert proposal.entry is not None
        paid = PaidProposal(
            reference=f"proposal:{line[st.L_POST]}-{line[st.L_WALLET]}",
            wallet=party.account,
            spend_entry=proposal.entry,
            paid=proposal.paid,
            returned=proposal.returned,
            stage=STAGES[line[st.L_B]],
            book=self.book,
        )
        accepted = return_connects(self.journal, [paid], CAUSES[line[st.L_A]], now)
        record = accepted.posted[0].record if accepted.posted else None
        back = 0 if record is None else record.entry.credits - record.entry.debt_change
        if back != line[st.L_C]:
            return f"{back} came back, in the arrays {line[st.L_C]}"
        proposal.returned += back
        return None

    def reward(self, party: Party, line: tuple[int, ...], now: datetime) -> str | None:
        rule = self.book.grants.interview
        earned = 0 if rule is None else rule.earned(line[st.L_A], line[st.L_C])
        if earned != line[st.L_B]:
            return f"an interview earns {earned}, in the tables {line[st.L_B]}"
        name = f"interview:{line[st.L_POST]}"
        grant = Grant(party=party, kind=LotKind.BONUS, credits=earned, reason=name, effective=now)
        (outcome,) = grant_connects(self.journal, [grant], now)
        if isinstance(outcome, Posted) and outcome.record is not None:
            proposal = self.proposals[line[st.L_WALLET], line[st.L_POST]]
            proposal.reward = outcome.record.entry.number
        return None

    def take_back(self, party: Party, line: tuple[int, ...], now: datetime) -> str | None:
        proposal = self.proposals[line[st.L_WALLET], line[st.L_POST]]
        command = Reverse(
            wallet=party.account,
            key=f"take-back:{line[st.L_POST]}",
            reference=f"interview:{line[st.L_POST]}",
            rule_book=self.book.label,
            effective=now,
            lot=proposal.reward,
        )
        outcome = self.journal.post_one(command, now)
        return str(outcome) if isinstance(outcome, Refused) else None

    def _unlike_lots(self) -> Iterator[str]:
        begin = datetime.combine(self.start, time(), tzinfo=UTC)
        for w, lots in self.played.lots.items():
            found = _rows(self.journal.wallet(w + 1), begin)
            if found != lots:
                yield f"wallet {w} holds {found}, in the arrays {lots}"


def _rows(wallet: Wallet, begin: datetime) -> list[tuple[int, ...]]:
    return [
        (
            lot.number,
            lot.credits,
            lot.cost_cents,
            KINDS.index(lot.kind),
            (lot.issued - begin).days,
            NEVER_DAY if lot.expires is None else (lot.expires - begin).days,
        )
        for lot in wallet.lots
    ]


EVENTS = {
    st.L_REGISTER: Mirror.register,
    st.L_CYCLE: Mirror.cycle,
    st.L_BUY: Mirror.buy,
    st.L_PROPOSE: Mirror.propose,
    st.L_RETURN: Mirror.give_back,
    st.L_REWARD: Mirror.reward,
    st.L_TAKE_BACK: Mirror.take_back,
}
NAMES = {kind: event.__name__ for kind, event in EVENTS.items()}

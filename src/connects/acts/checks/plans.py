"""Check a change of plan before it is paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from connects.acts.memberships.make_room import trimmed_by
from connects.acts.purchases.change_plan import chain_of, offer_for, subscription_of
from connects.bootstrap.clock import now as clock_now
from connects.ledger.wallet import Wallet
from connects.market.members.selectors import Chain, party_under, wallet_of
from connects.market.payments.bill import Bill, bill_for
from connects.market.people.models import Account
from connects.market.rollout.selectors import ComingMove, coming_move
from connects.movements.change_plan import PlanOffer
from connects.movements.party import Party
from connects.policy.rollover import kept_at_rollover
from connects.policy.worth import worth
from connects.statements.checks.check import Check
from connects.statements.checks.plans import PlanChange, check_of_plan
from connects.vocabulary.amounts import Connects
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed


@dataclass(frozen=True, slots=True)
class PlanCheckout:
    """A preview of moving to a plan: what it would cost and bring, and how it is paid."""

    offer: PlanOffer
    bill: Bill
    chain: Chain
    held_plan: str
    wallet: Wallet


def checkout(account: Account, plan: str) -> PlanCheckout | Refused:
    """What moving to the plan would cost and bring, with tax and ways to pay."""
    if not AccountKind(account.kind).holds_wallet:
        return not_allowed(Problem.FREELANCERS_ONLY)
    now = clock_now()
    chain, held = chain_of(account, now), subscription_of(account)
    wallet = wallet_of(account.pk)
    offer = offer_for(account, chain, held, plan, now, wallet)
    if isinstance(offer, Refused):
        return offer
    bill = bill_for(account, chain[-1].book, offer.price, now)
    return PlanCheckout(offer, bill, chain, held.plan, wallet)


@dataclass(frozen=True, slots=True)
class CheckedPlan:
    """A change of plan as it is shown before it is made."""

    checkout: PlanCheckout
    check: Check
    lost: Connects


def check_plan(account: Account, plan: str) -> CheckedPlan | Refused:
    """What moving to the plan would do now. Refused as moving to it is."""
    looked_at = checkout(account, plan)
    if isinstance(looked_at, Refused):
        return looked_at
    now, offer = clock_now(), looked_at.offer
    chain, wallet = looked_at.chain, looked_at.wallet
    party = party_under(chain[-1].book, account.pk, AccountKind(account.kind), looked_at.held_plan)
    held = wallet.with_lots(tuple(lot for lot in wallet.lots if lot.live_at(now)))
    lost = trimmed_by(offer, party, chain, held)
    sparing = _sparing(account, party, offer, now) if lost else None
    told = PlanChange(
        title=offer.title,
        held=party.book.plan(party.plan).title,
        at_once=offer.at_once,
        begins=offer.begins,
        balance=held.balance,
        lost=lost,
        connects=offer.connects,
        limit=_most_kept(party, offer) if len(chain) == 1 else None,
        worth=worth(party.book, lost) if lost else None,
        due=looked_at.bill.total,
        renews=offer.renews,
        same_plan=offer.plan == party.plan,
        spared=sparing.effective if sparing else None,
        spared_by=sparing.after.title if sparing else "",
    )
    return CheckedPlan(looked_at, check_of_plan(told), lost)


def _sparing(account: Account, party: Party, offer: PlanOffer, now: datetime) -> ComingMove | None:
    """The announced move to rules under which all that the account holds rolls over, if there is one."""
    coming = coming_move(account, now)
    if coming is None or coming.forecast.trimmed_after:
        return None
    most = kept_at_rollover(coming.after, party.kind, party.plan, offer.plan)
    return coming if most is None else None


def _most_kept(party: Party, offer: PlanOffer) -> Connects | None:
    return kept_at_rollover(party.book, party.kind, party.plan, offer.plan)

"""Check that what a plan brings has room, before it is paid.

What was paid for is never cut. A member who moves to a plan whose Connects do not fit under the balance
limit is refused before any money moves, as for a purchase. What a renewal finds no room for waits
(`hold_rest`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import Sum

from connects.acts.credits.deliver_waiting import room_in
from connects.bootstrap.journals import journal
from connects.ledger.wallet import Wallet
from connects.market.members.selectors import Chain, carried_over
from connects.market.payments.models import PaymentStatus
from connects.market.purchases.models import Purchase
from connects.movements.change_plan import PlanOffer
from connects.movements.party import Party
from connects.statements.rollover import Rollover, rollover_loss
from connects.vocabulary.amounts import Connects
from connects.vocabulary.refusals import RefusalCode, Refused


def refusal_for_room(
    party: Party, chain: Chain, offer: PlanOffer, now: datetime, wallet: Wallet | None = None
) -> Refused | None:
    """The refusal `balance_cap` if the Connects of a plan would not fit; None if they do."""
    there = replace(party, plan=offer.plan)
    limit = there.balance_limit
    if limit is None or not party.book.limits.counts_plan_connects or not offer.price.cents:
        return None
    wallet = wallet or journal().wallet(party.account)
    room = (room_in(wallet, there, now) or 0) + trimmed_by(offer, party, chain, wallet)
    room -= _ordered(party.account)
    if offer.connects <= room:
        return None
    return Refused(
        RefusalCode.BALANCE_CAP,
        {
            "limit": limit,
            "balance": wallet.balance,
            "credits": offer.connects,
            "room": max(room, 0),
        },
    )


def trimmed_by(offer: PlanOffer, party: Party, chain: Chain, wallet: Wallet) -> Connects:
    """The Connects that the new month trims as it begins, of what is held now."""
    if not offer.new_cycle:
        return 0
    coming = Rollover(
        book=party.book,
        kind=party.kind,
        ended_plan=party.plan,
        new_plan=offer.plan,
        when=offer.begins,
        carried=carried_over(chain, party.kind, party.plan),
    )
    return rollover_loss(wallet, coming)


def _ordered(account: int) -> Connects:
    """The Connects ordered and not delivered yet: their room is taken."""
    waiting = Purchase.objects.filter(account=account, status=PaymentStatus.PENDING)
    return waiting.aggregate(credits=Sum("credits"))["credits"] or 0

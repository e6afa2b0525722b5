"""Posts by what a proposal costs the reader, asked of the prices that are stored."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from connects.market.jobs.models import Job, JobPrice
from connects.market.jobs.work_query import CONNECTS_MOST, WorkQuery
from connects.market.people.models import Account
from connects.market.proposals.held import live
from connects.market.proposals.models import Invitation
from connects.market.proposals.own_prices import proposals_sent
from connects.policy.terms import RuleBook

CARD_MOST = 1_000
"""More than any card asks for one proposal."""


def costing(
    jobs: QuerySet[Job],
    query: WorkQuery,
    book: RuleBook,
    account: Account | None,
    sent: int | None = None,
) -> QuerySet[Job]:
    """The posts whose proposal costs this account what is asked for; None: somebody who is not here.

    `sent` is how many of its proposals count, where that is known.

    Stored is the card's price; what a newcomer pays of it grows with it, so the reader's bounds are
    bounds of the card's. A post that nobody priced under this rule book yet is left out: the worker
    prices all open ones under each (`acts/jobs/price_ahead`).
    """
    if not query.asks_for_price:
        return jobs
    least = query.connects_least or 0
    most = CONNECTS_MOST if query.connects_most is None else query.connects_most
    if sent is None:
        sent = 0 if account is None else proposals_sent(account.pk, book)
    fits = [
        card
        for card in range(CARD_MOST + 1)
        if least <= (_own(card, sent, book) if account is not None else card) <= most
    ]
    paid = Q(pk__in=())
    if fits:
        paid = Q(
            Exists(
                JobPrice.objects.filter(
                    job=OuterRef("pk"),
                    revision=OuterRef("revision"),
                    digest=book.digest,
                    connects__range=(fits[0], fits[-1]),
                )
            )
        )
    free = _free(book, account)
    if free is None:
        return jobs.filter(paid)
    return jobs.filter(free | paid) if least == 0 else jobs.filter(~free & paid)


def _own(card: int, sent: int, book: RuleBook) -> int:
    few = book.free.newcomers
    if few is None or sent >= few.proposals:
        return card
    return -(-card * few.percent // 100)


def _free(book: RuleBook, account: Account | None) -> Q | None:
    """The posts that cost this account nothing, for who they are; None where there are none such."""
    found: list[Q] = []
    if account is not None and book.free.invitations:
        found.append(Q(Exists(Invitation.objects.filter(job=OuterRef("pk"), account=account))))
    if account is not None and book.free.private_cloud:
        found.append(Q(cloud__isnull=False))
    if account is not None and book.free.first_proposal:
        # A reservation counts as a proposal, as in `Ties.proposals`.
        reserved = Exists(live().filter(job=OuterRef("pk")))
        found.append(Q(proposal_count=0) & ~Q(reserved))
    if not found:
        return None
    free = found[0]
    for other in found[1:]:
        free |= other
    return free

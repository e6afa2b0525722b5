"""Prices for one proposer: what lists and pages show is what sending then costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db.models import Count

from connects.market.jobs.models import Job
from connects.market.jobs.prices import prices_for
from connects.market.people.models import Account
from connects.market.proposals.models import Proposal
from connects.market.proposals.ties import Ties, ties_to
from connects.policy.terms import RuleBook
from connects.pricing.concessions import Standing, for_proposer
from connects.pricing.explained import ExplainedPrice
from connects.pricing.quote import Price
from connects.vocabulary.amounts import Connects
from connects.vocabulary.returns import ReturnCause

_AS_IF_NOT_SENT = (ReturnCause.WITHDRAWN.value, ReturnCause.REMOVED_FOR_TERMS.value)


def own_prices(
    jobs: Sequence[Job],
    account: Account,
    book: RuleBook,
    prices: Mapping[int, Price] | None = None,
    sent: int | None = None,
) -> dict[int, Price]:
    """What these jobs cost an account, by the jobs' numbers.

    `prices` are the card's, and `sent` is how many of its proposals count, where these are known.
    """
    if not jobs:
        return {}
    prices = prices_for(jobs, book) if prices is None else prices
    ties = ties_to(jobs, account)
    sent = proposals_sent(account.pk, book) if sent is None else sent
    return {
        job.pk: for_proposer(prices[job.pk], book.free, standing(sent, ties[job.pk], book))
        for job in jobs
    }


def explained_for(
    explained: ExplainedPrice, job: Job, account: Account, book: RuleBook
) -> ExplainedPrice:
    """A card's price as it is for one proposer, with what would change that, and not the card's."""
    ties = ties_to([job], account)[job.pk]
    theirs = standing(proposals_sent(account.pk, book), ties, book)

    def own(connects: Connects) -> Price:
        return for_proposer(replace(explained.price, connects=connects), book.free, theirs)

    price = own(explained.price.connects)
    edits = (replace(edit, connects=own(edit.connects).connects) for edit in explained.edits)
    matter = tuple(edit for edit in edits if edit.connects != price.connects)
    return replace(explained, price=price, edits=matter)


def proposals_sent(account: int, book: RuleBook) -> int:
    """How many proposals count; they are counted only where the rule book asks that."""
    return sent_by({account: book})[account]


def sent_by(books: Mapping[int, RuleBook]) -> dict[int, int]:
    """The same for many accounts under their rule books, with one query at most."""
    asked = [account for account, book in books.items() if book.free.newcomers is not None]
    sent = dict.fromkeys(books, 0)
    if asked:
        # What was taken back in time, or went to a fraud, does not use up first proposals.
        counted = Proposal.objects.filter(account__in=asked).exclude(
            return_reason__in=_AS_IF_NOT_SENT
        )
        sent.update(counted.values_list("account").annotate(Count("pk")))
    return sent


def standing(sent: int, ties: Ties, book: RuleBook) -> Standing:
    """What the free clause asks of a proposer who has sent so many."""
    return Standing(
        proposals_sent=sent + ties.own_reservations,
        proposals_to_job=ties.proposals,
        invited=ties.invited,
        in_cloud=ties.in_cloud,
        free_again=ties.withdrew_free and book.again_free_if_free,
    )

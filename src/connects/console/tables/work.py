"""Jobs, proposals, the queue of flags, appeals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from connects.acts.rules.place_newcomer import default_rule_book
from connects.bootstrap.clock import now as clock_now
from connects.console.tables.columns import BulkAct, Column, Table
from connects.console.tables.links import account_link, job_link
from connects.market.jobs.lists import JOBS
from connects.market.jobs.models import Job
from connects.market.jobs.prices import prices_for
from connects.market.moderation.appeal_list import APPEALS
from connects.market.moderation.lists import FLAGGED, reasons_of
from connects.market.moderation.models import Appeal
from connects.market.people.permissions import Act
from connects.market.proposals.lists import PROPOSALS
from connects.market.proposals.models import Proposal
from connects.market.proposals.pipeline import state_of
from connects.vocabulary.amounts import Connects, Money
from connects.vocabulary.countries import country_name
from connects.wording.messages import mark


@dataclass(frozen=True, slots=True)
class PricedJob:
    """A job with what a newcomer would pay for a proposal to it now."""

    job: Job
    connects: Connects
    currency: str

    @property
    def budget(self) -> Money | None:
        cents = self.job.budget_cents
        return None if cents is None else Money(cents, self.currency)


def _priced(jobs: Sequence[Job]) -> list[PricedJob]:
    book = default_rule_book(clock_now())
    prices = prices_for(jobs, book)
    return [PricedJob(job, prices[job.pk].connects, book.currency) for job in jobs]


JOB_TABLE: Table[PricedJob] = Table(
    name="jobs",
    title=mark("Jobs"),
    address="console-posts",
    listing=JOBS,
    columns=(
        Column(
            "job", mark("Job"), lambda row: row.job.title, lambda row: job_link(row.job.public_id)
        ),
        Column(
            "client",
            mark("Client"),
            lambda row: row.job.client.name,
            lambda row: account_link(row.job.client),
        ),
        Column("posted", mark("Posted (UTC)"), lambda row: row.job.posted),
        Column("state", mark("State"), lambda row: row.job.get_status_display(), is_state=True),
        Column("price", mark("Price"), lambda row: row.connects, is_number=True),
        Column("proposals", mark("Proposals"), lambda row: row.job.proposal_count, is_number=True),
        Column("category", mark("Category"), lambda row: row.job.category, is_usual=False),
        Column("budget", mark("Budget"), lambda row: row.budget, is_number=True, is_usual=False),
        Column(
            "country",
            mark("Country"),
            lambda row: country_name(row.job.client.country),
            is_usual=False,
        ),
        Column("level", mark("Level"), lambda row: row.job.level, is_usual=False),
        Column("ended", mark("Ended (UTC)"), lambda row: row.job.ended, is_usual=False),
        Column(
            "removed", mark("Removed because"), lambda row: row.job.removed_because, is_usual=False
        ),
        Column("id", mark("Id"), lambda row: row.job.public_id, is_usual=False),
        Column("host_id", mark("Host's id"), lambda row: row.job.external_id, is_usual=False),
    ),
    empty=mark("No job matches. The words of titles and descriptions are searched."),
    dress=_priced,
)

PROPOSAL_TABLE: Table[Proposal] = Table(
    name="proposals",
    title=mark("Proposals"),
    address="console-proposals",
    listing=PROPOSALS,
    columns=(
        Column(
            "job", mark("Job"), lambda row: row.job.title, lambda row: job_link(row.job.public_id)
        ),
        Column(
            "account", mark("From"), lambda row: row.account.name, lambda r: account_link(r.account)
        ),
        Column("state", mark("State"), lambda row: state_of(row).words, is_state=True),
        Column("paid", mark("Paid"), lambda row: row.paid, is_number=True),
        Column("returned", mark("Came back"), lambda row: row.returned, is_number=True),
        Column("why", mark("Why it came back"), lambda row: row.return_reason, is_usual=False),
        Column("sent", mark("Sent (UTC)"), lambda row: row.submitted),
        Column("opened", mark("Opened (UTC)"), lambda row: row.opened, is_usual=False),
        Column("rules", mark("Rule book"), lambda row: row.rule_book, is_usual=False),
        Column(
            "by",
            mark("Written by"),
            lambda row: row.for_agency_by.name if row.for_agency_by else None,
            is_usual=False,
        ),
        Column("id", mark("Id"), lambda row: row.public_id, is_usual=False),
        Column("host_id", mark("Host's id"), lambda row: row.external_id, is_usual=False),
    ),
    empty=mark("No proposal matches. What was written in them is not searched."),
)


@dataclass(frozen=True, slots=True)
class FlaggedJob:
    """A job with flags to decide, and why it was flagged."""

    job: Job
    reasons: tuple[str, ...]

    def number(self, name: str) -> int:
        """A figure that the list has counted."""
        found: int = getattr(self.job, name)
        return found


def _with_reasons(jobs: Sequence[Job]) -> list[FlaggedJob]:
    reasons = reasons_of(list(jobs))
    return [FlaggedJob(job, tuple(reasons[job.pk])) for job in jobs]


FLAG_TABLE: Table[FlaggedJob] = Table(
    name="flagged",
    title=mark("Flagged jobs"),
    address="console-flagged",
    listing=FLAGGED,
    columns=(
        Column(
            "job", mark("Job"), lambda row: row.job.title, lambda row: job_link(row.job.public_id)
        ),
        Column("why", mark("Why"), lambda row: row.reasons),
        Column(
            "client",
            mark("Client"),
            lambda row: row.job.client.name,
            lambda row: account_link(row.job.client),
        ),
        Column("state", mark("State"), lambda row: row.job.get_status_display(), is_state=True),
        Column("since", mark("Since (UTC)"), lambda row: row.job.first),  # type: ignore[attr-defined]
        Column("flags", mark("Flags"), lambda row: row.number("flagged"), is_number=True),
        Column("weight", mark("Weight"), lambda row: row.number("weight"), is_number=True),
        Column(
            "stake", mark("Connects at stake"), lambda row: row.number("at_stake"), is_number=True
        ),
        Column("category", mark("Category"), lambda row: row.job.category, is_usual=False),
        Column(
            "proposals",
            mark("Proposals"),
            lambda row: row.job.proposal_count,
            None,
            False,
            True,
            False,
        ),
    ),
    empty=mark("No flag waits for a decision."),
    bulk=(BulkAct("dismiss-flags", mark("Dismiss their flags"), Act.DECIDE_FLAGS),),
    dress=_with_reasons,
)


def _appeal(row: Appeal) -> str:
    return reverse("console-appeal", args=[row.pk])


APPEAL_TABLE: Table[Appeal] = Table(
    name="appeals",
    title=mark("Appeals"),
    address="console-appeals",
    listing=APPEALS,
    columns=(
        Column("about", mark("About"), lambda row: row.proposal.job.title, _appeal),
        Column(
            "account", mark("From"), lambda row: row.account.name, lambda r: account_link(r.account)
        ),
        Column("made", mark("Made (UTC)"), lambda row: row.made),
        Column("state", mark("State"), lambda row: row.get_state_display(), is_state=True),
        Column(
            "stake",
            mark("Connects at stake"),
            lambda row: row.proposal.paid - row.proposal.returned,
            is_number=True,
        ),
        Column(
            "first", mark("First person"), lambda row: row.first_by.name if row.first_by else None
        ),
        Column("decided", mark("Decided (UTC)"), lambda row: row.decided, is_usual=False),
    ),
    empty=mark("No appeal matches."),
)

"""What a freelancer asks Find Work for: read from an address, checked whole, and put to the database.

A client's record is the one on which the post's price rests: as it stood when the post went live or was
last edited, kept on the post's row. So it is asked for without counting anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from connects.market.jobs.models import Job, JobSkill
from connects.vocabulary.amounts import Cents, Connects, Money
from connects.vocabulary.facts import JobKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid
from connects.vocabulary.skills import SKILL_CHARACTERS, skill_key
from connects.vocabulary.typed_input import Typed

CONNECTS_MOST = 999_999
DAYS_MOST = 365
ASKED = (
    *("q", "category", "kind", "level", "sort", "price_least", "price_most", "budget_least"),
    *(
        "budget_most",
        "rate_least",
        "hires",
        "seen",
        "posted",
        "proposals",
        "verified",
        "skill",
        "mine",
    ),
)
"""The names of the fields, as they stand in addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkQuery:
    """A freelancer's filter; an empty text, None or False is no condition.

    `skill` is one that the post asks for; `mine` wants posts that ask for one of the reader's own.

    `connects_*` is what a proposal costs the reader. `hires_percent` is the least share of the client's
    ended posts that led to a hire; `seen_days` and `posted_days` are how long ago the client last did
    something about the post, and it was published, at most.
    """

    text: str = ""
    category: str = ""
    kind: str = ""
    level: str = ""
    sort: str = "newest"
    page: int = 1
    connects_least: Connects | None = None
    connects_most: Connects | None = None
    budget_least: Cents | None = None
    budget_most: Cents | None = None
    rate_least: Cents | None = None
    hires_percent: int | None = None
    seen_days: int | None = None
    posted_days: int | None = None
    proposals_most: int | None = None
    verified: bool = False
    skill: str = ""
    mine: bool = False

    @property
    def asks_for_price(self) -> bool:
        """Whether it matters what a proposal costs."""
        return self.connects_least is not None or self.connects_most is not None


def work_query(typed: Typed, currency: str) -> WorkQuery | Refused:
    """What was asked for. Refused with `invalid` where something is no number, or nothing could match."""
    counts = {
        name: typed.number_or_none(name, most=most)
        for name, most in (
            ("price_least", CONNECTS_MOST),
            ("price_most", CONNECTS_MOST),
            ("hires", 100),
            ("seen", DAYS_MOST),
            ("posted", DAYS_MOST),
            ("proposals", CONNECTS_MOST),
        )
    }
    cents = {
        name: typed.cents(name, currency) if typed.line(name) else None
        for name in ("budget_least", "budget_most", "rate_least")
    }
    for wrong in (*counts.values(), *cents.values()):
        if isinstance(wrong, Refused):
            return wrong
    read: dict[str, int | None] = {**counts, **cents}  # type: ignore[dict-item]  # refusals are gone
    query = WorkQuery(
        text=typed.line("q"),
        category=typed.line("category"),
        kind=typed.line("kind"),
        level=typed.line("level"),
        sort=typed.line("sort") or "newest",
        page=typed.page(),
        connects_least=read["price_least"],
        connects_most=read["price_most"],
        budget_least=read["budget_least"],
        budget_most=read["budget_most"],
        rate_least=read["rate_least"],
        hires_percent=read["hires"],
        seen_days=read["seen"],
        posted_days=read["posted"],
        proposals_most=read["proposals"],
        verified=typed.is_set("verified"),
        skill=typed.line("skill", SKILL_CHARACTERS),
        mine=typed.is_set("mine"),
    )
    return _contradiction(query, currency) or query


def _money(cents: Cents | None, currency: str) -> str:
    return "" if cents is None else str(Money(cents, currency))


def _contradiction(query: WorkQuery, currency: str) -> Refused | None:
    for field, least, most, shown in (
        ("connects", query.connects_least, query.connects_most, str(query.connects_least)),
        ("budget", query.budget_least, query.budget_most, _money(query.budget_least, currency)),
    ):
        if least is not None and most is not None and least > most:
            return invalid(Problem.CONTRADICTS, field=field, least=shown)
    asks_budget = query.budget_least is not None or query.budget_most is not None
    if asks_budget and query.kind == JobKind.HOURLY:
        return invalid(Problem.OTHER_KIND_OF_PAY, field="budget")
    if query.rate_least is not None and query.kind == JobKind.FIXED:
        return invalid(Problem.OTHER_KIND_OF_PAY, field="rate")
    return None


def matching(jobs: QuerySet[Job], query: WorkQuery, now: datetime) -> QuerySet[Job]:
    """The posts that fit, but for their words and what a proposal costs."""
    for column in ("category", "kind", "level"):
        wanted = getattr(query, column)
        jobs = jobs.filter(**{column: wanted}) if wanted else jobs
    jobs = _paying(jobs, query)
    if query.hires_percent is not None:
        jobs = jobs.alias(hired_hundredfold=F("client_hires") * 100).filter(
            client_hires__gt=0,
            hired_hundredfold__gte=F("client_posts_ended") * query.hires_percent,
        )
    if query.seen_days is not None:
        jobs = jobs.filter(client_active__gte=now - timedelta(days=query.seen_days))
    if query.posted_days is not None:
        jobs = jobs.filter(posted__gte=now - timedelta(days=query.posted_days))
    if query.proposals_most is not None:
        jobs = jobs.filter(proposal_count__lte=query.proposals_most)
    if query.skill:
        asking = JobSkill.objects.filter(key=skill_key(query.skill))
        jobs = jobs.filter(pk__in=asking.values("job"))
    return jobs.filter(client__payment_verified=True) if query.verified else jobs


def _paying(jobs: QuerySet[Job], query: WorkQuery) -> QuerySet[Job]:
    """Fixed prices by their budget, posts by the hour by their highest rate; both where both are."""
    fixed, hourly = Q(kind=JobKind.FIXED), Q(kind=JobKind.HOURLY)
    asks_budget = query.budget_least is not None or query.budget_most is not None
    if query.budget_least is not None:
        fixed &= Q(budget_cents__gte=query.budget_least)
    if query.budget_most is not None:
        fixed &= Q(budget_cents__lte=query.budget_most)
    if query.rate_least is not None:
        hourly &= Q(hourly_max_cents__gte=query.rate_least) | Q(
            hourly_max_cents=None, hourly_min_cents__gte=query.rate_least
        )
    if asks_budget and query.rate_least is not None:
        return jobs.filter(fixed | hourly)
    if asks_budget:
        return jobs.filter(fixed)
    return jobs.filter(hourly) if query.rate_least is not None else jobs

"""Whom a client or an agency may like to invite: people they worked with, and others whose skills fit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db.models import Count, Max, Q

from connects.market.jobs.models import Job
from connects.market.people.models import Account, TeamMembership
from connects.market.profiles.models import ProfileSkill
from connects.market.profiles.persons import Person, persons
from connects.market.profiles.search import findable
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.vocabulary.skills import skill_key

SUGGESTED_MOST = 10
EARLIER_MOST = 10
WORDS_IN_SKILL_MOST = 3
_WORD = re.compile(r"[\w+#.]+")


def people_for(
    client: Account, job: Job | None, but: Sequence[int] = ()
) -> tuple[list[Person], list[Person]]:
    """Whom a client may want: people they worked with, and others whose skills the post names."""
    earlier = _worked_with(client)
    suggested = _suggested_for(job, [*but, *earlier]) if job is not None else []
    listed = {person.account.pk: person for person in _persons([*earlier, *suggested])}
    return [listed[pk] for pk in earlier], [listed[pk] for pk in suggested]


def _suggested_for(job: Job, but: Sequence[int]) -> list[int]:
    """Those who tell of most of the skills that the post names."""
    keys = skills_named(job)
    best = (
        ProfileSkill.objects.filter(key__in=keys)
        .exclude(profile_id__in=but)
        .filter(profile__account__in=findable().values("pk"))
        .values("profile_id")
        .annotate(fits=Count("pk"), newest=Max("profile__changed"))
        .order_by("-fits", "-newest", "profile_id")[:SUGGESTED_MOST]
    )
    return [row["profile_id"] for row in best] if keys else []


def skills_named(job: Job) -> set[str]:
    """The skills that a post asks for, as they are compared.

    Where it names none, they may be in its category, or in one to three words of its title.
    """
    if job.skills:
        return {skill_key(skill) for skill in job.skills}
    named = {skill_key(job.category)} if job.category else set()
    words = _WORD.findall(job.title.casefold())
    for many in range(1, WORDS_IN_SKILL_MOST + 1):
        named.update(
            " ".join(words[first : first + many]) for first in range(len(words) - many + 1)
        )
    return named


def _worked_with(client: Account) -> list[int]:
    """Whom a client hired or wrote with before: who was hired most, then the latest first."""
    dealt = Proposal.objects.filter(job__client=client)
    rows = (
        dealt.filter(Q(status=ProposalStatus.HIRED) | Q(messaged__isnull=False))
        .filter(account__suspended=None, account__closed=None)
        .values("account_id")
        .annotate(hired=Count("pk", filter=Q(status=ProposalStatus.HIRED)), latest=Max("submitted"))
        .order_by("-hired", "-latest")[:EARLIER_MOST]
    )
    return [row["account_id"] for row in rows]


def earlier_members(agency: Account) -> list[Person]:
    """Who was in an agency's team and left, the latest first."""
    now_in = TeamMembership.objects.filter(agency=agency, left=None).values("account")
    rows = TeamMembership.objects.filter(agency=agency, left__isnull=False)
    rows = rows.exclude(account__in=now_in).filter(account__suspended=None, account__closed=None)
    left = rows.values("account_id").annotate(latest=Max("left")).order_by("-latest")
    return _persons([row["account_id"] for row in left[:EARLIER_MOST]])


def _persons(ids: Sequence[int]) -> list[Person]:
    found = Account.objects.select_related("profile").in_bulk(list(ids))
    return persons(found[number] for number in ids)

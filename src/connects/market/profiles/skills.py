"""Posts and what somebody can do: which of the skills that a post asks for are theirs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from connects.market.jobs.models import Job, JobSkill
from connects.market.jobs.work_query import WorkQuery
from connects.market.people.models import Account
from connects.market.profiles.models import ProfileSkill
from connects.vocabulary.skills import skill_key


@dataclass(frozen=True, slots=True)
class AskedSkill:
    """A skill that a post asks for, and whether the reader tells of it."""

    name: str
    is_mine: bool


def asked_skills(skills: Sequence[str], mine: Collection[str]) -> list[AskedSkill]:
    """The skills of a post, beside those that the reader tells of."""
    keys = {skill_key(skill) for skill in mine}
    return [AskedSkill(skill, skill_key(skill) in keys) for skill in skills]


def fitting_skills(jobs: QuerySet[Job], query: WorkQuery, account: Account | None) -> QuerySet[Job]:
    """The posts that ask for one of the account's skills, if that is asked for."""
    if not query.mine or account is None:
        return jobs
    own = ProfileSkill.objects.filter(profile=account.pk).values("key")
    return jobs.filter(Exists(JobSkill.objects.filter(job=OuterRef("pk"), key__in=own)))

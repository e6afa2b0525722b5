"""Keep the skills that a post asks for where they can be found."""

from __future__ import annotations

from connects.market.jobs.models import Job, JobSkill
from connects.vocabulary.skills import skill_key


def keep_skills(job: Job, *, is_new: bool = False) -> None:
    """Make the rows of the post's skills those that it names now. Runs in the caller's transaction."""
    wanted = {skill_key(skill) for skill in job.skills}
    if not is_new:
        JobSkill.objects.filter(job=job).exclude(key__in=wanted).delete()
    rows = [JobSkill(job=job, key=key) for key in sorted(wanted)]
    JobSkill.objects.bulk_create(rows, ignore_conflicts=True)

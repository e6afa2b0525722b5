"""What a client changed of a job after somebody had proposed to it, line by line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from connects.market.jobs.facts import facts_of
from connects.market.jobs.models import Job
from connects.market.jobs.revised import job_at
from connects.market.proposals.models import Proposal
from connects.statements.text_changes import Piece, text_changes
from connects.vocabulary.facts import JobFacts
from connects.web.templatetags.connects_words import pay_words, range_words, say
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

Words = Callable[[Job, JobFacts, str], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of a job, then and now."""

    words: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class JobChange:
    """What differs: short facts, and the description word by word."""

    lines: tuple[Line, ...]
    text: tuple[Piece, ...]


def change_since(proposal: Proposal, currency: str) -> JobChange | None:
    """What the job says now against what was paid for; None where that is the same."""
    then = job_at(proposal.job, proposal.revision)
    if then is None:
        return None
    now = proposal.job
    facts = facts_of(then), facts_of(now)
    found = (
        Line(_(words), told(then, facts[0], currency), told(now, facts[1], currency))
        for words, told in _LINES
    )
    text = text_changes(then.description, now.description)
    same_text = then.description == now.description
    lines = tuple(line for line in found if line.then != line.now)
    return JobChange(lines, () if same_text else text) if lines or not same_text else None


def _pay(_job: Job, facts: JobFacts, currency: str) -> str:
    paid = pay_words(facts, currency)
    return f"{paid} {_('(open to offers)')}" if facts.budget_open else paid


def _level(_job: Job, facts: JobFacts, _currency: str) -> str:
    return say(facts.level.value if facts.level else "not said")


_LINES: tuple[tuple[str, Words], ...] = (
    (mark("Title"), lambda job, _facts, _currency: job.title),
    (mark("Pay"), _pay),
    (mark("Length"), lambda _job, facts, _currency: range_words(facts.duration_days, "days")),
    (
        mark("Hours a week"),
        lambda _job, facts, _currency: range_words(facts.hours_per_week, "hours"),
    ),
    (mark("Level"), _level),
    (mark("Category"), lambda job, _facts, _currency: job.category or _("not said")),
    (mark("Skills"), lambda job, _facts, _currency: ", ".join(job.skills) or _("not said")),
)

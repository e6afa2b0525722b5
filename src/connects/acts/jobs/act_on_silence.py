"""Silent clients are reminded, and their posts closed.

When a client moves to other rules while a post is quiet, the silence is counted from the move. What was
due under the old rules could otherwise close the post without the reminders that the new ones promise, or
right after the last of them.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from connects.acts.credits.forecast_returns import forecast_end
from connects.acts.credits.return_paid import record_returns_owed
from connects.acts.jobs.end import end_job
from connects.acts.jobs.note_activity import next_silence
from connects.acts.notices.outbox import put_in_outbox
from connects.market.jobs.models import SILENT, Job, JobStatus
from connects.market.members.selectors import InForce, chains_of
from connects.policy.terms import Posts
from connects.vocabulary.events import Event
from connects.vocabulary.returns import ReturnCause

BATCH = 100


def next_due(until: datetime) -> datetime | None:
    """The instant of the first reminder, or closing for silence, that is due by `until`."""
    rows = Job.objects.filter(silence_due__lte=until).order_by("silence_due")
    return rows.values_list("silence_due", flat=True).first()


def do_due(until: datetime, now: datetime) -> None:
    """Remind a batch of silent clients, or close their posts, each at its own instant."""
    with transaction.atomic():
        rows = Job.objects.select_for_update(of=("self",), skip_locked=True)
        due = list(
            rows.filter(silence_due__lte=until, status=JobStatus.OPEN).order_by("silence_due")[
                :BATCH
            ]
        )
        chains = chains_of((job.client_id for job in due), until)
        for job in due:
            _act_on(job, chains[job.client_id][-1], until, now)


def closes_for_silence(job: Job, now: datetime) -> datetime | None:
    """When the post is closed if its client does nothing; None where silence closes nothing."""
    rules = chains_of([job.client_id], now)[job.client_id][-1]
    posts = rules.book.posts
    return None if posts is None else _closing(posts, max(job.client_active, rules.since))


def _closing(posts: Posts, silent_since: datetime) -> datetime | None:
    if posts.silent_after_days is None:
        return None
    return silent_since + timedelta(days=posts.silent_after_days)


def _act_on(job: Job, rules: InForce, until: datetime, now: datetime) -> None:
    posts, silent_since = rules.book.posts, max(job.client_active, rules.since)
    _count_anew_after_a_move(job, posts, silent_since)
    if posts is None or job.silence_due is None or job.silence_due > until:
        job.save(update_fields=["reminders", "silence_due"])
    elif _is_reminded(posts, job.reminders):
        _remind(job, posts, silent_since, now)
    else:
        _close_silent(job, posts, job.silence_due)


def _count_anew_after_a_move(job: Job, posts: Posts | None, silent_since: datetime) -> None:
    """Forget the reminders of rules that the client has left; what the new ones know is due by them."""
    if job.silence_due != next_silence(posts, silent_since, job.reminders):
        job.reminders, job.silence_due = 0, next_silence(posts, silent_since, 0)


def _is_reminded(posts: Posts, reminders: int) -> bool:
    """Whether a reminder is next; where silence closes nothing, they never end."""
    if reminders < len(posts.reminders_after_days):
        return True
    return bool(posts.reminders_after_days) and posts.silent_after_days is None


def _remind(job: Job, posts: Posts, silent_since: datetime, now: datetime) -> None:
    at = job.silence_due
    assert at is not None
    job.reminders += 1
    job.silence_due = next_silence(posts, silent_since, job.reminders)
    job.save(update_fields=["reminders", "silence_due"])
    put_in_outbox([_reminder(job, at, _closing(posts, silent_since))], now)


def _reminder(job: Job, at: datetime, closing: datetime | None) -> Event:
    back = forecast_end(job, ReturnCause.CLOSED_WITHOUT_HIRE, at)
    later = forecast_end(job, ReturnCause.NEVER_CLOSED, closing) if closing else None
    return Event(
        key=f"silence:{job.public_id}:{at.isoformat()}",
        account=job.client_id,
        code="post-waiting",
        parameters={
            "job": job.public_id,
            "title": job.title,
            "proposals": job.proposal_count,
            "closes": closing is not None,
            "closing": closing.isoformat() if closing else None,
            "people": back.people,
            "connects": back.connects,
            "people_later": later.people if later else 0,
            "connects_later": later.connects if later else 0,
            "revision": job.revision,
        },
    )


def _close_silent(job: Job, posts: Posts, at: datetime) -> None:
    back = forecast_end(job, ReturnCause.NEVER_CLOSED, at)
    until = at + timedelta(days=posts.reopen_within_days)
    end_job(job, JobStatus.CLOSED, SILENT, at, by="silence")
    record_returns_owed(job, ReturnCause.NEVER_CLOSED, at)
    put_in_outbox(
        [
            Event(
                key=f"silent:{job.public_id}:{at.isoformat()}",
                account=job.client_id,
                code="post-closed-for-silence",
                parameters={
                    "job": job.public_id,
                    "title": job.title,
                    "days": posts.silent_after_days,
                    "people": back.people,
                    "connects": back.connects,
                    "until": until.isoformat() if posts.reopen_within_days else None,
                },
            )
        ],
        at,
    )

"""Silent clients are reminded, and their posts closed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.acts.credits.forecast_returns import forecast_end
from connects.acts.credits.return_paid import record_returns_owed
from connects.acts.jobs.end import end_job
from connects.acts.jobs.note_activity import next_silence
from connects.acts.notices.outbox import put_in_outbox
from connects.market.jobs.models import SILENT, Job, JobStatus
from connects.market.members.selectors import rule_books_of
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
        books = rule_books_of((job.client_id for job in due), until)
        for job in due:
            assert job.silence_due is not None
            posts = books[job.client_id].posts
            if posts is not None and _is_reminded(posts, job.reminders):
                _remind(job, posts, job.silence_due, now)
            elif posts is not None and posts.silent_after_days is not None:
                _close_silent(job, job.silence_due)
            else:
                # The client has moved to rules that know no silence.
                job.silence_due = None
                job.save(update_fields=["silence_due"])


def _is_reminded(posts: Posts, reminders: int) -> bool:
    """Whether a reminder is next; where silence closes nothing, they never end."""
    if reminders < len(posts.reminders_after_days):
        return True
    return bool(posts.reminders_after_days) and posts.silent_after_days is None


def _remind(job: Job, posts: Posts, at: datetime, now: datetime) -> None:
    job.reminders += 1
    job.silence_due = next_silence(posts, job.client_active, job.reminders)
    job.save(update_fields=["reminders", "silence_due"])
    put_in_outbox([_reminder(job, at, closes=posts.silent_after_days is not None)], now)


def _reminder(job: Job, at: datetime, *, closes: bool) -> Event:
    back = forecast_end(job, ReturnCause.CLOSED_WITHOUT_HIRE, at)
    return Event(
        key=f"silence:{job.public_id}:{at.isoformat()}",
        account=job.client_id,
        code="post-waiting",
        parameters={
            "job": job.public_id,
            "title": job.title,
            "proposals": job.proposal_count,
            "closes": closes,
            "people": back.people,
            "connects": back.connects,
            "revision": job.revision,
        },
    )


def _close_silent(job: Job, at: datetime) -> None:
    end_job(job, JobStatus.CLOSED, SILENT, at, by="silence")
    record_returns_owed(job, ReturnCause.NEVER_CLOSED, at)
    put_in_outbox(
        [
            Event(
                key=f"silent:{job.public_id}:{at.isoformat()}",
                account=job.client_id,
                code="post-closed-for-silence",
                parameters={"job": job.public_id, "title": job.title},
            )
        ],
        at,
    )

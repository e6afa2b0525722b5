"""Record what the client does about a post, and what is due when they do nothing.

Only acts of the client count: opening, writing, shortlisting, inviting, declining, hiring, and an edit
that changes something. Proposals never do.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from connects.market.jobs.models import Job
from connects.policy.terms import Posts, RuleBook


def note_activity(job: Job, book: RuleBook, now: datetime) -> None:
    """Restart the client's silence. The caller has locked the row."""
    job.client_active = now
    job.reminders = 0
    job.silence_due = next_silence(book.posts, now, 0)
    job.save(update_fields=["client_active", "reminders", "silence_due"])


def next_silence(posts: Posts | None, active: datetime, reminders: int) -> datetime | None:
    """When the next reminder, or the closing, is due; None where the rule book has neither.

    Where silence closes nothing, reminders go on as long as the post is open, as far apart as the last
    two of the rule book's.
    """
    if posts is None:
        return None
    days = [*posts.reminders_after_days]
    if posts.silent_after_days is not None:
        days.append(posts.silent_after_days)
    if reminders < len(days):
        return active + timedelta(days=days[reminders])
    if posts.silent_after_days is not None or not days:
        return None
    apart = days[-1] - days[-2] if len(days) > 1 else days[-1]
    return active + timedelta(days=days[-1] + max(apart, 1) * (reminders - len(days) + 1))


def expires_at(posts: Posts | None, posted: datetime) -> datetime | None:
    """When a post that was published then ends by its age alone; None: never."""
    if posts is None or posts.expires_after_days is None:
        return None
    return posted + timedelta(days=posts.expires_after_days)

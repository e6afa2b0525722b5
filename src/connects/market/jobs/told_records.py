"""A client's record as it was when a post went live, and as a host tells it."""

from __future__ import annotations

from connects.market.jobs.models import Job
from connects.market.jobs.records import ClientRecord
from connects.market.people.models import Account
from connects.statements.odds import odds


def record_when_posted(job: Job) -> ClientRecord:
    """The client's record on which the post's price rests: as it was when it went live or was edited."""
    ended = job.client_posts_ended
    return ClientRecord(
        posts=ended,
        hired=odds(min(job.client_hires, ended), ended),
        left_open=odds(min(job.client_left_open, ended), ended),
        opened=odds(0, 0),
        came_back=odds(0, 0),
    )


def told_record(client: Account, own: ClientRecord) -> ClientRecord | None:
    """The client's record as the host tells it, as long as it knows of more than has happened here."""
    ended = client.told_posts_ended
    if ended is None or ended <= own.left_open.cases:
        return None
    left, hires = client.told_left_open or 0, client.told_hires or 0
    return ClientRecord(
        posts=ended,
        hired=odds(min(hires, ended), ended),
        left_open=odds(min(left, ended), ended),
        opened=own.opened,
        came_back=own.came_back,
    )

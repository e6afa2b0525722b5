"""Sessions: how long they last, where they are open, and how all of them end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from connects.market.people.models import User
from connects.market.people.permissions import is_staff

_SIGNED_IN, _SEEN = "signed_in", "seen"
NOTED_EVERY = timedelta(minutes=1)
ASKED_AGAIN_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One place where a person is signed in."""

    number: int
    address: str
    browser: str
    signed_in: datetime
    seen: datetime
    is_this_one: bool


def begin(session: SessionBase, now: datetime) -> None:
    """Note in a session that its person has just signed in."""
    session[_SIGNED_IN] = session[_SEEN] = now.timestamp()


def record_session(request: HttpRequest, user: User) -> None:
    """Put the request's session on the list of where its person is signed in."""
    UserSession.objects.create_from_request(request, user=user)


def forget_session(session_key: str | None) -> None:
    """Take a session off the list, since its person signed out."""
    UserSession.objects.filter(session_key=session_key).delete()


def has_begun(session: SessionBase) -> bool:
    """Whether the session knows when it began; those from before an upgrade do not."""
    return _SIGNED_IN in session


def is_over(session: SessionBase, user: User, now: datetime) -> bool:
    """Whether the session has been idle for too long, or is too old. Staff sessions end sooner."""
    idle, whole = settings.STAFF_SESSIONS if is_staff(user) else settings.MEMBER_SESSIONS
    moment = now.timestamp()
    is_idle: bool = moment - session[_SEEN] > idle.total_seconds()
    is_old: bool = moment - session[_SIGNED_IN] > whole.total_seconds()
    return is_idle or is_old


def note_seen(session: SessionBase, now: datetime) -> bool:
    """Note that the session is used, once a minute; whether it was noted now."""
    if abs(now.timestamp() - session[_SEEN]) < NOTED_EVERY.total_seconds():
        return False
    session[_SEEN] = now.timestamp()
    return True


def signed_in_lately(session: SessionBase, now: datetime) -> bool:
    """Whether the person entered their password so short a time ago that it need not be asked again."""
    since = now.timestamp() - session.get(_SIGNED_IN, 0)
    return bool(0 <= since < ASKED_AGAIN_AFTER.total_seconds())


def record_address(session_key: str, address: str, now: datetime) -> None:
    """Note from where a session was last used."""
    UserSession.objects.filter(session_key=session_key).update(ip=address, last_seen_at=now)


def open_sessions(user: User, session_key: str | None, now: datetime) -> list[OpenSession]:
    """The person's open sessions, the last used first."""
    rows = UserSession.objects.filter(user=user).order_by("-last_seen_at")
    keys = [row.session_key for row in rows]
    live = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=now).values_list(
            "session_key", flat=True
        )
    )
    return [
        OpenSession(
            row.pk,
            row.ip,
            row.user_agent,
            row.created_at,
            row.last_seen_at,
            row.session_key == session_key,
        )
        for row in rows
        if row.session_key in live
    ]


def end_session(user: User, number: int) -> bool:
    """End one session of a person's; whether there was one."""
    row = UserSession.objects.filter(user=user, pk=number).first()
    if row is None:
        return False
    with transaction.atomic():
        Session.objects.filter(session_key=row.session_key).delete()
        row.delete()
    return True


def end_sessions(user: User) -> None:
    """End every session of a person's, also those that no list knows.

    Each session bears the person's generation, so that a new generation ends them all at once. `user`
    has the new one afterwards, for who wants to go on in the session at hand.
    """
    with transaction.atomic():
        rows = UserSession.objects.filter(user=user)
        Session.objects.filter(session_key__in=rows.values("session_key")).delete()
        rows.delete()
        User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])

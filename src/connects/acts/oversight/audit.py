"""The audit of staff."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from connects.market.many_rows import new_row
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.market.trust.models import StaffAct
from connects.vocabulary.refusals import Refused
from connects.vocabulary.typed_input import REASON_CHARACTERS, text_refused

SYSTEM = "marketplace"
API_CLIENT = "api-client"
READ_ONCE_WITHIN = timedelta(hours=1)


def reason_refused(staff: User | None, reason: str) -> Refused | None:
    """What is wrong with why somebody of staff acts, if anything. The marketplace gives no reason."""
    return (
        None if staff is None else text_refused("reason", reason, REASON_CHARACTERS, required=True)
    )


def note_act(
    user: User | None,
    act: str,
    subject: str,
    reason: str,
    now: datetime,
    parameters: Mapping[str, object] | None = None,
) -> None:
    """Add a line, in the transaction of the act itself. `user` is None where the system acted."""
    StaffAct.objects.create(
        user=user,
        role=user.staff_role if user else SYSTEM,
        act=act,
        subject=subject,
        reason=reason[:500],
        parameters=dict(parameters or {}),
        done=now,
    )


def note_client_act(
    client: str,
    person: str,
    act: str,
    subject: str,
    now: datetime,
    parameters: Mapping[str, object],
) -> None:
    """Add a line that a host's program acted, in the transaction of the act."""
    client_act(client, person, act, subject, now, parameters).save()


def client_act(
    client: str,
    person: str,
    act: str,
    subject: str,
    now: datetime,
    parameters: Mapping[str, object],
) -> StaffAct:
    """A line, not saved, that a host's program acted: its name, and who stands behind it, if any."""
    told = {"client": client, **({"person": person} if person else {}), **parameters}
    return new_row(
        StaffAct,
        {
            "role": API_CLIENT,
            "act": act,
            "subject": subject[:80],
            "reason": f"{client}: {person}" if person else client,
            "parameters": told,
            "done": now,
        },
    )


def note_exposed_key(client: str, subject: str, origin: str, now: datetime) -> None:
    """Record that a server key came from a browser's page; one line an hour, however often it does."""
    act = client_act(client, "", "server-key-in-browser", subject, now, {"origin": origin[:200]})
    lately = StaffAct.objects.filter(act=act.act, subject=act.subject)
    if not lately.filter(done__gt=now - READ_ONCE_WITHIN).exists():
        act.save()


def note_reading(user: User, act: Act, subject: str, now: datetime) -> None:
    """Record that somebody read something sensitive; one line an hour, however often they open it."""
    # Some acts give their name to the deed, too: nobody is to mistake one who looked for one who did it.
    name = act.value if act.value.startswith("read-") else f"read-to-{act.value}"
    lately = StaffAct.objects.filter(user=user, act=name, subject=subject)
    if not lately.filter(done__gt=now - READ_ONCE_WITHIN).exists():
        note_act(user, name, subject, "", now)

"""Links that work once, for a day: the way in without a password, or without a mail server."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from connects.acts.oversight.audit import note_act
from connects.bootstrap.clock import now as clock_now
from connects.market.people.models import User
from connects.market.people.permissions import is_staff
from connects.market.staff.models import StaffLink
from connects.vocabulary.names import name_problem, tidied_name
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid

WORKS_FOR = timedelta(hours=24)


def make_link(user: User, now: datetime) -> str:
    """Make a person's link, as an address; an earlier one stops. Runs in the caller's transaction."""
    secret = secrets.token_urlsafe(32)
    StaffLink.objects.update_or_create(
        user=user, defaults={"secret_hash": _hash(secret), "expires": now + WORKS_FOR}
    )
    return f"{settings.ADDRESS}/staff/{secret}/"


def person_of(secret: str, now: datetime) -> User | None:
    """The person whose link this is, while it works."""
    rows = StaffLink.objects.select_related("user").filter(expires__gt=now)
    link = rows.filter(secret_hash=_hash(secret)).first()
    return link.user if link is not None and is_staff(link.user) else None


def use_link(secret: str, name: str, password: str) -> User | Refused:
    """Set the name and password of the link's person, once. The password was found good by the form.

    Refused with `invalid`: the name is none, or the link does not work (any more).
    """
    now, name = clock_now(), tidied_name(name)
    problem = name_problem(name)
    if problem is not None:
        return invalid(problem, field="name")
    with transaction.atomic():
        user = person_of(secret, now)
        # Of two who use it at once, one deletes the row.
        rows = StaffLink.objects.filter(secret_hash=_hash(secret))
        if user is None or not rows.delete()[0]:
            return invalid(Problem.USED_OR_OLD, field="link")
        user.name = name
        user.set_password(password)
        user.save(update_fields=["name", "password"])
        # The operator who handed the link over vouches for the address.
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )
        note_act(user, "use-staff-link", f"person:{user.pk}", "", now)
    return user


def _hash(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()

"""A way back in for who lost their second factor: the phone, and the recovery codes with it."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from connects.acts.notices.send_account_emails import write_account_email
from connects.acts.oversight.audit import note_act
from connects.market.people.models import User
from connects.statements.account_emails import AccountEmailKind


def remove_second_factor(person: User, by: User | None, reason: str, now: datetime) -> bool:
    """Take a person's second factor away, and tell them by e-mail; whether they had one.

    Whoever asks for it has made sure who the person is: from here on the password alone signs in. Where
    the site asks for a second factor, the person sets up a new one first of all.
    """
    with transaction.atomic():
        rows = Authenticator.objects.filter(user=person)
        if not rows.delete()[0]:
            return False
        note_act(by, "remove-second-factor", f"person:{person.pk}", reason, now)
        when = {"when": f"{now:%-d %B %Y, %H:%M} UTC"}
        kind = AccountEmailKind.SECOND_FACTOR_OFF
        write_account_email(kind, person.email, now, user=person, parameters=when)
    return True

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
    """Remove a person's second factor and tell them by e-mail; return whether they had one.

    The caller has made sure who the person is: from here on the password alone signs in. If the site
    requires a second factor, the person has to set up a new one at the next sign-in.
    """
    with transaction.atomic():
        rows = Authenticator.objects.filter(user=person)
        if not rows.delete()[0]:
            return False
        note_act(by, "remove-second-factor", f"person:{person.pk}", reason, now)
        when = {"when": now.isoformat()}
        kind = AccountEmailKind.SECOND_FACTOR_OFF
        write_account_email(kind, person.email, now, user=person, parameters=when)
    return True

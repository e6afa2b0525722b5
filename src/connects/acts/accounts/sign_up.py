"""Sign up, and confirm the address: nobody takes part before they have shown that they read its e-mail.

Signing up gives the same response whether or not an address is known here; only the e-mail differs. The
person is made at once, so that they can sign in. Their account, its wallet and the newcomers' grant
follow when the address is confirmed. Confirming takes both the link and the password. Somebody who
signed up with a foreign address lacks the link; its owner, who has the link, lacks the password and
sets a new one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse

from connects.acts.accounts.register import Registration, register
from connects.acts.notices.send_account_emails import was_written_since, write_account_email
from connects.market.people.models import Account, SignUp, User
from connects.market.people.permissions import is_staff
from connects.statements.account_emails import AccountEmailKind
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from connects.wording.languages import language

BETWEEN_EMAILS = timedelta(minutes=3)
FORGOTTEN_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUpRequest:
    """A sign-up as entered. The name and the password were checked."""

    name: str
    kind: AccountKind
    email: str
    password: str


def sign_up(request: SignUpRequest, now: datetime) -> None:
    """Record the request and write to its address. The response does not reveal whether it was known."""
    email = request.email.lower()
    try:
        with transaction.atomic():
            known = User.objects.select_for_update().filter(email=email).first()
            if known is None:
                known = User.objects.create_user(
                    email, request.name, request.password, confirmed=False, language=language()
                )
                SignUp.objects.create(user=known, kind=request.kind.value, asked=now)
            elif _waits(known):
                _take_latest(known, request, now)
            else:
                make_password(request.password)  # takes as long as for a newcomer
                _tell_owner(known, now)
                return
            send_confirmation(known, now)
    except IntegrityError:
        return  # the same request at the same moment: the other one has written


def _waits(user: User) -> bool:
    return not is_staff(user) and SignUp.objects.filter(user=user).exists()


def _take_latest(user: User, request: SignUpRequest, now: datetime) -> None:
    """Keep the latest request: while nobody has confirmed the address, the last one is as good as the
    first.
    """
    user.name = request.name
    user.set_password(request.password)
    user.save(update_fields=["name", "password"])
    SignUp.objects.filter(user=user).update(kind=request.kind.value, asked=now)


def _tell_owner(user: User, now: datetime) -> None:
    kind = AccountEmailKind.ALREADY_HERE
    if user.is_active and not was_written_since(kind, user.email, now - BETWEEN_EMAILS):
        link = reverse("account_reset_password")
        write_account_email(kind, user.email, now, user=user, link=link)


def send_confirmation(user: User, now: datetime) -> bool:
    """Write the e-mail with which the address is confirmed, unless one was written a moment ago."""
    address = EmailAddress.objects.filter(user=user, email=user.email, verified=False).first()
    kind = AccountEmailKind.CONFIRM
    if address is None or was_written_since(kind, user.email, now - BETWEEN_EMAILS):
        return False
    link = reverse("account_confirm_email", args=[EmailConfirmationHMAC(address).key])
    write_account_email(
        kind, user.email, now, user=user, link=link, parameters={"email": user.email}
    )
    return True


def is_confirmed(user: User) -> bool:
    """Whether the person has shown that they read the address that they sign in with."""
    rows = EmailAddress.objects.filter(user=user, email=user.email, verified=True)
    return bool(rows.exists())


def confirm_address(confirmation: EmailConfirmationHMAC, request: HttpRequest) -> bool:
    """Confirm the address of a link; whether that could be done, or it is somebody else's by now."""
    address = confirmation.email_address
    if User.objects.filter(email=address.email).exclude(pk=address.user_id).exists():
        return False
    try:
        with transaction.atomic():
            return confirmation.confirm(request) is not None
    except IntegrityError:
        return False  # somebody else took the address at this very moment


def confirm_own_address(user: User) -> None:
    """Confirm the address that a person signs in with: they have used a link that was sent there."""
    EmailAddress.objects.filter(user=user, email=user.email).update(verified=True, primary=True)


def complete_sign_up(user: User) -> Account | Refused | None:
    """Make the account that a confirmed person asked for; None where nothing waits."""
    with transaction.atomic():
        waiting = SignUp.objects.select_for_update().filter(user=user).first()
        if waiting is None or not is_confirmed(user):
            return None
        waiting.delete()
        return register(Registration(name=user.name, kind=AccountKind(waiting.kind)), person=user)


def forget_unconfirmed(now: datetime) -> int:
    """Forget people who never confirmed their address; how many."""
    old = SignUp.objects.filter(asked__lt=now - FORGOTTEN_AFTER, user__memberships__isnull=True)
    people = list(old.values_list("user_id", flat=True)[:1_000])
    User.objects.filter(pk__in=people, staff_role="").delete()
    return len(people)

"""What protects a person's access: their e-mail addresses, and a second factor."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from connects.market.people.models import User
from connects.vocabulary.parties import Role


def addresses_of(user: User) -> list[EmailAddress]:
    """The address that a person signs in with, and one that they have asked to change to."""
    return list(EmailAddress.objects.filter(user=user))


def has_second_factor(user: User) -> bool:
    """Whether the person signs in with codes from an app."""
    rows = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    return bool(rows.exists())


def person_with_email(email: str) -> User | None:
    """The person who signs in with that address, however it is capitalized."""
    return User.objects.filter(email=email.strip().lower()).first()


def active_people_with_email(email: str) -> list[User]:
    """Those who can sign in with that address: one person, or nobody."""
    return [user for user in (person_with_email(email),) if user is not None and user.is_active]


def person_again(user: User) -> User:
    """A person as they are stored now."""
    return User.objects.get(pk=user.pk)


def has_operator() -> bool:
    """Whether there is an operator who can sign in."""
    return User.objects.filter(staff_role=Role.OPERATOR.value, is_active=True).exists()

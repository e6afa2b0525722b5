"""Add people to the staff, change their role, and stop them; each act leaves a line in the audit.

`by` is the operator, or None for the command line. A person who gets another role, or none, is signed
out everywhere. The audit names people by number, not by e-mail address, since its lines outlive what is
known about a person.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from connects.acts.accounts.remove_second_factor import remove_second_factor
from connects.acts.accounts.sessions import end_sessions
from connects.acts.oversight.audit import note_act
from connects.acts.staff.staff_links import make_link
from connects.bootstrap.clock import now as clock_now
from connects.market.people.models import STAFF_ROLES, Membership, SignUp, User
from connects.market.people.permissions import Act, denied, is_staff
from connects.market.staff.models import StaffLink
from connects.vocabulary.parties import Role
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid, not_allowed

EMAIL_CHARACTERS = 254


@dataclass(frozen=True, slots=True)
class Linked:
    """A person, and the link by which they set their password."""

    user: User
    link: str


def add(email: str, role: str, by: User | None) -> Linked | Refused:
    """Add a person to the staff. A member keeps their accounts, but needs the link to sign in again.

    Their old password stops: that somebody once signed up with an e-mail address proves nothing. Who
    has not used their link yet gets another one, for the same role alone.
    Refused with `not_allowed`, or with `invalid` (`unknown_role`, `not_an_email`, `staff_already`).
    """
    refused = denied(by, Act.MANAGE_STAFF) or _wrong_role(role)
    if refused is not None:
        return refused
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        return invalid(Problem.NOT_AN_EMAIL, field="email")
    if len(email) > EMAIL_CHARACTERS:
        return invalid(Problem.NOT_AN_EMAIL, field="email")
    now = clock_now()
    with transaction.atomic():
        user = _locked(email) or _made(email)
        if is_staff(user) and (user.has_usable_password() or user.staff_role != role):
            return invalid(Problem.STAFF_ALREADY, field="email", role=user.staff_role)
        user.staff_role, user.is_active = role, True
        user.set_unusable_password()
        user.save(update_fields=["staff_role", "is_active", "password"])
        SignUp.objects.filter(user=user).delete()
        end_sessions(user)
        note_act(by, "add-staff", f"person:{user.pk}", role, now)
        return Linked(user, make_link(user, now))


def new_link(email: str, by: User | None) -> Linked | Refused:
    """A new link for who lost theirs, their password or their second factor. Refused like `stop`.

    The password and the second factor stop.
    """
    refused = denied(by, Act.MANAGE_STAFF)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        user = _staff(email)
        if isinstance(user, Refused):
            return user
        user.set_unusable_password()
        user.save(update_fields=["password"])
        remove_second_factor(user, by, "new link", now)
        end_sessions(user)
        note_act(by, "new-staff-link", f"person:{user.pk}", user.staff_role, now)
        return Linked(user, make_link(user, now))


def set_role(email: str, role: str, by: User | None, *, force: bool = False) -> User | Refused:
    """Give a member of staff another role. Refused like `stop`, or with `invalid` (`unknown_role`)."""
    refused = denied(by, Act.MANAGE_STAFF) or _wrong_role(role)
    if refused is not None:
        return refused
    with transaction.atomic():
        user = _staff(email)
        if isinstance(user, Refused) or user.staff_role == role:
            return user
        refused = _last_operator(user) if not force else None
        if refused is not None:
            return refused
        was, user.staff_role = user.staff_role, role
        user.save(update_fields=["staff_role"])
        end_sessions(user)
        note_act(by, "change-staff-role", f"person:{user.pk}", f"{was} to {role}", clock_now())
        return user


def stop(email: str, by: User | None, *, force: bool = False) -> User | Refused:
    """Take a person off the staff. Who acts for no account cannot sign in any more.

    Refused with `not_allowed` (`staff_role`; `last_operator`, unless forced) or `invalid`
    (`not_on_the_staff`).
    """
    refused = denied(by, Act.MANAGE_STAFF)
    if refused is not None:
        return refused
    with transaction.atomic():
        user = _staff(email)
        if isinstance(user, Refused):
            return user
        refused = _last_operator(user) if not force else None
        if refused is not None:
            return refused
        was, user.staff_role = user.staff_role, ""
        user.is_active = Membership.objects.filter(user=user).exists()
        user.save(update_fields=["staff_role", "is_active"])
        StaffLink.objects.filter(user=user).delete()
        end_sessions(user)
        note_act(by, "stop-staff", f"person:{user.pk}", f"was {was}", clock_now())
        return user


def _locked(email: str) -> User | None:
    return User.objects.select_for_update(no_key=True).filter(email=email.strip().lower()).first()


def _made(email: str) -> User:
    """A new person; where somebody has made them in this very moment, that one."""
    try:
        with transaction.atomic():
            return User.objects.create_user(email, email.partition("@")[0][:80], None)
    except IntegrityError:
        found = _locked(email)
        assert found is not None
        return found


def _staff(email: str) -> User | Refused:
    user = _locked(email)
    if user is None or not is_staff(user):
        return invalid(Problem.NOT_ON_THE_STAFF, field="email")
    return user


def _wrong_role(role: str) -> Refused | None:
    if role in STAFF_ROLES:
        return None
    return invalid(Problem.UNKNOWN_ROLE, field="role", roles=", ".join(STAFF_ROLES))


def _last_operator(user: User) -> Refused | None:
    """The refusal if nobody else could sign in as an operator; their rows are locked."""
    operators = User.objects.select_for_update(no_key=True).filter(
        staff_role=Role.OPERATOR.value, is_active=True
    )
    able = [row.pk for row in operators.order_by("pk") if row.has_usable_password()]
    if able != [user.pk]:
        return None
    return not_allowed(Problem.LAST_OPERATOR)

"""Rows for people (users), accounts, and who acts for which account."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from typing_extensions import override

from connects.bootstrap.clock import now as clock_now
from connects.vocabulary.parties import AccountKind, Role

STAFF_ROLES = (Role.MODERATOR, Role.SUPPORT, Role.FINANCE, Role.POLICY, Role.OPERATOR)
TEAM_ROLES = (Role.AGENCY_OWNER, Role.AGENCY_ADMIN, Role.AGENCY_MEMBER)
ACCOUNT_ROLES = (Role.FREELANCER, *TEAM_ROLES, Role.CLIENT)


def _choices(values: tuple[Role, ...]) -> list[tuple[str, str]]:
    return [(value.value, value.value.replace("-", " ")) for value in values]


class UserManager(BaseUserManager["User"]):
    def create_user(
        self,
        email: str,
        name: str,
        password: str | None,
        staff_role: str = "",
        *,
        confirmed: bool = True,
        language: str = "",
    ) -> User:
        """A person who can sign in; without a password, one who cannot.

        `confirmed` says whether it is known that they read the e-mail address: by default, since
        staff, stories and the demo vouch for those whom they add.
        """
        user = self.model(
            email=email.lower(),
            name=name,
            staff_role=staff_role,
            joined=clock_now(),
            language=language,
        )
        user.set_password(password)
        user.save(using=self._db)
        email_address = apps.get_model("account", "EmailAddress")
        email_address(user=user, email=user.email, verified=confirmed, primary=confirmed).save()
        return user


class User(AbstractBaseUser):
    """A person. What they may do follows from their accounts, or from their staff role."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    staff_role = models.CharField(max_length=20, blank=True, choices=_choices(STAFF_ROLES))
    is_active = models.BooleanField(default=True)
    # Null for who was here before this was kept.
    joined = models.DateTimeField(null=True)
    # Counts how often all of the person's sessions were ended; part of what each session is signed with.
    session_generation = models.PositiveIntegerField(default=0)
    # Pages and e-mails are in this language; empty: pages as the browser asks, e-mails in English.
    language = models.CharField(max_length=8, blank=True, default="")

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    @override
    def get_session_auth_hash(self) -> str:
        """What a session must bear to be this person's: another one after a new password, or an end."""
        return self._of_this_generation(super().get_session_auth_hash())

    @override
    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under earlier secret keys."""
        return map(self._of_this_generation, super().get_session_auth_fallback_hash())

    def _of_this_generation(self, signed: str) -> str:
        return f"{signed}.{self.session_generation}" if self.session_generation else signed


class SignUp(models.Model):
    """A sign-up whose e-mail address is not confirmed yet: only then is there an account."""

    user = models.OneToOneField(User, models.CASCADE, related_name="sign_up")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in AccountKind])
    asked = models.DateTimeField()


class Account(models.Model):
    """One who takes part: a freelancer, an agency or a client. The id is the wallet's id, too."""

    handle = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in AccountKind])
    country = models.CharField(max_length=2, blank=True)
    payment_verified = models.BooleanField(null=True)
    registered = models.DateTimeField()
    suspended = models.DateTimeField(null=True)
    # Closed by its member, or erased: nobody acts for it any more. It is suspended, too, for good.
    closed = models.DateTimeField(null=True)
    erased = models.DateTimeField(null=True)
    # The most that its wallet spends on proposals in a calendar month; null: no limit of its own.
    spends_most = models.PositiveIntegerField(null=True)
    # What the host's own database calls it, where a marketplace beside this one brought it here.
    external_id = models.CharField(max_length=100, unique=True, null=True)  # noqa: DJ001 unique where it is
    # How often the host has told its facts; what `If-Match` names.
    revision = models.PositiveIntegerField(default=1)
    # A client's record as the host tells it, until enough has happened here.
    told_posts_ended = models.PositiveIntegerField(null=True)
    told_left_open = models.PositiveIntegerField(null=True)
    told_hires = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["name", "id"], name="account_by_name"),
            models.Index(fields=["registered", "id"], name="account_newest"),
            models.Index(fields=["country", "registered", "id"], name="account_of_country"),
            models.Index(fields=["kind", "registered", "id"], name="account_of_kind"),
            models.Index(
                fields=["registered", "id"],
                name="account_suspended",
                condition=models.Q(suspended__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's membership of an account, with their role."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    account = models.ForeignKey(Account, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=_choices(ACCOUNT_ROLES))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "account"], name="one_role_for_each_account")
        ]


class TeamMembership(models.Model):
    """A freelancer's membership of an agency's team, from when until when.

    Owners and admins buy; who may not spend proposes only where it is free. `spends_most` is the most
    that they may spend of its wallet in a calendar month.
    """

    agency = models.ForeignKey(Account, models.CASCADE, related_name="team")
    account = models.ForeignKey(Account, models.CASCADE, related_name="teams")
    role = models.CharField(max_length=20, choices=_choices(TEAM_ROLES))
    may_spend = models.BooleanField(default=True)
    joined = models.DateTimeField()
    left = models.DateTimeField(null=True)
    spends_most = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "account"],
                condition=models.Q(left__isnull=True),
                name="in_a_team_once",
            )
        ]


class InvitationState(models.TextChoices):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class TeamInvitation(models.Model):
    """An agency's invitation to its team. An open one means nothing once it expires."""

    agency = models.ForeignKey(Account, models.CASCADE, related_name="team_invitations_sent")
    account = models.ForeignKey(Account, models.CASCADE, related_name="team_invitations")
    role = models.CharField(max_length=20, choices=_choices(TEAM_ROLES))
    state = models.CharField(max_length=10, choices=InvitationState, default=InvitationState.OPEN)
    invited = models.DateTimeField()
    expires = models.DateTimeField()
    answered = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "state"], name="team_invitations_to_answer")]

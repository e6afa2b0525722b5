"""Rows for profiles, and for the skills by which people are found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy

from connects.market.jobs.models import Job
from connects.market.people.models import Account


class ShownTo(models.TextChoices):
    """Who may read a profile, and find it."""

    MEMBERS = "members", gettext_lazy("Members who are signed in")
    EVERYONE = "everyone", gettext_lazy("Everyone, with the address of the page")
    DEALINGS = "dealings", gettext_lazy("Only those you propose to, or who invited you")


class Profile(models.Model):
    """What an account tells of itself. An account without a row tells nothing but its name, to members.

    `skills` are as they were typed; to search for them there are `ProfileSkill` rows. The rate is in
    minor units of `currency`. `country` is where the account says it works, "" for its own country.
    """

    account = models.OneToOneField(
        Account, models.CASCADE, primary_key=True, related_name="profile"
    )
    title = models.CharField(max_length=100, blank=True)
    about = models.TextField(max_length=4_000, blank=True)
    skills = models.JSONField(default=list)
    hourly_cents = models.PositiveIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    country = models.CharField(max_length=2, blank=True)
    shown_to = models.CharField(max_length=10, choices=ShownTo, default=ShownTo.MEMBERS)
    changed = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["country", "account"], name="profile_of_country"),
            models.Index(fields=["currency", "hourly_cents"], name="profile_by_rate"),
        ]


class ProfileSkill(models.Model):
    """One skill of a profile, as it is compared: without capitals."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="skill_rows")
    key = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "profile"], name="a_skill_is_told_once")
        ]


class EmailInvitation(models.Model):
    """An invitation to an e-mail address: to a job, or into an agency's team (`role`).

    It looks the same to who sent it whether or not the address is registered here. `account` is who it
    was passed on to, once somebody with that address is here; `withdrawn` is when it was taken back.
    """

    by = models.ForeignKey(Account, models.CASCADE, related_name="e_mail_invitations")
    email = models.EmailField()
    job = models.ForeignKey(Job, models.CASCADE, null=True, related_name="e_mail_invitations")
    role = models.CharField(max_length=20, blank=True)
    account = models.ForeignKey(
        Account, models.SET_NULL, null=True, related_name="invited_by_e_mail"
    )
    invited = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["by", "email", "job"], name="an_address_is_invited_once"
            ),
            models.UniqueConstraint(
                fields=["by", "email"],
                condition=models.Q(job=None),
                name="an_address_is_invited_to_a_team_once",
            ),
        ]
        indexes = [
            models.Index(fields=["email"], name="invitations_to_an_address"),
            models.Index(fields=["invited"], name="oldest_e_mail_invitation"),
        ]


class AddressLeftAlone(models.Model):
    """An address whose owner wants no invitations: a hash, so that it names nobody."""

    digest = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()

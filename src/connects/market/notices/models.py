"""Rows for the outbox, the inbox, and how far reminders have been sent."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from connects.market.people.models import Account, User


class OutboxEvent(models.Model):
    """Something that happened, written in the transaction in which it happened."""

    key = models.CharField(max_length=160, unique=True)
    # Null for what is about no account, of which only programs hear.
    account = models.ForeignKey(Account, models.CASCADE, null=True)
    code = models.CharField(max_length=40)
    parameters = models.JSONField()
    happened = models.DateTimeField()
    delivered = models.DateTimeField(null=True)
    # Whether it still waits to be published for programs (`acts.events.publish`).
    unpublished = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], name="outbox_waiting", condition=models.Q(delivered__isnull=True)
            ),
            models.Index(
                fields=["id"], name="outbox_unpublished", condition=models.Q(unpublished=True)
            ),
        ]


class Notice(models.Model):
    """An event as its account sees it in the inbox."""

    event = models.OneToOneField(OutboxEvent, models.CASCADE)
    account = models.ForeignKey(Account, models.CASCADE, related_name="notices")
    code = models.CharField(max_length=40)
    parameters = models.JSONField()
    received = models.DateTimeField()
    read = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-id"], name="notice_newest")]


class Queued(models.Model):
    """What is sent to somebody elsewhere, and retried. `next_try` is when it is sent, or retried."""

    state = models.CharField(max_length=8)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    error = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager[Self]]

    class Meta:
        abstract = True


class NoticeEmailState(models.TextChoices):
    WAITING = "waiting"
    DIGEST = "digest"
    SENT = "sent"
    DEAD = "dead"


class NoticeEmail(Queued):
    """An event as one person gets it by e-mail.

    One that waits for a digest becomes part of the e-mail that leads the digest: `digest_of`.
    """

    event = models.ForeignKey(OutboxEvent, models.CASCADE, related_name="emails")
    user = models.ForeignKey(User, models.CASCADE, related_name="emails")
    state = models.CharField(
        max_length=8, choices=NoticeEmailState, default=NoticeEmailState.WAITING
    )
    sent = models.DateTimeField(null=True)
    digest_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="parts")

    class Meta:
        db_table = "notices_letter"
        constraints = [
            models.UniqueConstraint(fields=["event", "user"], name="one_letter_for_each_person")
        ]
        indexes = [
            models.Index(
                fields=["next_try"], name="letter_waiting", condition=models.Q(state="waiting")
            ),
            models.Index(fields=["id"], name="letter_dead", condition=models.Q(state="dead")),
            models.Index(
                fields=["next_try", "user"],
                name="letter_for_digest",
                condition=models.Q(state="digest"),
            ),
        ]

    @property
    def account(self) -> Account:
        """Whose notice it is. What is about no account comes to nobody by e-mail."""
        account = self.event.account
        assert account is not None
        return account


class AccountEmailState(models.TextChoices):
    WAITING = "waiting"
    SENT = "sent"
    KEPT = "kept"
    DEAD = "dead"


class AccountEmail(Queued):
    """An e-mail about access: to confirm an address, to set a password, or what changed.

    `link` is the path of a page of ours. If it is a secret, by which its holder confirms or sets a
    password, it is forgotten once it was sent or has run out. `KEPT` marks what is not sent because
    there is no mail server.
    """

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="account_emails")
    to = models.EmailField()
    kind = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict)
    link = models.CharField(max_length=400, blank=True)
    state = models.CharField(
        max_length=8, choices=AccountEmailState, default=AccountEmailState.WAITING
    )
    written = models.DateTimeField()
    sent = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try"],
                name="account_email_waiting",
                condition=models.Q(state="waiting"),
            ),
            models.Index(fields=["to", "kind", "-written"], name="account_email_newest"),
        ]


class NoticePreference(models.Model):
    """How a person is told, by e-mail, of one group of notices; without a row, at once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notice_preferences")
    group = models.CharField(max_length=20)
    how = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "group"], name="one_preference_for_each_group")
        ]


class ReminderCursor(models.Model):
    """How far the reminders of one kind have been sent."""

    name = models.CharField(max_length=40, unique=True)
    until = models.DateTimeField()

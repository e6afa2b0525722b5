"""Rows for what staff corrected, or propose to."""

from __future__ import annotations

from django.db import models

from connects.market.people.models import Account, User


class CorrectionKind(models.TextChoices):
    """What is corrected; `kinds.KINDS` says for each who may do it and how it is carried out."""

    GRANT = "grant", "courtesy grant"
    VOID = "void", "Connects taken back"
    WRITE_OFF = "write-off", "debt written off"


class CorrectionState(models.TextChoices):
    DONE = "done"
    PROPOSED = "proposed", "waits for a second person"
    DECLINED = "declined"


class Correction(models.Model):
    """A correction of an account's Connects, by one member of staff or by two.

    `by` is None where the marketplace itself acted. `second` is who decided on a proposal; a proposal
    that its own author takes back has the author there, and is declined.
    """

    kind = models.CharField(max_length=20, choices=CorrectionKind)
    account = models.ForeignKey(Account, models.PROTECT, related_name="corrections")
    connects = models.PositiveIntegerField()
    reason = models.CharField(max_length=500)
    parameters = models.JSONField(default=dict)
    key = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=CorrectionState)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made = models.DateTimeField()
    second = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided = models.DateTimeField(null=True)
    # When it took effect; null while it waits, and for ever where it was declined.
    done = models.DateTimeField(null=True)
    # When a grant that begins later is to be issued; null once it was, and for all others.
    starts = models.DateTimeField(null=True)
    # What the host's own database calls it, and a digest of each field that it was sent with: the name
    # is the request's idempotency key for ever.
    external_id = models.CharField(max_length=100, unique=True, null=True)  # noqa: DJ001 unique where it is
    sent_fields = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind", "key"], name="a_correction_is_asked_for_once"
            )
        ]
        indexes = [
            models.Index(fields=["account", "kind", "done"], name="corrections_of_account"),
            models.Index(fields=["by", "kind", "done"], name="corrections_of_staff"),
            models.Index(fields=["state", "made"], name="corrections_to_decide"),
            models.Index(
                fields=["starts"],
                name="corrections_to_start",
                condition=models.Q(starts__isnull=False),
            ),
        ]

"""Rows for proposals."""

from __future__ import annotations

from django.db import models

from connects.market.jobs.models import Job
from connects.market.people.models import Account, User
from connects.market.public_ids import new_public_id
from connects.vocabulary.returns import Stage


class ProposalStatus(models.TextChoices):
    SUBMITTED = "submitted"
    HIRED = "hired"
    DECLINED = "declined"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    OFFERED = "offered"


class Invitation(models.Model):
    """A client asked an account to propose to a job."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="invitations")
    account = models.ForeignKey(Account, models.CASCADE, related_name="invitations")
    invited = models.DateTimeField()
    declined = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "account"], name="invited_once_to_each_job")
        ]
        indexes = [models.Index(fields=["account", "-invited"], name="invitations_of_account")]


class Proposal(models.Model):
    """One account's proposal to one job.

    `paid` and `returned` are Connects; `spend_entry` is the number of the journal entry that paid
    (null where the proposal was free), `rule_book` the edition that priced it. `opened`, `shortlisted`
    and `messaged` are when the client first did so; `unread_due` is when something comes back if it
    has not been opened by then, `last_return` when something last did.

    What its sender asks for stands in `price_cents` for a fixed-price job and in `hourly_cents` for an
    hourly one, with the time that they need in `days`; each may be left open.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    # Rows are found by the indexes below; each one more would be written for every proposal.
    job = models.ForeignKey(Job, models.PROTECT, related_name="proposals", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="proposals", db_index=False)
    member = models.ForeignKey(User, models.SET_NULL, null=True, db_index=False)
    cover_letter = models.TextField(max_length=5_000, blank=True)
    price_cents = models.BigIntegerField(null=True)
    hourly_cents = models.BigIntegerField(null=True)
    days = models.PositiveIntegerField(null=True)
    status = models.CharField(
        max_length=10, choices=ProposalStatus, default=ProposalStatus.SUBMITTED
    )
    paid = models.PositiveIntegerField()
    returned = models.PositiveIntegerField(default=0)
    return_reason = models.CharField(max_length=40, blank=True)
    last_return = models.DateTimeField(null=True)
    spend_entry = models.PositiveIntegerField(null=True)
    key = models.CharField(max_length=100)
    rule_book = models.CharField(max_length=100)
    revision = models.PositiveIntegerField()
    submitted = models.DateTimeField()
    opened = models.DateTimeField(null=True)
    shortlisted = models.DateTimeField(null=True)
    messaged = models.DateTimeField(null=True)
    offered = models.DateTimeField(null=True)
    unread_due = models.DateTimeField(null=True)
    # Who proposed for an agency; the agency is the account, and its wallet pays.
    for_agency_by = models.ForeignKey(
        Account,
        models.SET_NULL,
        null=True,
        related_name="proposals_for_agencies",
        db_index=False,
    )
    # What the host's own database calls it, and a digest of each field that it was sent with: the name
    # is the request's idempotency key for ever.
    external_id = models.CharField(max_length=100, unique=True, null=True)  # noqa: DJ001 unique where it is
    sent_fields = models.JSONField(null=True)

    class Meta:
        constraints = [
            # One that was withdrawn may be followed by another where the rule book lets it.
            models.UniqueConstraint(
                fields=["job", "account"],
                condition=~models.Q(status="withdrawn"),
                name="one_standing_proposal_for_each_job",
            ),
            models.UniqueConstraint(fields=["account", "key"], name="proposal_key_used_once"),
        ]
        indexes = [
            models.Index(fields=["account", "-submitted"], name="proposal_by_account"),
            models.Index(fields=["submitted"], name="proposal_by_time"),
            models.Index(
                fields=["unread_due"],
                name="unread_due",
                condition=models.Q(unread_due__isnull=False),
            ),
            models.Index(fields=["job", "status"], name="proposals_of_job"),
            models.Index(
                fields=["member"],
                name="proposals_of_member",
                condition=models.Q(member__isnull=False),
            ),
            models.Index(
                fields=["for_agency_by"],
                name="proposals_for_agencies",
                condition=models.Q(for_agency_by__isnull=False),
            ),
            # A proposal asks for the earlier ones of its account, withdrawn ones among them.
            models.Index(fields=["account", "job"], name="proposals_to_one_job"),
        ]

    @property
    def reference(self) -> str:
        """Its name in the journal."""
        return f"proposal:{self.public_id}"

    @property
    def stage(self) -> Stage:
        """How far it got with its client."""
        if self.shortlisted or self.messaged:
            return Stage.ENGAGED
        return Stage.OPENED if self.opened else Stage.UNOPENED


class ProposalDraft(models.Model):
    """A letter that a person has begun for an account, and not sent yet; nobody else reads it."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="drafts")
    account = models.ForeignKey(Account, models.CASCADE, related_name="drafts")
    member = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    cover_letter = models.TextField(max_length=5_000, blank=True)
    price_cents = models.BigIntegerField(null=True)
    hourly_cents = models.BigIntegerField(null=True)
    days = models.PositiveIntegerField(null=True)
    saved = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "member", "job"], name="one_draft_for_each_job"
            )
        ]


class HoldEnd(models.TextChoices):
    """What became of a reservation."""

    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    RAN_OUT = "ran_out"
    JOB_ENDED = "job_ended"
    SUSPENDED = "suspended"


class HeldProposal(models.Model):
    """A reserved proposal: its Connects are held, and nobody has sent it yet.

    It stands apart, since nobody but its proposer sees it and nothing counts it. The proposal that it
    becomes has its `public_id`, and so its name in the journal.

    `hold_entry` is the number of the journal entry that holds the `connects` (null where it is free);
    `form` has what will be sent. `confirm_by` is when they come back by themselves.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    job = models.ForeignKey(Job, models.PROTECT, related_name="held_proposals")
    account = models.ForeignKey(Account, models.PROTECT, related_name="held_proposals")
    for_agency_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, related_name="held_proposals_for_agencies"
    )
    member = models.ForeignKey(User, models.SET_NULL, null=True)
    form = models.JSONField()
    connects = models.PositiveIntegerField()
    hold_entry = models.PositiveIntegerField(null=True)
    key = models.CharField(max_length=100)
    rule_book = models.CharField(max_length=100)
    revision = models.PositiveIntegerField()
    held = models.DateTimeField()
    confirm_by = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, choices=HoldEnd, blank=True)
    external_id = models.CharField(max_length=100, unique=True, null=True)  # noqa: DJ001 unique where it is
    sent_fields = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["job", "account"],
                name="one_reservation_for_each_job",
                condition=models.Q(ended__isnull=True),
            ),
            models.UniqueConstraint(fields=["account", "key"], name="reservation_key_used_once"),
        ]
        indexes = [
            models.Index(
                fields=["confirm_by"],
                name="reservations_running_out",
                condition=models.Q(ended__isnull=True),
            ),
            models.Index(
                fields=["account"],
                name="reservations_of_account",
                condition=models.Q(ended__isnull=True),
            ),
        ]


class Message(models.Model):
    """One thing that was written between a client and who proposed."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="messages")
    by_client = models.BooleanField()
    text = models.TextField(max_length=4_000)
    sent = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["proposal", "id"], name="messages_in_order")]

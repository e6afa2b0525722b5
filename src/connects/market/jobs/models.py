"""Rows for posts, their revisions, their prices, and demand that was set by hand."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy

from connects.market.people.models import Account
from connects.market.public_ids import new_public_id
from connects.vocabulary.facts import JobKind, Level


class JobStatus(models.TextChoices):
    OPEN = "open"
    CLOSED = "closed"
    REMOVED = "removed"
    EXPIRED = "expired"
    VOID = "void"


class CloseReason(models.TextChoices):
    NOT_HIRING = "not_hiring", gettext_lazy("I am not hiring after all")
    HIRED_ELSEWHERE = "hired_elsewhere", gettext_lazy("I hired someone elsewhere")
    FILLED = "filled", gettext_lazy("The job is filled")


SILENT = "silent"
"""The reason of a post that was closed because its client had fallen silent."""


class Cloud(models.Model):
    """A client's private talent cloud: its jobs are for its members alone."""

    client = models.ForeignKey(Account, models.CASCADE, related_name="clouds")
    name = models.CharField(max_length=80)
    members = models.ManyToManyField(Account, related_name="member_of_clouds")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "name"], name="clouds_have_names")]


class Job(models.Model):
    """A post. Money in minor units of US dollars; ranges have an open end where `_most` is null.

    `client_active` is when its client last did something about it, `reminders` how often they were
    reminded since, and `silence_due` when the next reminder, or the closing for silence, is due.
    `expires` is when it ends by its age alone. `takes_more` says that the client wants more proposals
    than the soft cap.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    client = models.ForeignKey(Account, models.PROTECT, related_name="jobs")
    title = models.CharField(max_length=120)
    description = models.TextField(max_length=8_000, blank=True)
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in JobKind])
    budget_cents = models.BigIntegerField(null=True)
    # The client was asked about a doubted budget, and said that it is open to offers.
    budget_open = models.BooleanField(default=False)
    hourly_min_cents = models.BigIntegerField(null=True)
    hourly_max_cents = models.BigIntegerField(null=True)
    duration_least_days = models.IntegerField(null=True)
    duration_most_days = models.IntegerField(null=True)
    hours_least = models.IntegerField(null=True)
    hours_most = models.IntegerField(null=True)
    level = models.CharField(
        max_length=12, blank=True, choices=[(level.value, level.value) for level in Level]
    )
    category = models.CharField(max_length=60, blank=True)
    # As they were typed; to search for them there are `JobSkill` rows.
    skills = models.JSONField(default=list)
    client_payment_verified = models.BooleanField(null=True)
    # Demand is read once, when the price is fixed.
    demand_index_thousandths = models.IntegerField()
    demand_jobs = models.IntegerField(null=True)
    # The client's record is looked at once, too: their posts that had ended, and those left open.
    client_posts_ended = models.PositiveIntegerField(default=0)
    client_left_open = models.PositiveIntegerField(default=0)
    # How many of those that had ended led to a hire; 0 in posts from before this was kept.
    client_hires = models.PositiveIntegerField(default=0)
    # What history said of the post when its price was fixed; null where no model was installed.
    estimate_cents = models.BigIntegerField(null=True)
    estimate_low_cents = models.BigIntegerField(null=True)
    estimate_high_cents = models.BigIntegerField(null=True)
    estimate_model = models.CharField(max_length=40, blank=True, default="")
    revision = models.PositiveIntegerField(default=1)
    proposal_count = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=8, choices=JobStatus, default=JobStatus.OPEN)
    close_reason = models.CharField(max_length=20, blank=True)
    # What the moderator said who removed it; empty where it was not removed.
    removed_because = models.CharField(max_length=500, blank=True, default="")
    posted = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    cloud = models.ForeignKey(Cloud, models.PROTECT, null=True, related_name="jobs")
    client_active = models.DateTimeField()
    reminders = models.PositiveSmallIntegerField(default=0)
    silence_due = models.DateTimeField(null=True)
    expires = models.DateTimeField(null=True)
    takes_more = models.BooleanField(default=False)
    # What an ended post still owes: why, since when, and up to which proposal it has been given back.
    owes = models.CharField(max_length=20, blank=True)
    owes_since = models.DateTimeField(null=True)
    paid_back_to = models.BigIntegerField(default=0)
    # What the host's own database calls it, where a marketplace beside this one brought it here.
    external_id = models.CharField(max_length=100, unique=True, null=True)  # noqa: DJ001 unique where it is
    # How long the text is that the host keeps to itself; null where the text is here, or not known.
    description_characters = models.PositiveIntegerField(null=True)
    # Whether the client's record that the price was told of is the host's word.
    client_record_told = models.BooleanField(default=False)
    # Whether the present revision is priced under every rule book in use.
    priced_ahead = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["status", "-posted", "-id"], name="job_open_newest"),
            models.Index(fields=["-posted", "-id"], name="job_newest"),
            models.Index(fields=["category", "posted"], name="job_by_category"),
            models.Index(fields=["status", "-budget_cents", "-id"], name="job_highest_budget"),
            models.Index(
                fields=["owes_since"],
                name="job_owes",
                condition=models.Q(owes_since__isnull=False),
            ),
            models.Index(fields=["client", "-posted"], name="job_by_client"),
            models.Index(
                fields=["silence_due"],
                name="silence_due",
                condition=models.Q(silence_due__isnull=False),
            ),
            models.Index(fields=["expires"], name="job_expires", condition=models.Q(status="open")),
            models.Index(
                fields=["posted"],
                name="job_to_price_ahead",
                condition=models.Q(status="open", priced_ahead=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class JobRanking(models.Model):
    """On PostgreSQL: a post among the others by its number of proposals, as triggers keep it.

    Were that number in an index of the posts themselves, each proposal would write an entry into every
    one of their indexes, their words among them. Elsewhere there is no such table (`ranking`).
    """

    job = models.OneToOneField(
        Job, models.DO_NOTHING, primary_key=True, related_name="ranking", db_column="job"
    )
    is_open = models.BooleanField()
    proposals = models.PositiveIntegerField()

    class Meta:
        managed = False
        db_table = "jobs_ranking"

    def __str__(self) -> str:
        return f"{self.job_id}: {self.proposals}"


class JobSkill(models.Model):
    """One skill that a post asks for, as it is compared: without capitals."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="skill_rows")
    key = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "job"], name="a_skill_is_asked_once")]


class JobRevision(models.Model):
    """A revision of a post: from this instant on, the fields that an edit can change, as JSON."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    fields = models.JSONField()
    made = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="revisions_are_numbered")
        ]


class JobPrice(models.Model):
    """The price of a proposal to a revision of a post under an edition of a rule book, with reasons."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="prices")
    revision = models.PositiveIntegerField()
    rule_book = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    connects = models.PositiveIntegerField()
    band = models.CharField(max_length=60)
    value_cents = models.BigIntegerField()
    # Null in prices from before intervals were kept.
    low_cents = models.BigIntegerField(null=True)
    high_cents = models.BigIntegerField(null=True)
    reasons = models.JSONField()
    priced = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["job", "revision", "digest"], name="one_price_for_each_rule_book"
            )
        ]


class DemandByHand(models.Model):
    """A category's demand index as an operator set it; it takes the place of the measured one."""

    category = models.CharField(max_length=60, unique=True)
    index_thousandths = models.PositiveIntegerField()


class DemandReading(models.Model):
    """A category's demand in an hour, as it was last measured in it. `taken` is the hour's beginning."""

    category = models.CharField(max_length=60)
    taken = models.DateTimeField()
    measured = models.DateTimeField()
    jobs = models.PositiveIntegerField()
    proposals = models.PositiveIntegerField()
    index_thousandths = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["category", "taken"], name="one_reading_an_hour")
        ]
        indexes = [models.Index(fields=["taken"], name="demand_reading_taken")]


class Alert(models.TextChoices):
    NEVER = "never", gettext_lazy("No alerts")
    AT_ONCE = "at_once", gettext_lazy("At once")
    DAILY = "daily", gettext_lazy("Once a day")


class SavedSearch(models.Model):
    """A search that an account saved: the query string of its address, as it stands.

    `checked` is until when new jobs have been told of, `next_check` when the next are; null: never.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=400)
    saved = models.DateTimeField()
    alert = models.CharField(max_length=8, choices=Alert, default=Alert.NEVER)
    checked = models.DateTimeField(null=True)
    next_check = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "query"], name="a_search_is_saved_once")
        ]
        indexes = [
            models.Index(
                fields=["next_check"],
                name="saved_search_to_check",
                condition=models.Q(next_check__isnull=False),
            )
        ]

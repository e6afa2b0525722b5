"""Rows for rollouts, their cohorts, and each account's move."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy

from connects.market.members.models import RuleBookEdition
from connects.market.people.models import Account
from connects.market.public_ids import new_public_id
from connects.wording.messages import gettext as _


class RolloutState(models.TextChoices):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    PAUSED = "paused"
    ROLLING_BACK = "rolling_back", "rolling back"
    ROLLED_BACK = "rolled_back", "rolled back"


class Rollout(models.Model):
    """The move of many accounts from one edition of a rule book to another."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    before = models.ForeignKey(RuleBookEdition, models.PROTECT, related_name="rollouts_from")
    after = models.ForeignKey(RuleBookEdition, models.PROTECT, related_name="rollouts_to")
    notice_days = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=RolloutState, default=RolloutState.DRAFT)
    dry_run = models.JSONField(null=True)
    drafted = models.DateTimeField()
    scheduled = models.DateTimeField(null=True)
    rolled_back = models.DateTimeField(null=True)


class LabJobKind(models.TextChoices):
    STUDY = "study"
    REPLAY = "replay"


class LabPeople(models.TextChoices):
    """Who lives in the market of a study: people drawn from what is recorded here, or those that ship."""

    OWN = "own"
    SHIPPED = "shipped"


class LabJobState(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


AHEAD = (LabJobState.WAITING, LabJobState.RUNNING)


class LabJob(models.Model):
    """Something that the laboratory is asked about a rollout; a process of its own works on it.

    `heard` is when that process last said that it is at work, `finished` and `whole` how much of it is
    done. `findings` is what came out, `problem` why nothing did, in words.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    rollout = models.ForeignKey(Rollout, models.CASCADE, related_name="lab_jobs")
    kind = models.CharField(max_length=10, choices=LabJobKind)
    people = models.CharField(max_length=10, choices=LabPeople, default=LabPeople.OWN)
    state = models.CharField(max_length=10, choices=LabJobState, default=LabJobState.WAITING)
    asked = models.DateTimeField()
    heard = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    finished = models.PositiveIntegerField(default=0)
    whole = models.PositiveIntegerField(default=0)
    findings = models.JSONField(null=True)
    problem = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rollout", "kind"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="one_lab_job_at_a_time",
            )
        ]
        indexes = [
            models.Index(
                fields=["asked"],
                name="lab_job_ahead",
                condition=models.Q(state__in=["waiting", "running"]),
            )
        ]

    @property
    def is_ahead(self) -> bool:
        """Whether it is not worked through yet."""
        return self.state in AHEAD

    @property
    def problem_words(self) -> str:
        """Why nothing came out: our own words in the reader's language, others as they are."""
        return _(self.problem) if self.problem else ""


class CohortKind(models.TextChoices):
    NEW = "new", gettext_lazy("New accounts")
    SHARE = "share", gettext_lazy("A share of all, in percent")
    COUNTRY = "country", gettext_lazy("Countries")
    PLAN = "plan", gettext_lazy("Members on a plan")
    ACCOUNTS = "accounts", gettext_lazy("A list of accounts")
    REST = "rest", gettext_lazy("Everyone else")


class Cohort(models.Model):
    """Who moves when. `value` is percent, countries or a plan, by kind; handles stand in `accounts`."""

    rollout = models.ForeignKey(Rollout, models.CASCADE, related_name="cohorts")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=CohortKind)
    value = models.CharField(max_length=400, blank=True)
    accounts = models.JSONField(default=list)
    effective = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rollout", "number"], name="cohorts_are_numbered")
        ]

    @property
    def words(self) -> str:
        """Who they are, as people say it."""
        if self.kind == CohortKind.SHARE:
            return _("{share}% of all accounts", share=self.value)
        said = str(CohortKind(self.kind).label)
        return f"{said}: {self.value}" if self.value else said


class MoveState(models.TextChoices):
    PLANNED = "planned"
    TOLD = "told"
    MOVED = "moved"
    CANCELLED = "cancelled"
    ROLLED_BACK = "rolled_back", "rolled back"


PENDING = (MoveState.PLANNED, MoveState.TOLD)


class Move(models.Model):
    """One account's move: announced at `announce`, under the new edition from `effective` on.

    A move without a rollout was made by an operator for this account alone.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="moves")
    rollout = models.ForeignKey(Rollout, models.PROTECT, null=True, related_name="moves")
    cohort = models.ForeignKey(Cohort, models.PROTECT, null=True, related_name="moves")
    before = models.ForeignKey(RuleBookEdition, models.PROTECT, related_name="+")
    after = models.ForeignKey(RuleBookEdition, models.PROTECT, related_name="+")
    announce = models.DateTimeField()
    effective = models.DateTimeField()
    state = models.CharField(max_length=12, choices=MoveState, default=MoveState.PLANNED)
    paused = models.BooleanField(default=False)
    read = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(state__in=["planned", "told"]),
                name="one_pending_move_for_each_account",
            )
        ]
        indexes = [
            models.Index(
                fields=["announce"],
                name="move_to_announce",
                condition=models.Q(state="planned", paused=False),
            ),
            models.Index(
                fields=["effective"],
                name="move_to_make",
                condition=models.Q(state="told", paused=False),
            ),
            models.Index(fields=["rollout", "state"], name="moves_of_rollout"),
            models.Index(fields=["account", "-effective"], name="moves_of_account"),
        ]

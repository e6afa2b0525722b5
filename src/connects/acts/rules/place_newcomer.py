"""Place a new account in the rollouts in progress: where it begins, and when it moves."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from connects.market.members.editions import book_of, known_book
from connects.market.members.models import RuleBookEdition
from connects.market.people.models import Account
from connects.market.rollout.cohorts import Assignment, Candidate
from connects.market.rollout.models import (
    Cohort,
    CohortKind,
    Move,
    MoveState,
    Rollout,
    RolloutState,
)
from connects.policy.terms import RuleBook


def default_rule_book(now: datetime) -> RuleBook:
    """The rule book of visitors and new accounts: the setting's, or what rollouts made of it."""
    book = known_book(settings.DEFAULT_RULE_BOOK)
    assert book is not None, f"CONNECTS_RULE_BOOK names {settings.DEFAULT_RULE_BOOK}, unknown here"
    cohorts = Cohort.objects.filter(
        kind=CohortKind.NEW, effective__lte=now, rollout__state=RolloutState.SCHEDULED
    ).select_related("rollout__before", "rollout__after")
    for cohort in cohorts.order_by("effective", "id"):
        # By name: a newer version that ships must not take newcomers out of a rollout.
        if cohort.rollout.before.name == book.name:
            book = book_of(cohort.rollout.after)
    return book


def place_newcomer(account: Account, edition: RuleBookEdition, plan: str, now: datetime) -> None:
    """Record how a new account belongs to the rollouts that are in progress.

    An account that began under the new rules is recorded as moved, so that a roll-back reaches it; one
    that began under the old ones gets its position in a cohort, with the whole notice.
    """
    for rollout in Rollout.objects.filter(
        state__in=(RolloutState.SCHEDULED, RolloutState.PAUSED), after=edition
    ):
        cohort = rollout.cohorts.filter(kind=CohortKind.NEW, effective__lte=now).first()
        if cohort is not None:
            _note(account, rollout, cohort, now, MoveState.MOVED)
    for rollout in Rollout.objects.filter(state=RolloutState.SCHEDULED, before=edition):
        candidate = Candidate(account.pk, account.handle, account.country, plan)
        cohort = Assignment(rollout.public_id, list(rollout.cohorts.order_by("number"))).cohort_of(
            candidate
        )
        if cohort is not None:
            earliest = now + timedelta(days=rollout.notice_days)
            _note(account, rollout, cohort, max(cohort.effective, earliest), MoveState.PLANNED)
            return


def _note(
    account: Account, rollout: Rollout, cohort: Cohort, effective: datetime, state: MoveState
) -> None:
    notice = timedelta(days=rollout.notice_days)
    Move.objects.create(
        account=account,
        rollout=rollout,
        cohort=cohort,
        before_id=rollout.before_id,
        after_id=rollout.after_id,
        announce=max(effective - notice, account.registered),
        effective=effective,
        state=state,
    )

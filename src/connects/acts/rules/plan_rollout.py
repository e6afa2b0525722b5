"""Rollouts: drafted, scheduled, paused, resumed, rolled back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from connects.acts.notices.outbox import put_in_outbox
from connects.acts.oversight.audit import note_act
from connects.bootstrap.clock import now as clock_now
from connects.market.members.editions import book_of, edition_of, known_book, other_currency
from connects.market.people.models import Account, User
from connects.market.people.permissions import Act, denied
from connects.market.rollout.candidates import candidates_under
from connects.market.rollout.cohorts import Assignment, share_of
from connects.market.rollout.models import (
    PENDING,
    Cohort,
    CohortKind,
    Move,
    MoveState,
    Rollout,
    RolloutState,
)
from connects.vocabulary.countries import country_codes
from connects.vocabulary.events import Event
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, invalid

COHORTS_MOST = 20
ACCOUNTS_MOST = 200_000
NAMED_MOST = 5
BATCH = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortPlan:
    """A cohort and its date; `accounts` are handles, for a cohort that is a list."""

    kind: CohortKind
    effective: datetime
    value: str = ""
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RolloutPlan:
    """A rollout's plan: the two rule books, the days of notice, and the cohorts in order."""

    before: str
    after: str
    notice_days: int
    cohorts: tuple[CohortPlan, ...]


def draft(plan: RolloutPlan, staff: User | None) -> Rollout | Refused:
    """Write a rollout down, without effect.

    Refused with `rule_book_unknown`, `invalid`, or `not_allowed` where the currencies differ.
    """
    refused = denied(staff, Act.RUN_ROLLOUTS)
    if refused is not None:
        return refused
    now = clock_now()
    before, after = known_book(plan.before), known_book(plan.after)
    for name, book in ((plan.before, before), (plan.after, after)):
        if book is None:
            return Refused(RefusalCode.RULE_BOOK_UNKNOWN, {"name": name})
    assert before is not None
    assert after is not None
    if before.digest == after.digest:
        return invalid(Problem.SAME_RULE_BOOK, field="after")
    refused = other_currency(before, after)
    if refused is not None:
        return refused
    problem = _cohorts_problem(plan, now)
    if problem is not None:
        return problem
    with transaction.atomic():
        rollout = Rollout.objects.create(
            before=edition_of(before, now),
            after=edition_of(after, now),
            notice_days=plan.notice_days,
            drafted=now,
        )
        Cohort.objects.bulk_create(
            Cohort(
                rollout=rollout,
                number=number,
                kind=cohort.kind.value,
                value=cohort.value,
                accounts=list(cohort.accounts),
                effective=cohort.effective,
            )
            for number, cohort in enumerate(plan.cohorts, start=1)
        )
        what = f"{before.label} to {after.label}"
        note_act(staff, "draft-rollout", f"rollout:{rollout.public_id}", what, now)
        return rollout


def _cohorts_problem(plan: RolloutPlan, now: datetime) -> Refused | None:
    if not 0 <= plan.notice_days <= 365:
        return invalid(Problem.TOO_LARGE, field="notice_days")
    if not plan.cohorts:
        return invalid(Problem.REQUIRED, field="cohorts")
    if len(plan.cohorts) > COHORTS_MOST:
        return invalid(Problem.TOO_MANY, field="cohorts", most=COHORTS_MOST)
    share = 0
    for number, cohort in enumerate(plan.cohorts, start=1):
        if cohort.effective <= now:
            return invalid(Problem.IN_THE_PAST, field="effective", cohort=number)
        try:
            share += share_of(cohort.value) if cohort.kind is CohortKind.SHARE else 0
        except ValueError:
            return invalid(Problem.NOT_A_PERCENTAGE, field="share", cohort=number)
        problem = _members_problem(cohort, number)
        if problem is not None:
            return problem
    return None if share <= 10_000 else invalid(Problem.ABOVE_A_HUNDRED, field="share")


def _members_problem(cohort: CohortPlan, number: int) -> Refused | None:
    """What is wrong with whom a cohort names."""
    if cohort.kind is CohortKind.ACCOUNTS:
        return _accounts_problem(cohort.accounts, number)
    if cohort.kind not in (CohortKind.COUNTRY, CohortKind.PLAN):
        return None
    if not cohort.value.strip():
        return invalid(Problem.REQUIRED, field=cohort.kind.value, cohort=number)
    if cohort.kind is CohortKind.COUNTRY and None in country_codes(cohort.value):
        return invalid(Problem.NOT_A_COUNTRY, field="country", cohort=number)
    return None


def _accounts_problem(handles: Sequence[str], number: int) -> Refused | None:
    if not handles:
        return invalid(Problem.REQUIRED, field="accounts", cohort=number)
    if len(handles) > ACCOUNTS_MOST:
        return invalid(Problem.TOO_MANY, field="accounts", most=ACCOUNTS_MOST)
    known: set[str] = set()
    for first in range(0, len(handles), BATCH):
        batch = handles[first : first + BATCH]
        known.update(Account.objects.filter(handle__in=batch).values_list("handle", flat=True))
    unknown = [handle for handle in dict.fromkeys(handles) if handle not in known]
    if not unknown:
        return None
    named = ", ".join(handle[:60] for handle in unknown[:NAMED_MOST])
    return invalid(Problem.UNKNOWN_ACCOUNTS, field="accounts", count=len(unknown), accounts=named)


def schedule(rollout: Rollout, staff: User | None) -> Rollout | Refused:
    """Schedule every account's move. From then on the worker announces and makes them.

    Refused with `not_allowed`, or with `invalid` if it is no longer a draft, a date leaves less than
    the notice, or some of its accounts already have another move ahead.
    """
    refused = denied(staff, Act.RUN_ROLLOUTS)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        row = Rollout.objects.select_for_update().get(pk=rollout.pk)
        moves = moves_to_schedule(row, now)
        if isinstance(moves, Refused):
            return moves
        Move.objects.bulk_create(moves, batch_size=BATCH)
        row.state, row.scheduled = RolloutState.SCHEDULED, now
        row.save(update_fields=["state", "scheduled"])
        what = f"{len(moves)} accounts"
        note_act(staff, "schedule-rollout", f"rollout:{row.public_id}", what, now)
        return row


def moves_to_schedule(row: Rollout, now: datetime) -> list[Move] | Refused:
    """The moves that scheduling a draft makes, not saved. Refused as `schedule` is."""
    if row.state != RolloutState.DRAFT:
        return invalid(Problem.NOT_A_DRAFT, field="rollout", state=row.state)
    refused = other_currency(book_of(row.before), book_of(row.after))
    if refused is not None:
        return refused
    cohorts = list(row.cohorts.order_by("number"))
    earliest = now + timedelta(days=row.notice_days)
    for cohort in cohorts:
        if cohort.kind != CohortKind.NEW and cohort.effective < earliest:
            return invalid(
                Problem.LESS_THAN_NOTICE,
                field="effective",
                cohort=cohort.number,
                earliest=earliest.isoformat(),
            )
    moves = _moves(row, cohorts, now)
    busy = _on_their_way([move.account_id for move in moves])
    return invalid(Problem.OVERLAPPING, field="accounts", count=busy) if busy else moves


def _moves(rollout: Rollout, cohorts: Sequence[Cohort], now: datetime) -> list[Move]:
    assignment = Assignment(rollout.public_id, cohorts)
    notice = timedelta(days=rollout.notice_days)
    moves = []
    for candidate in candidates_under(rollout.before, now):
        cohort = assignment.cohort_of(candidate)
        if cohort is not None:
            moves.append(
                Move(
                    account_id=candidate.id,
                    rollout=rollout,
                    cohort=cohort,
                    before_id=rollout.before_id,
                    after_id=rollout.after_id,
                    announce=max(cohort.effective - notice, now),
                    effective=cohort.effective,
                )
            )
    return moves


def _on_their_way(accounts: Sequence[int]) -> int:
    """The number of these accounts with a pending move."""
    pending = set(Move.objects.filter(state__in=PENDING).values_list("account_id", flat=True))
    return len(pending.intersection(accounts))


def pause(rollout: Rollout, staff: User | None) -> Rollout | Refused:
    """Pause: announce and move nothing until it is resumed. Refused with `not_allowed` or `invalid`."""
    return _switch(rollout, staff, RolloutState.SCHEDULED, RolloutState.PAUSED)


def resume(rollout: Rollout, staff: User | None) -> Rollout | Refused:
    """Resume. No notice gets shorter: dates that have passed meanwhile are moved on.

    Refused with `not_allowed` or `invalid`.
    """
    return _switch(rollout, staff, RolloutState.PAUSED, RolloutState.SCHEDULED)


def _switch(
    rollout: Rollout, staff: User | None, before: RolloutState, after: RolloutState
) -> Rollout | Refused:
    refused = denied(staff, Act.RUN_ROLLOUTS)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        row = Rollout.objects.select_for_update().get(pk=rollout.pk)
        if row.state != before:
            return invalid(Problem.WRONG_STATE, field="rollout", state=row.state)
        pending = Move.objects.filter(rollout=row, state__in=PENDING)
        pending.update(paused=after == RolloutState.PAUSED)
        if after == RolloutState.SCHEDULED:
            late = timedelta(days=row.notice_days)
            planned = pending.filter(state=MoveState.PLANNED, announce__lt=now)
            planned.update(announce=now, effective=Greatest(F("effective"), now + late))
            pending.filter(state=MoveState.TOLD, effective__lt=now).update(effective=now)
        row.state = after
        row.save(update_fields=["state"])
        act = "pause-rollout" if after == RolloutState.PAUSED else "resume-rollout"
        note_act(staff, act, f"rollout:{row.public_id}", "", now)
        if after == RolloutState.PAUSED:
            put_in_outbox([_paused(row, now)], now)
        return row


def _paused(row: Rollout, now: datetime) -> Event:
    key = f"rollout-paused:{row.public_id}:{now.isoformat()}"
    return Event(key, None, "rollout.paused", {"rollout": row.public_id})


def discard(rollout: Rollout, staff: User | None) -> Refused | None:
    """Throw a draft away. Refused with `not_allowed` or `invalid`."""
    refused = denied(staff, Act.RUN_ROLLOUTS)
    if refused is not None:
        return refused
    with transaction.atomic():
        row = Rollout.objects.select_for_update().get(pk=rollout.pk)
        if row.state != RolloutState.DRAFT:
            return invalid(Problem.NOT_A_DRAFT, field="rollout", state=row.state)
        refused = other_currency(book_of(row.before), book_of(row.after))
        if refused is not None:
            return refused
        note_act(staff, "discard-rollout", f"rollout:{row.public_id}", "", clock_now())
        row.cohorts.all().delete()
        row.delete()
    return None

"""Doing a correction at once, or keeping it as a proposal until a second person agrees.

The same mechanism serves every kind of correction. What a kind does is its `CarryOut`; whether one
person is enough is the kind's own rule, which its service reads under the locks that `lock_for` takes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from connects.acts.oversight.audit import note_act
from connects.market.corrections.models import Correction, CorrectionKind, CorrectionState
from connects.market.people.models import Account, User
from connects.vocabulary.amounts import Connects
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid, not_allowed
from connects.vocabulary.typed_input import REASON_CHARACTERS, key_refused, key_reused, text_refused

CarryOut = Callable[[Correction, datetime], Refused | None]
"""Lets a correction take effect, within the caller's transaction; the refusal where it cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRequest:
    """What to correct. The same key for the same account is the same request."""

    kind: CorrectionKind
    account: Account
    connects: Connects
    reason: str
    key: str
    parameters: Mapping[str, str | int] = field(default_factory=dict)


def lock_for(staff: User | None, account: Account) -> None:
    """Let corrections by one person, and to one account, happen one after another.

    People before accounts, so that two of them never wait for each other. Rows that only refer to
    these are not held up.
    """
    if staff is not None:
        User.objects.select_for_update(no_key=True).get(pk=staff.pk)
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)


def make_correction(
    request: CorrectionRequest,
    staff: User | None,
    now: datetime,
    carry_out: CarryOut,
    *,
    alone: bool,
) -> Correction | Refused:
    """Make the correction at once if one person is enough (`alone`); otherwise keep it as a proposal.

    Runs in the caller's transaction, after `lock_for`. A repeated request returns the correction as it
    stands now. Refused with `invalid`, or as the kind refuses.
    """
    problem = _problem(request)
    if problem is not None:
        return problem
    made = Correction.objects.filter(kind=request.kind, account=request.account, key=request.key)
    earlier = made.first()
    if earlier is not None:
        return earlier if earlier.connects == request.connects else key_reused(request.key)
    row = Correction(
        kind=request.kind,
        account=request.account,
        connects=request.connects,
        reason=request.reason,
        parameters=dict(request.parameters),
        key=request.key,
        state=CorrectionState.PROPOSED,
        by=staff,
        made=now,
    )
    if alone:
        refused = carry_out(row, now)
        if refused is not None:
            return refused
        row.state, row.done = CorrectionState.DONE, now
    row.save()
    _note(row, staff, row.kind if alone else f"propose-{row.kind}", now)
    return row


def agree(number: int, staff: User, now: datetime, carry_out: CarryOut) -> Correction | Refused:
    """Carry a proposed correction out, as the second person agrees. Runs in the caller's transaction.

    Refused with `not_allowed` for the first person, with `invalid` if it was decided otherwise, or as
    the kind refuses: then it stays proposed. Agreeing twice returns the same result.
    """
    row = _locked(number)
    if row.state == CorrectionState.DONE and row.second_id == staff.pk:
        return row
    if row.state != CorrectionState.PROPOSED:
        return invalid(Problem.WRONG_STATE, field="correction")
    if row.by_id == staff.pk:
        return not_allowed(Problem.SECOND_PERSON)
    lock_for(staff, row.account)
    refused = carry_out(row, now)
    if refused is not None:
        return refused
    row.state, row.second, row.decided, row.done = CorrectionState.DONE, staff, now, now
    row.save()
    _note(row, staff, f"agree-{row.kind}", now)
    return row


def decline(number: int, staff: User, reason: str, now: datetime) -> Correction | Refused:
    """The second person declines, or the first takes it back; nothing happens to the account.

    Runs in the caller's transaction. Refused with `invalid`.
    """
    if not reason.strip():
        return invalid(Problem.REQUIRED, field="reason")
    row = _locked(number)
    if row.state == CorrectionState.DECLINED and row.second_id == staff.pk:
        return row
    if row.state != CorrectionState.PROPOSED:
        return invalid(Problem.WRONG_STATE, field="correction")
    row.state, row.second, row.decided = CorrectionState.DECLINED, staff, now
    row.save()
    _note(row, staff, f"decline-{row.kind}", now, reason)
    return row


def _locked(number: int) -> Correction:
    rows = Correction.objects.select_for_update(of=("self",)).select_related("account")
    return rows.get(pk=number)


def _problem(request: CorrectionRequest) -> Refused | None:
    wrong = text_refused("reason", request.reason, REASON_CHARACTERS, required=True)
    return wrong or key_refused(request.key)


def _note(
    row: Correction, staff: User | None, act: str, now: datetime, reason: str | None = None
) -> None:
    said = {"credits": row.connects, "correction": row.pk}
    note_act(staff, act, f"account:{row.account.handle}", reason or row.reason, now, said)

"""Staff put right what was given: Connects are taken back as far as they are left, and debt is forgiven.

Neither makes debt. Alone up to what one person may grant, and beyond it with a second one: as with
grants, the sums of thirty days count.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.acts.notices.outbox import put_in_outbox
from connects.acts.staff.correct import CorrectionRequest, lock_for, make_correction
from connects.acts.staff.grant_courtesy import BY_STAFF_MOST, TO_ACCOUNT_MOST, WITHIN
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.journal.port import Posted
from connects.market.corrections.models import Correction, CorrectionKind
from connects.market.corrections.selectors import connects_by, connects_to
from connects.market.members.selectors import rule_book_of
from connects.market.people.models import Account, User
from connects.market.people.permissions import Act, denied
from connects.movements import correct_connects
from connects.vocabulary.amounts import Connects
from connects.vocabulary.events import Event
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid
from connects.vocabulary.typed_input import key_reused


def void(
    account: Account,
    lot: int,
    credits: Connects | None,
    reason: str,
    staff: User,
    key: str,
) -> Correction | Refused:
    """Take back `credits` of what is left of a lot, all of it where None; or propose to.

    The same key again is the same correction. Refused with `not_allowed`, or `invalid`: above all
    `more_than_is_left` where the lot has fewer left, for what was spent is not taken back.
    """
    with transaction.atomic():
        lock_for(staff, account)
        refused = denied(staff, Act.TAKE_BACK_CONNECTS) or _unfit(account)
        if refused is not None:
            return refused
        before = _earlier(account, CorrectionKind.VOID, key)
        if before is not None and before.parameters.get("lot") != lot:
            return key_reused(key)
        left = _left_of(account, lot)
        asked = credits if credits is not None else (before.connects if before else left)
        if asked < 1 and credits is not None:
            return invalid(Problem.NOT_POSITIVE, field="credits")
        if before is None and asked not in range(1, left + 1):
            return invalid(Problem.MORE_THAN_IS_LEFT, credits=asked, left=left)
        request = CorrectionRequest(
            kind=CorrectionKind.VOID,
            account=account,
            connects=asked,
            reason=reason,
            key=key,
            parameters={"lot": lot},
        )
        return _correct(request, staff)


def write_off(
    account: Account, credits: Connects, reason: str, staff: User, key: str
) -> Correction | Refused:
    """Forgive `credits` of what the account owes; or propose to.

    Refused with `not_allowed`, or `invalid`: above all `more_than_is_owed`.
    """
    with transaction.atomic():
        lock_for(staff, account)
        refused = denied(staff, Act.TAKE_BACK_CONNECTS) or _unfit(account)
        if refused is not None:
            return refused
        if credits < 1:
            return invalid(Problem.NOT_POSITIVE, field="credits")
        debt = journal().wallet(account.pk).debt
        if _earlier(account, CorrectionKind.WRITE_OFF, key) is None and credits > debt:
            return invalid(Problem.MORE_THAN_IS_OWED, credits=credits, debt=debt)
        request = CorrectionRequest(
            kind=CorrectionKind.WRITE_OFF,
            account=account,
            connects=credits,
            reason=reason,
            key=key,
        )
        return _correct(request, staff)


def carry_out(row: Correction, now: datetime) -> Refused | None:
    """Take the Connects of a void back, or write the debt off, and tell the member."""
    correction = correct_connects.Correction(
        wallet=row.account_id,
        key=f"{row.kind}:{row.key}",
        reference=f"{row.kind}:{row.key}",
        rule_book=rule_book_of(row.account, now).label,
    )
    if row.kind == CorrectionKind.VOID:
        lot = int(row.parameters["lot"])
        outcome = correct_connects.void_connects(journal(), correction, lot, row.connects, now)
    else:
        outcome = correct_connects.write_off_debt(journal(), correction, row.connects, now)
    if isinstance(outcome, Refused):
        return outcome
    put_in_outbox([_told(row, outcome)], now)
    return None


def _correct(request: CorrectionRequest, staff: User) -> Correction | Refused:
    now = clock_now()
    alone = (
        connects_to(request.account, request.kind, now - WITHIN) + request.connects
        <= TO_ACCOUNT_MOST
        and connects_by(staff, request.kind, now - WITHIN) + request.connects <= BY_STAFF_MOST
    )
    return make_correction(request, staff, now, carry_out, alone=alone)


def _unfit(account: Account) -> Refused | None:
    if AccountKind(account.kind).holds_wallet:
        return None
    return invalid(Problem.NO_WALLET, field="account")


def _earlier(account: Account, kind: CorrectionKind, key: str) -> Correction | None:
    return Correction.objects.filter(account=account, kind=kind, key=key).first()


def _left_of(account: Account, number: int) -> Connects:
    lot = journal().wallet(account.pk).lot(number)
    return lot.credits if lot is not None and lot.live_at(clock_now()) else 0


def _told(row: Correction, outcome: Posted) -> Event:
    wallet = outcome.wallet
    return Event(
        key=f"{row.kind}:{row.account_id}:{row.key}",
        account=row.account_id,
        code="connects-voided" if row.kind == CorrectionKind.VOID else "debt-written-off",
        parameters={
            "connects": row.connects,
            "reason": row.reason,
            "balance": wallet.balance,
            "debt": wallet.debt,
        },
    )

"""Courtesy grants by staff: alone up to what one person may give, and beyond it with a second one.

The sums of thirty days count, not the single grant: many small ones are one large one. Both sums hold
everything that was granted, with or without a second person; the account's holds everyone's grants.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from connects.acts.credits.tell_of_grant import grant_notices
from connects.acts.notices.outbox import put_in_outbox
from connects.acts.staff.correct import CorrectionRequest, lock_for, make_correction
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.ledger.lots import LotKind
from connects.market.corrections.models import Correction, CorrectionKind
from connects.market.corrections.selectors import connects_by, connects_to
from connects.market.members.selectors import party_of
from connects.market.people.models import Account, User
from connects.market.people.permissions import Act, denied
from connects.market.people.standing import closed_problem
from connects.movements.grant_connects import Grant, grant_connects
from connects.vocabulary.amounts import Connects
from connects.vocabulary.events import Event
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid

WITHIN = timedelta(days=30)
TO_ACCOUNT_MOST = 1_000
"""What an account is granted within `WITHIN` before a second person is asked."""

BY_STAFF_MOST = 5_000
"""What one member of staff grants within `WITHIN`, to all accounts, before a second person is asked."""

ISSUED = "issued"
"""The parameter of a grant of which only a part fit under the account's limit: how many came."""

BATCH = 200

CREDITS_MOST = 100_000
"""The most that one grant may bring, even with two people: more is a slip of the keyboard."""


def grant(
    account: Account,
    credits: Connects,
    reason: str,
    staff: User | None,
    key: str,
    expires: datetime | None = None,
    *,
    starts: datetime | None = None,
) -> Correction | Refused:
    """Grant Connects now or at `starts`; or propose to, if that is more than one person may.

    `staff` is None if the marketplace acts, which needs no agreement. The same key again is the same
    grant. Refused with `not_allowed` or `invalid`.
    """
    now = clock_now()
    refused = (
        denied(staff, Act.GRANT_CONNECTS)
        or closed_problem(account)
        or _problem(account, credits, expires, starts or now)
    )
    if refused is None and starts is not None and starts <= now:
        refused = invalid(Problem.IN_THE_PAST, field="starts")
    if refused is not None:
        return refused
    request = CorrectionRequest(
        kind=CorrectionKind.GRANT,
        account=account,
        connects=credits,
        reason=reason,
        key=key,
        parameters={
            name: at.isoformat()
            for name, at in (("expires", expires), ("starts", starts))
            if at is not None
        },
    )
    with transaction.atomic():
        lock_for(staff, account)
        alone = staff is None or _is_enough(staff, account, credits, now)
        return make_correction(request, staff, now, carry_out, alone=alone)


def grant_for_host(
    account: Account,
    credits: Connects,
    reason: str,
    external_id: str,
    sent_fields: Mapping[str, str],
) -> Correction | Refused:
    """Grant what a host's program asks for, at once up to what one person may give to an account.

    Beyond it the grant waits for staff to agree. Refused with `not_allowed` or `invalid`.
    """
    now = clock_now()
    refused = closed_problem(account) or _problem(account, credits, None, now)
    if refused is not None:
        return refused
    request = CorrectionRequest(
        kind=CorrectionKind.GRANT,
        account=account,
        connects=credits,
        reason=reason,
        key=external_id,
    )
    with transaction.atomic():
        lock_for(None, account)
        given = connects_to(account, CorrectionKind.GRANT, now - WITHIN)
        alone = given + credits <= TO_ACCOUNT_MOST
        row = make_correction(request, None, now, carry_out, alone=alone)
        if not isinstance(row, Refused) and row.external_id is None and row.made == now:
            row.external_id, row.sent_fields = external_id, dict(sent_fields)
            row.save(update_fields=["external_id", "sent_fields"])
        return row


def _problem(
    account: Account, credits: Connects, expires: datetime | None, now: datetime
) -> Refused | None:
    if not AccountKind(account.kind).holds_wallet:
        return invalid(Problem.NO_WALLET, field="account")
    if credits < 1:
        return invalid(Problem.NOT_POSITIVE, field="credits")
    if credits > CREDITS_MOST:
        return invalid(Problem.TOO_LARGE, field="credits", most=CREDITS_MOST)
    if expires is not None and expires <= now:
        return invalid(Problem.IN_THE_PAST, field="expires")
    return None


def _is_enough(staff: User, account: Account, credits: Connects, now: datetime) -> bool:
    """Whether this person may give that alone."""
    since, kind = now - WITHIN, CorrectionKind.GRANT
    return (
        connects_to(account, kind, since) + credits <= TO_ACCOUNT_MOST
        and connects_by(staff, kind, since) + credits <= BY_STAFF_MOST
    )


def carry_out(row: Correction, now: datetime) -> Refused | None:
    """Issue the Connects of a grant, or keep it until it begins.

    An end that has passed while it waited for a second person is refused.
    """
    expires, starts = instant_of(row, "expires"), instant_of(row, "starts")
    refused = _problem(row.account, row.connects, expires, now)
    if refused is not None:
        return refused
    if starts is not None and starts > now:
        row.starts = starts
        put_in_outbox([_coming(row, starts)], now)
        return None
    return issue_grant(row, expires, now, now)


def instant_of(row: Correction, name: str) -> datetime | None:
    """An instant among a correction's parameters; None where it has none."""
    told = row.parameters.get(name)
    return datetime.fromisoformat(told) if told else None


def _coming(row: Correction, starts: datetime) -> Event:
    return Event(
        key=f"coming:{row.account_id}:{row.key}",
        account=row.account_id,
        code="connects-coming",
        parameters={
            "connects": row.connects,
            "starts": starts.isoformat(),
            "about": row.reason,
        },
    )


def issue_grant(
    row: Correction, expires: datetime | None, at: datetime, now: datetime
) -> Refused | None:
    """Issue a correction's Connects; the refusal, where there is one. In the caller's transaction.

    What did not fit under the account's limit is noted on the row, which the caller saves.
    """
    courtesy = Grant(
        party=party_of(row.account, at),
        kind=LotKind.COURTESY,
        credits=row.connects,
        reason=f"courtesy:{row.key}",
        effective=at,
        expires=expires,
    )
    (outcome,) = grant_connects(journal(), (courtesy,), now)
    if isinstance(outcome, Refused):
        return outcome
    if outcome.record is not None and outcome.record.entry.credits < row.connects:
        row.parameters = {**row.parameters, ISSUED: outcome.record.entry.credits}
    put_in_outbox(grant_notices((courtesy,), (outcome,), "courtesy", row.reason), at)
    return None

"""Promo codes: made by staff, redeemed by members, never more often than they may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from connects.acts.credits.tell_of_grant import grant_notices
from connects.acts.notices.outbox import put_in_outbox
from connects.acts.oversight.audit import note_act
from connects.acts.oversight.count_acts import count_act
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.ledger.lots import LotKind
from connects.market.grants.models import PromoCode, PromoRedemption
from connects.market.limits.table import PROMO_TRIES
from connects.market.members.selectors import party_of
from connects.market.people.models import Account, User
from connects.market.people.permissions import Act, denied
from connects.market.people.standing import suspended_problem
from connects.movements.grant_connects import Grant, grant_connects
from connects.vocabulary.amounts import Connects
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid, not_allowed
from connects.vocabulary.typed_input import key_refused, key_reused, line

CONNECTS_MOST = 1_000
COUNT_MOST = 1_000_000
DAYS_MOST = 3_650
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{2,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PromoTerms:
    """The terms of a code: what it brings, and to whom; `in_all` None: as often as anyone likes.

    `lasts_days` is how long its Connects live, apart from how long the code is valid.
    """

    code: str
    connects: Connects
    valid_from: datetime
    valid_until: datetime
    for_each: int = 1
    in_all: int | None = None
    lasts_days: int | None = None


def make_promo(terms: PromoTerms, staff: User | None) -> PromoCode | Refused:
    """Make a code. Refused with `not_allowed`, or `invalid` and the field."""
    problem = denied(staff, Act.MAKE_PROMOS) or _problem(terms)
    if problem is not None:
        return problem
    now = clock_now()
    with transaction.atomic():
        promo, is_new = PromoCode.objects.get_or_create(
            code=terms.code,
            defaults={
                "connects": terms.connects,
                "valid_from": terms.valid_from,
                "valid_until": terms.valid_until,
                "for_each": terms.for_each,
                "in_all": terms.in_all,
                "lasts_days": terms.lasts_days,
                "made_by": staff,
            },
        )
        if not is_new:
            return invalid(Problem.TAKEN, field="code")
        note_act(staff, "make-promo", f"promo:{promo.code}", f"{promo.connects} Connects", now)
        return promo


def _problem(terms: PromoTerms) -> Refused | None:
    checks = (
        ("code", Problem.NOT_A_CODE, not _CODE.fullmatch(terms.code)),
        ("connects", Problem.TOO_LARGE, terms.connects > CONNECTS_MOST),
        ("connects", Problem.NOT_POSITIVE, terms.connects < 1),
        ("valid_until", Problem.NOT_AFTER_BEGIN, terms.valid_until <= terms.valid_from),
        ("for_each", Problem.NOT_POSITIVE, not 1 <= terms.for_each <= COUNT_MOST),
        (
            "in_all",
            Problem.NOT_POSITIVE,
            terms.in_all is not None and not 1 <= terms.in_all <= COUNT_MOST,
        ),
        (
            "lasts_days",
            Problem.NOT_POSITIVE,
            terms.lasts_days is not None and not 1 <= terms.lasts_days <= DAYS_MOST,
        ),
    )
    return next((invalid(problem, field=field) for field, problem, is_so in checks if is_so), None)


def stop_promo(promo: PromoCode, staff: User) -> PromoCode | Refused:
    """End a code now; what it brought stays. Refused with `not_allowed`."""
    refused = denied(staff, Act.MAKE_PROMOS)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        PromoCode.objects.filter(pk=promo.pk, valid_until__gt=now).update(valid_until=now)
        note_act(staff, "stop-promo", f"promo:{promo.code}", "stopped", now)
    promo.refresh_from_db()
    return promo


def redeem_promo(account: Account, code: str, key: str) -> PromoRedemption | Refused:
    """Redeem a code; the same key again is the same redemption.

    Refused with `not_allowed`, or with `invalid` if there is no such code, it is not valid now, or it
    has been used as often as it may be.
    """
    refused = _may_not_redeem(account) or key_refused(key)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        # The code's row is locked, so that its uses are counted one after another.
        promos = PromoCode.objects.select_for_update()
        promo = promos.filter(code=line(code).upper()).first()
        earlier = PromoRedemption.objects.filter(account=account, key=key).first()
        if earlier is not None:
            same = promo is not None and earlier.promo_id == promo.pk
            return earlier if same else key_reused(key)
        # A guess counts, too: a transaction that only counts is committed, refused or not.
        refused = count_act(PROMO_TRIES, f"account:{account.pk}", now)
        if refused is not None:
            return refused
        uses = PromoRedemption.objects.filter(promo=promo, account=account).count()
        problem = _unusable(promo, uses, now)
        if problem is not None:
            return invalid(problem, field="code")
        assert promo is not None
        return _redeem(promo, account, uses + 1, key, now)


def _unusable(promo: PromoCode | None, uses: int, now: datetime) -> Problem | None:
    """The reason why an account that has used a code so often cannot use it now; None if it can."""
    if promo is None or now < promo.valid_from:
        return Problem.PROMO_UNKNOWN
    if now >= promo.valid_until:
        return Problem.PROMO_OVER
    if promo.in_all is not None and promo.used >= promo.in_all:
        return Problem.PROMO_EXHAUSTED
    return Problem.PROMO_USED if uses >= promo.for_each else None


def _may_not_redeem(account: Account) -> Refused | None:
    if AccountKind(account.kind).holds_wallet:
        return suspended_problem(account)
    return not_allowed(Problem.FREELANCERS_ONLY)


def _redeem(
    promo: PromoCode, account: Account, number: int, key: str, now: datetime
) -> PromoRedemption:
    promo.used += 1
    promo.save(update_fields=["used"])
    grant = Grant(
        party=party_of(account, now),
        kind=LotKind.BONUS,
        credits=promo.connects,
        reason=f"promo:{promo.code}:{number}",
        effective=now,
        expires=None if promo.lasts_days is None else now + timedelta(days=promo.lasts_days),
    )
    outcomes = grant_connects(journal(), (grant,), now)
    put_in_outbox(grant_notices((grant,), outcomes, "promo", promo.code), now)
    return PromoRedemption.objects.create(
        promo=promo, account=account, number=number, key=key, redeemed=now
    )

"""Connects that are given, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from connects.acts.credits import redeem_promo
from connects.acts.staff import grant_courtesy, take_back_grant
from connects.acts.staff.decide_correction import agree_to_correction
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.ledger.entries import EntryKind
from connects.ledger.lots import Lot
from connects.market.corrections.models import Correction, CorrectionState
from connects.market.people.models import Account
from connects.scenarios.stage import Stage, Verb
from connects.vocabulary.amounts import Connects
from connects.vocabulary.moments import as_moment
from connects.vocabulary.parties import Role
from connects.vocabulary.refusals import Refused

LASTS = timedelta(days=3650)
"""How long a story's promo codes can be used."""


def grant(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    expires = as_moment(keys["expires"]) if "expires" in keys else None
    return grant_courtesy.grant(
        account, keys["credits"], keys["reason"], None, f"step-{number}", expires
    )


def promo(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account, now = stage.account(keys["account"]), clock_now()
    if "connects" in keys:
        terms = redeem_promo.PromoTerms(
            code=keys["code"], connects=keys["connects"], valid_from=now, valid_until=now + LASTS
        )
        made = redeem_promo.make_promo(terms, None)
        if isinstance(made, Refused):
            return made
    return redeem_promo.redeem_promo(account, keys["code"], f"step-{number}")


def void(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    first, second = (stage.staff(Role.SUPPORT, name) for name in ("first", "second"))
    answer: Correction | Refused | None = None
    for lot, credits in _aim(account, keys["credits"]):
        answer = take_back_grant.void(
            account, lot, credits, keys["reason"], first, f"step-{number}-{lot}"
        )
        if isinstance(answer, Correction) and answer.state == CorrectionState.PROPOSED:
            answer = agree_to_correction(answer, second)
        if isinstance(answer, Refused):
            return answer
    return answer


def _aim(account: Account, credits: Connects) -> list[tuple[int, Connects]]:
    """The lots that these credits are taken back from, the newest first, and how many from each.

    Where they have not so many left, one lot is asked for all of them, and refuses.
    """
    lots = _given(account)
    if not 0 < credits <= sum(lot.credits for lot in lots):
        return [(lots[0].number if lots else 0, credits)]
    aims = []
    for lot in lots:
        taken = min(lot.credits, credits)
        if taken:
            aims.append((lot.number, taken))
        credits -= taken
    return aims


def _given(account: Account) -> list[Lot]:
    """The lots that staff gave, or codes did; of an account that was given none of these, what it
    began with and what its plan brought.
    """
    given = {EntryKind.COURTESY, EntryKind.BONUS} & journal().totals(account.pk).keys()
    kinds = given or {EntryKind.SIGNUP, EntryKind.PLAN}
    now = clock_now()
    lots = [lot for lot in journal().wallet(account.pk).lots if lot.live_at(now)]
    return sorted(
        (lot for lot in lots if EntryKind(lot.kind) in kinds),
        key=lambda lot: lot.number,
        reverse=True,
    )


PLAY: dict[str, Verb] = {
    "grant": grant,
    "promo": promo,
    "void": void,
}

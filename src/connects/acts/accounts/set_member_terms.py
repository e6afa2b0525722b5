"""Say whether a member may spend an agency's Connects, and how many."""

from __future__ import annotations

from django.db import transaction

from connects.acts.accounts.team import member_of
from connects.acts.notices.tell_account import tell_account
from connects.bootstrap.clock import now as clock_now
from connects.market.external_ids import host_id
from connects.market.people.models import (
    Account,
    User,
)
from connects.market.people.team_roles import limit_problem, managing_problem
from connects.vocabulary.amounts import Connects
from connects.vocabulary.parties import Role
from connects.vocabulary.refusals import RefusalCode, Refused


def set_member_terms(
    agency: Account,
    account: Account,
    most: Connects | None,
    *,
    may_spend: bool,
    by: User | None = None,
) -> Account | Refused:
    """Say whether a member may spend the agency's Connects, and how many in a calendar month.

    `by` is the owner or admin who says so (None: the marketplace itself). Refused with `not_member`, or
    `not_allowed` where an admin would give more than the owner gave them.
    """
    now = clock_now()
    with transaction.atomic():
        found = member_of(agency, account, now)
        if found is None:
            return Refused(RefusalCode.NOT_MEMBER, {"agency": host_id(agency)})
        refused = managing_problem(agency, by, Role(found.role)) or limit_problem(
            agency, by, most, may_spend=may_spend
        )
        if refused is not None:
            return refused
        if (found.spends_most, found.may_spend) != (most, may_spend):
            terms = {"most": most, "may_spend": may_spend, "name": agency.name}
            tell_account(account.pk, "team-terms", agency.handle, now, **terms)
        found.spends_most, found.may_spend = most, may_spend
        found.save(update_fields=["spends_most", "may_spend"])
    return account

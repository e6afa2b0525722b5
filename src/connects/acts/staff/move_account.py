"""Moving one account to other rules, by a member of staff."""

from __future__ import annotations

from django.db import transaction

from connects.acts.oversight.audit import note_act
from connects.acts.rules.move_accounts import enrol
from connects.bootstrap.clock import now as clock_now
from connects.market.people.models import Account, User
from connects.market.people.permissions import Act, denied
from connects.market.people.standing import closed_problem
from connects.market.rollout.models import Move
from connects.vocabulary.refusals import Refused


def move_account(account: Account, staff: User, rules: str, *, notice: bool) -> Move | Refused:
    """Move the account to that rule book, after its days of notice or now.

    Refused with `not_allowed`, `rule_book_unknown` or `invalid`.
    """
    refused = denied(staff, Act.MOVE_ACCOUNTS) or closed_problem(account)
    if refused is not None:
        return refused
    with transaction.atomic():
        answer = enrol(account, rules, notice=notice)
        if not isinstance(answer, Refused):
            when = "after its notice" if notice else "now"
            subject = f"account:{account.handle}"
            note_act(staff, "enrol", subject, f"to {rules}, {when}", clock_now())
        return answer

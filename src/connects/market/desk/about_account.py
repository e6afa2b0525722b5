"""How much there is about one account, for the tabs of its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.expressions import Combinable

from connects.market.corrections.models import Correction
from connects.market.jobs.models import Job
from connects.market.moderation.models import Appeal
from connects.market.notices.models import NoticeEmail
from connects.market.people.models import Account, User
from connects.market.people.permissions import Act, may
from connects.market.plans.models import PlanPayment
from connects.market.proposals.models import Proposal
from connects.market.proposals.own_list import open_ones
from connects.market.purchases.models import Purchase
from connects.market.trust.lists import acts_about
from connects.market.trust.models import StaffAct


def rows_about(account: Account, staff: User) -> Mapping[str, QuerySet[Any]]:
    """What stands behind each tab, by the tab's name; nothing of what the reader may not see."""
    found: dict[str, tuple[Act, QuerySet[Any]]] = {
        "tab_jobs": (Act.READ_JOBS, Job.objects.filter(client=account)),
        "tab_proposals": (Act.READ_PROPOSALS, Proposal.objects.filter(account=account)),
        "tab_purchases": (Act.READ_PAYMENTS, Purchase.objects.filter(account=account)),
        "tab_plan_payments": (Act.READ_PAYMENTS, PlanPayment.objects.filter(account=account)),
        "tab_grants": (Act.READ_CORRECTIONS, Correction.objects.filter(account=account)),
        "tab_appeals": (Act.DECIDE_APPEALS, Appeal.objects.filter(account=account)),
        "tab_emails": (Act.READ_EMAILS, NoticeEmail.objects.filter(event__account=account)),
        "tab_acts": (
            Act.READ_ACCOUNT_ACTS,
            acts_about(f"account:{account.handle}").rows(StaffAct),
        ),
    }
    return {name: rows for name, (act, rows) in found.items() if may(staff, act)}


def sums_about(account: Account, staff: User) -> Mapping[str, tuple[QuerySet[Any], Combinable]]:
    """What is added up for the page of an account: the Connects in its open proposals, and how many."""
    if not may(staff, Act.READ_PROPOSALS):
        return {}
    rows = Proposal.objects.filter(open_ones(), account=account)
    return {"in_open": (rows, F("paid") - F("returned")), "open_proposals": (rows, Value(1))}

"""Accounts: finding them, and what staff do for one."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.staff.end_membership import is_on_free_plan
from connects.bootstrap.clock import now as clock_now
from connects.console import account_acts
from connects.console.checks import checked
from connects.console.pages import for_staff, staff_page
from connects.console.tables.page import list_response
from connects.console.tables.people import ACCOUNT_TABLE
from connects.market.corrections.models import Correction
from connects.market.grants.selectors import badges_of
from connects.market.members.editions import known_names
from connects.market.members.selectors import membership_of
from connects.market.people.models import Account, User
from connects.market.people.permissions import Act, may
from connects.market.people.selectors import account_named
from connects.market.rollout.selectors import moves_of
from connects.statements.checks.check import Check
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed


@for_staff(Act.READ_ACCOUNTS)
def accounts(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Every account."""
    return list_response(request, staff, ACCOUNT_TABLE)


@for_staff(Act.READ_ACCOUNTS)
def account(request: HttpRequest, staff: User, handle: str) -> HttpResponseBase:
    """One account: its balance, badges and rule books; its forms grant Connects and change these."""
    found = account_named(handle)
    if found is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        check = account_acts.check_of(request, staff, found)
        asked = checked(request, staff, check) if isinstance(check, Check) else None
        if asked is not None:
            return asked
        if isinstance(check, Refused):
            refusal = refusal_text(check)
        else:
            answer = _act_on_account(request, staff, found)
            if isinstance(answer, Correction):
                return redirect("console-correction", number=answer.pk)
            if not answer:
                messages.success(request, account_acts.done_text(request, found))
                return redirect("console-account", handle=found.handle)
            refusal = answer
    holds_wallet = AccountKind(found.kind).holds_wallet
    reads_wallet = holds_wallet and may(staff, Act.READ_WALLETS)
    context = {
        "account": found,
        "holds_wallet": holds_wallet,
        "membership": membership_of(found, clock_now()) if reads_wallet else None,
        "badges": badges_of(found),
        "moves": moves_of(found),
        "has_plan": holds_wallet and not is_on_free_plan(found),
        "books": known_names(),
        "key": uuid4().hex,
        "refusal": refusal,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return staff_page(request, staff, "console/account.html", context, status)


def _act_on_account(request: HttpRequest, staff: User, account: Account) -> str | Correction:
    """Do what the form says; what is wrong with it, or the correction that came of it."""
    match Typed(request.POST).choice("act"):
        case "add-badge" | "remove-badge":
            return account_acts.change_badge(request, staff, account)
        case "suspend" | "reinstate":
            return account_acts.change_standing(request, staff, account)
        case "erase":
            return account_acts.erase(request, staff, account)
        case "enrol":
            return account_acts.move(request, staff, account)
        case "end-membership":
            return account_acts.end_plan(request, staff, account)
        case "void":
            return account_acts.take_back(request, staff, account)
        case "write-off":
            return account_acts.write_off(request, staff, account)
        case _:
            return account_acts.grant(request, staff, account)

"""Accounts: finding them, and what staff do for one."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.oversight.audit import note_reading
from connects.acts.staff.grant_courtesy import TO_ACCOUNT_MOST
from connects.bootstrap.clock import now as clock_now
from connects.console import account_acts
from connects.console.account_history import last_lines
from connects.console.checks import checked
from connects.console.pages import counts_of, for_staff, staff_page
from connects.console.tables.page import list_response
from connects.console.tables.people import ACCOUNT_TABLE, acts_table
from connects.market.corrections.models import Correction
from connects.market.desk.about_account import rows_about, sums_about
from connects.market.grants.selectors import badges_of
from connects.market.members.editions import titled_names
from connects.market.members.selectors import MembershipView, membership_of
from connects.market.people.models import Account, Membership, User
from connects.market.people.permissions import Act, may
from connects.market.people.selectors import account_named, account_with_plan, people_of
from connects.market.rollout.models import MoveState
from connects.market.rollout.selectors import moves_of
from connects.policy.worth import worth
from connects.statements.checks.check import Check
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.amounts import Money
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
    found = account_with_plan(handle)
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
                messages.success(request, account_acts.correction_text(answer))
                return redirect("console-correction", number=answer.pk)
            if not answer:
                messages.success(request, account_acts.done_text(request, found))
                return redirect("console-account", handle=found.handle)
            refusal = answer
    holds_wallet = AccountKind(found.kind).holds_wallet
    reads_wallet = holds_wallet and may(staff, Act.READ_WALLETS)
    now = clock_now()
    # What the act of a form that was refused has left is what was read: the plan, too.
    membership = membership_of(found, now, found.subscription) if reads_wallet else None
    plan_price = None if membership is None else _price_of(membership, found)
    moves = moves_of(found)
    # Whoever asks to move the account reads the names of rule books, in place of the last lines.
    moving = may(staff, Act.MOVE_ACCOUNTS) and Typed(request.GET).choice("act") == "move"
    context = {
        **account_frame(request, staff, found),
        "membership": membership,
        "worth": None if membership is None else worth(membership.book, membership.balance),
        "plan_price": plan_price,
        "serious": _serious_acts(staff, found, membership, plan_price),
        "people": _people(staff, found),
        "badges": badges_of(found),
        "history": None
        if membership is None or moving
        else last_lines(found, membership.balance, now),
        "moves": moves,
        "coming": next((move for move in moves if move.state == MoveState.TOLD), None),
        "books": titled_names() if moving else (),
        "key": uuid4().hex,
        "grant_alone_most": TO_ACCOUNT_MOST,
        "refusal": refusal,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return staff_page(request, staff, "console/account.html", context, status)


def account_frame(request: HttpRequest, staff: User, found: Account) -> dict[str, object]:
    """What every page about an account shows: whose it is, and its tabs with their counts."""
    counts_of(request, staff, rows_about(found, staff), sums_about(found, staff))
    return {"account": found, "holds_wallet": AccountKind(found.kind).holds_wallet}


def _serious_acts(
    staff: User, found: Account, membership: MembershipView | None, plan_price: Money | None
) -> list[str]:
    """What may be done to the account now that takes something away, by the name of its form."""
    can = {
        "suspend": may(staff, Act.SUSPEND_ACCOUNTS) and not found.closed,
        "move": may(staff, Act.MOVE_ACCOUNTS) and not found.closed,
        "void": may(staff, Act.TAKE_BACK_CONNECTS) and membership and membership.lots,
        "write-off": may(staff, Act.TAKE_BACK_CONNECTS) and membership and membership.debt,
        "end-membership": may(staff, Act.END_MEMBERSHIPS) and plan_price is not None,
        "erase": may(staff, Act.ERASE_PEOPLE) and not found.erased,
    }
    return [act for act, possible in can.items() if possible]


def _price_of(membership: MembershipView, account: Account) -> Money | None:
    """What the account's plan costs a month; None where it is free."""
    cents = membership.book.plan(membership.party.plan).price(AccountKind(account.kind))
    return Money(cents, membership.book.currency) if cents else None


def _people(staff: User, account: Account) -> list[Membership]:
    """Who acts for the account, for those who may see their addresses; seeing them is noted."""
    if not may(staff, Act.READ_PEOPLE):
        return []
    note_reading(staff, Act.READ_PEOPLE, f"account:{account.handle}", clock_now())
    return people_of(account)


@for_staff(Act.READ_ACCOUNT_ACTS)
def acts(request: HttpRequest, staff: User, handle: str) -> HttpResponseBase:
    """What staff did to one account, and why."""
    found = account_named(handle)
    if found is None:
        raise Http404
    frame = account_frame(request, staff, found)
    return list_response(request, staff, acts_table(found), "console/account_acts.html", frame)


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

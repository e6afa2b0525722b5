"""An agency's team, limits on spending, and the monthly statement."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from connects.acts.accounts import team
from connects.acts.accounts.invite_to_team import (
    invitations_by,
    withdraw_team_invitation,
)
from connects.acts.accounts.leave_team import leave_team
from connects.acts.accounts.set_member_terms import set_member_terms
from connects.acts.checks.teams import check_freeze, check_removal
from connects.acts.memberships import freeze
from connects.acts.proposals.invite_by_email import withdraw_email_invitation
from connects.acts.proposals.limit_spending import set_spending_limit
from connects.market.members.past import account_wallet_at
from connects.market.people.models import Account
from connects.market.people.selectors import account_named
from connects.market.plans.selectors import is_frozen
from connects.market.profiles.invited import e_mail_invitations
from connects.market.proposals.statement import monthly_statement
from connects.statements.checks.check import Check
from connects.statements.checks.undo import Undo
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.moments import add_months
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused, invalid
from connects.vocabulary.typed_input import Typed
from connects.web.checks import checked
from connects.web.limits import told_to_wait
from connects.web.statement_pdf import statement_pdf as statement_on_paper
from connects.web.viewer import Viewer, for_freelancers, render_page
from connects.web.views.membership import show_membership
from connects.wording.messages import gettext as _
from connects.wording.messages import mark, ngettext

LIMIT_MOST = 999_999

_DONE = {
    "uninvite": mark("The invitation is withdrawn."),
    "uninvite-address": mark("The invitation is withdrawn."),
    "leave": mark("They are no longer in the team. Their proposals stay with the agency."),
    "limit": mark("The new limit applies from now on."),
    "freeze": mark("Nothing renews and nothing is charged until you revive the plan."),
    "revive": mark("The plan runs again."),
}
"""What is so once an act on the team is done."""


@for_freelancers
def overview(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Who is in the team, and what each may spend; owners change it."""
    if viewer.account.kind != AccountKind.AGENCY or viewer.acting is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        if not viewer.acting.may_buy:
            raise Http404
        check = _check(request, viewer)
        asked = checked(request, viewer, check) if isinstance(check, Check) else None
        if asked is not None:
            return asked
        by_address = _withdraw_address(request, viewer)
        answer = check if isinstance(check, Refused) else by_address or _act(request, viewer)
        if not isinstance(answer, Refused):
            messages.success(request, _(_DONE[Typed(request.POST).choice("act")]))
            return redirect("team")
        refusal = told_to_wait(request, answer)
    by_email = e_mail_invitations(viewer.account, None, viewer.now)
    # Who was invited by their address is listed by it, whether or not they are here.
    known = {row.account_id for row in by_email}
    context = {
        "team": team.team_of(viewer.account),
        "invited": [
            row for row in invitations_by(viewer.account, viewer.now) if row.account_id not in known
        ],
        "by_email": by_email,
        "is_owner": viewer.acting.role is Role.AGENCY_OWNER,
        "is_frozen": is_frozen(viewer.account),
        "may_change": viewer.acting.may_buy,
        "refusal": refusal,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return render_page(request, viewer, "web/team.html", context, status=status)


def _check(request: HttpRequest, viewer: Viewer) -> Check | Refused | None:
    """What is to be read before the act; None where it takes nothing away."""
    typed = Typed(request.POST)
    match typed.choice("act"):
        case "freeze":
            return check_freeze(viewer.account)
        case "leave":
            account = account_named(typed.handle())
            return None if account is None else check_removal(account, viewer.account, viewer.user)
        case _:
            return None


def _withdraw_address(request: HttpRequest, viewer: Viewer) -> object | None:
    """Take back an invitation that went to an address; None where something else was asked for."""
    typed = Typed(request.POST)
    if typed.choice("act") != "uninvite-address" or viewer.user is None:
        return None
    return withdraw_email_invitation(viewer.account, typed.row("invitation") or 0, viewer.user)


def _act(request: HttpRequest, viewer: Viewer) -> object:
    typed = Typed(request.POST)
    act = typed.choice("act")
    if act == "freeze":
        return freeze.freeze(viewer.account)
    if act == "revive":
        return freeze.revive(viewer.account)
    account = account_named(typed.handle())
    if account is None:
        return invalid(Problem.UNKNOWN_ACCOUNT, field="account")
    match act:
        case "uninvite":
            return withdraw_team_invitation(viewer.account, account, viewer.user)
        case "leave":
            return leave_team(account, viewer.account, viewer.user)
        case "limit":
            most = typed.limit("most", LIMIT_MOST, _limit_of(viewer.account, account))
            if isinstance(most, Refused):
                return most
            may_spend = typed.is_set("may_spend")
            return set_member_terms(
                viewer.account, account, most, may_spend=may_spend, by=viewer.user
            )
        case _:
            raise Http404


def _limit_of(agency: Account, account: Account) -> str:
    """What applies to a member as long as no other limit is set."""
    held = (row.spends_most for row in team.team_of(agency) if row.account_id == account.pk)
    most = next(held, None)
    if most is None:
        return _("{member} still has no limit.", member=account.name)
    return _("The limit of {member} is still {most}.", member=account.name, most=most)


def _still(most: int | None) -> str:
    if most is None:
        return _("You still have no limit.")
    return _("Your limit is still {most}.", most=most)


@require_POST
@for_freelancers
def spending_limit(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Set the account's own monthly limit, or take it away."""
    if viewer.acting is None or not viewer.acting.owns:
        raise Http404
    most = Typed(request.POST).limit("most", LIMIT_MOST, _still(viewer.account.spends_most))
    if isinstance(most, Refused):
        return show_membership(request, viewer, refusal_text(most))
    before = viewer.account.spends_most
    set_spending_limit(viewer.account, most)
    undo = Undo(request.path, {"most": "" if before is None else str(before)})
    said = _("You have no limit now.")
    if most is not None:
        said = ngettext(
            "Your limit is {n} Connect a month.", "Your limit is {n} Connects a month.", most
        )
    messages.success(request, said, extra_tags="" if before == most else undo.tag)
    return redirect("membership")


@for_freelancers
def statement(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """A month: spent, came back, answers, what a hire cost; and what was held at any instant."""
    typed = Typed(request.GET)
    month, instant = typed.month("month", viewer.now), typed.moment("at")
    context = {
        "held": instant and _held(viewer, instant),
        "wrong_instant": typed.is_set("at") and instant is None,
        "statement": monthly_statement(viewer.account, month),
        "previous": add_months(month, -1),
        "next": add_months(month, 1) if add_months(month, 1) <= viewer.now else None,
    }
    return render_page(request, viewer, "web/statement.html", context)


def _held(viewer: Viewer, instant: datetime) -> dict[str, object]:
    return {"moment": instant, "wallet": account_wallet_at(viewer.account, instant)}


@for_freelancers
def statement_pdf(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The same month as a PDF."""
    month = Typed(request.GET).month("month", viewer.now)
    content = statement_on_paper(viewer, month)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="connects-{month:%Y-%m}.pdf"'
    return response

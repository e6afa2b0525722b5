"""Finding whom to invite: to a job, into a team, into a talent cloud."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from connects.acts.accounts.invite_to_team import invitations_by, invite_to_team
from connects.acts.accounts.team import team_of
from connects.acts.jobs.make_cloud import make_cloud
from connects.acts.proposals.invite import invite_to_job
from connects.acts.proposals.invite_by_email import (
    Target,
    invitation_of,
    invite_by_email,
    leave_address_alone,
)
from connects.market.jobs.clouds import members_of, own_cloud
from connects.market.jobs.models import Job, JobStatus
from connects.market.jobs.selectors import own_job
from connects.market.pages import Page
from connects.market.people.models import Account
from connects.market.people.selectors import account_named
from connects.market.profiles import invited as invitations
from connects.market.profiles.persons import Person
from connects.market.profiles.search import PeopleQuery, find_people
from connects.market.profiles.suggested import earlier_members, people_for
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused, invalid
from connects.vocabulary.typed_input import Typed
from connects.web.limits import told_to_wait
from connects.web.viewer import Viewer, for_anyone, for_clients, for_freelancers, render_page
from connects.wording.messages import gettext as _

ADDRESS_CHARACTERS = 254
NOBODY: Page[Person] = Page((), 1, 1, 0)


@for_clients
def to_job(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponseBase:
    """Find people for a job, and invite them by name or by e-mail address."""
    job = own_job(viewer.account, public_id)
    if job is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        answer = _invite_to_job(request, viewer, job)
        if not isinstance(answer, Refused):
            messages.success(request, _("{name} is invited to this job.", name=answer))
            return redirect("invite", public_id=public_id)
        refusal = told_to_wait(request, answer)
    elif job.status != JobStatus.OPEN:
        return redirect("post", public_id=public_id)
    invited = invitations.invitations_to(job)
    done = [row.account_id for row in invited]
    search = _search(request, may_email=True)
    context = {
        **search,
        "heading": _("Invite people"),
        "lead": _("To “{job}”. They answer free of charge.", job=job.title)
        if viewer.book.free.invitations
        else _("To “{job}”.", job=job.title),
        "back": reverse("post", args=[public_id]),
        "back_words": job.title,
        **_offered(viewer, search, job, done),
        "invited": invited,
        "by_email": invitations.e_mail_invitations(viewer.account, job, viewer.now),
        "done": done,
        "done_word": "invited",
        "button": _("Invite"),
    }
    return _shown(request, viewer, context, refusal)


def _offered(
    viewer: Viewer, search: dict[str, Any], job: Job | None, done: list[int]
) -> dict[str, Any]:
    """Whom the client may mean before they look for anybody: earlier people, and suggested ones."""
    if search["words"]:
        return {}
    earlier, suggested = people_for(viewer.account, job, done)
    return {
        "earlier": earlier,
        "earlier_words": _("You have worked or written with them"),
        "suggested": suggested,
    }


def _invite_to_job(request: HttpRequest, viewer: Viewer, job: Job) -> str | Refused:
    """Who was invited: a name, or the address as it was typed."""
    email = Typed(request.POST).line("email", ADDRESS_CHARACTERS)
    if email and viewer.user is not None:
        by_email = invite_by_email(email, Target(by=viewer.account, job=job), viewer.user)
        return by_email if isinstance(by_email, Refused) else by_email.email
    account = _account(request)
    if isinstance(account, Refused):
        return account
    answer = invite_to_job(job, account, viewer.account)
    return answer if isinstance(answer, Refused) else account.name


def _account(request: HttpRequest) -> Account | Refused:
    found = account_named(Typed(request.POST).handle())
    return found or invalid(Problem.UNKNOWN_ACCOUNT, field="account")


@for_freelancers
def to_team(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Find freelancers for an agency's team, and invite them by name or by e-mail address."""
    if viewer.account.kind != AccountKind.AGENCY or viewer.acting is None:
        raise Http404
    if not viewer.acting.may_buy:
        raise Http404
    refusal = ""
    if request.method == "POST":
        answer = _invite_to_team(request, viewer)
        if not isinstance(answer, Refused):
            messages.success(
                request, _("{name} is invited. They join once they accept.", name=answer)
            )
            return redirect("team")
        refusal = told_to_wait(request, answer)
    by_email = invitations.e_mail_invitations(viewer.account, None, viewer.now)
    known = {row.account_id for row in by_email}
    asked = [row.account_id for row in invitations_by(viewer.account, viewer.now)]
    search = _search(request, may_email=True, kind=AccountKind.FREELANCER)
    context = {
        **search,
        "heading": _("Invite a member"),
        "lead": _(
            "Into the team of {agency}. They join once they accept.", agency=viewer.account.name
        ),
        "back": reverse("team"),
        "back_words": _("Team"),
        "earlier": () if search["words"] else earlier_members(viewer.account),
        "earlier_words": _("They were in the team before"),
        "by_email": by_email,
        "done": [row.account_id for row in team_of(viewer.account)]
        + [number for number in asked if number not in known],
        "done_word": "invited",
        "button": _("Invite"),
        "may_make_admins": viewer.acting.role is Role.AGENCY_OWNER,
    }
    return _shown(request, viewer, context, refusal)


def _invite_to_team(request: HttpRequest, viewer: Viewer) -> str | Refused:
    typed = Typed(request.POST)
    role = Role.AGENCY_ADMIN if typed.is_set("admin") else Role.AGENCY_MEMBER
    email = typed.line("email", ADDRESS_CHARACTERS)
    if email and viewer.user is not None:
        by_email = invite_by_email(email, Target(by=viewer.account, role=role), viewer.user)
        return by_email if isinstance(by_email, Refused) else by_email.email
    account = _account(request)
    if isinstance(account, Refused):
        return account
    answer = invite_to_team(account, viewer.account, role, viewer.user)
    return answer if isinstance(answer, Refused) else account.name


@for_clients
def to_cloud(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Find people for a talent cloud, which is made with its first member."""
    typed = Typed(request.POST if request.method == "POST" else request.GET)
    name = typed.name("name")
    if not name:
        messages.error(request, _("Say which cloud it is for."))
        return redirect("clouds")
    refusal = ""
    if request.method == "POST":
        account = _account(request)
        answer = (
            account if isinstance(account, Refused) else make_cloud(name, viewer.account, [account])
        )
        if not isinstance(answer, Refused) and not isinstance(account, Refused):
            messages.success(
                request, _("{member} is in {cloud} now.", member=account.name, cloud=name)
            )
            return redirect("clouds")
        assert isinstance(answer, Refused)
        refusal = told_to_wait(request, answer)
    cloud = own_cloud(viewer.account, name)
    search = _search(request, may_email=False, name=name)
    context = {
        **search,
        "heading": _("Add people to a talent cloud"),
        "lead": _("They see and answer the jobs that are for {cloud} alone.", cloud=name),
        "back": reverse("clouds"),
        "back_words": _("Talent clouds"),
        "cloud": name,
        **_offered(viewer, search, None, []),
        "done": members_of(cloud) if cloud else [],
        "done_word": "member",
        "button": _("Add"),
    }
    return _shown(request, viewer, context, refusal)


def _search(
    request: HttpRequest, *, may_email: bool, kind: str = "", name: str = ""
) -> dict[str, Any]:
    """What was looked for and who was found; an e-mail address finds nobody, it can be invited."""
    typed = Typed(request.GET)
    words = typed.line("q", ADDRESS_CHARACTERS)
    is_address = may_email and "@" in words
    query = PeopleQuery(words=words, kind=kind, page=typed.page())
    kept = {"q": words, "name": name}
    return {
        "words": words,
        "address": words if is_address else "",
        "found": find_people(query) if words and not is_address else NOBODY,
        "keep": urlencode({key: value for key, value in kept.items() if value}) + "&",
    }


def _shown(
    request: HttpRequest, viewer: Viewer, context: dict[str, Any], refusal: str
) -> HttpResponseBase:
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    page = {**context, "refusal": refusal}
    return render_page(request, viewer, "web/invite.html", page, status=status)


@for_anyone
def invited(request: HttpRequest, viewer: Viewer, token: str) -> HttpResponseBase:
    """The page of an invitation that came by e-mail: how to accept it, and how to stop such e-mails."""
    invitation = invitation_of(token, viewer.now)
    if invitation is None:
        return render_page(request, viewer, "web/invited.html", {"invitation": None}, status=410)
    if viewer.user is not None and viewer.user.email == invitation.email:
        return redirect("invitations" if viewer.holds_wallet else "home")
    if request.method == "POST":
        leave_address_alone(invitation, viewer.now)
        messages.success(request, _("We will not write to {email} again.", email=invitation.email))
        return redirect("home")
    begin = urlencode({"kind": AccountKind.FREELANCER.value, "email": invitation.email})
    context = {"invitation": invitation, "begin": begin}
    return render_page(request, viewer, "web/invited.html", context)

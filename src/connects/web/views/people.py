"""Profiles, and finding people."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.accounts.edit_profile import edit_profile
from connects.market.pages import Page
from connects.market.profiles.models import ShownTo
from connects.market.profiles.persons import Person
from connects.market.profiles.search import PeopleQuery, find_people
from connects.market.profiles.selectors import person_for, profile_of
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.amounts import Cents, Money
from connects.vocabulary.countries import country_code
from connects.vocabulary.parties import Role
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused, invalid
from connects.vocabulary.typed_input import Typed
from connects.web.forms.profile import ProfilePageForm, initial_of
from connects.web.viewer import Viewer, for_anyone, for_freelancers, for_members, render_page
from connects.wording.messages import gettext as _

NOBODY: Page[Person] = Page((), 1, 1, 0)
_ASKED = ("q", "skill", "country", "badge", "kind", "rate_least", "rate_most")


@for_members
def find(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Look for freelancers and agencies by name, skill, country, rate and badge."""
    typed = Typed(request.GET)
    query = people_query(typed, viewer.book.currency)
    refusal = query if isinstance(query, Refused) else None
    found = NOBODY if isinstance(query, Refused) else find_people(query)
    asked = {name: typed.line(name) for name in _ASKED}
    context = {
        "found": found,
        "asked": asked,
        "refusal": "" if refusal is None else refusal_text(refusal),
        "badges": sorted({badge for person in found.items for badge in person.badges}),
        "keep": urlencode({name: value for name, value in asked.items() if value}) + "&",
    }
    status = 200 if refusal is None else ANSWERED_WITH_REFUSAL
    return render_page(request, viewer, "web/people.html", context, status=status)


def people_query(typed: Typed, currency: str) -> PeopleQuery | Refused:
    """What was asked for. Refused with `invalid` where it makes no sense, as a least above the most."""
    country = typed.line("country")
    code = country_code(country) if country else ""
    if code is None:
        return invalid(Problem.NOT_A_COUNTRY, field="country")
    least, most = (_rate(typed, name, currency) for name in ("rate_least", "rate_most"))
    if isinstance(least, Refused) or isinstance(most, Refused):
        return invalid(Problem.NOT_AN_AMOUNT, field="rate")
    if least is not None and most is not None and least > most:
        return invalid(Problem.CONTRADICTS, field="rate", least=str(Money(least, currency)))
    return PeopleQuery(
        name=typed.line("q"),
        skill=typed.line("skill"),
        country=code,
        badge=typed.line("badge"),
        kind=typed.choice("kind"),
        currency=currency,
        rate_least=least,
        rate_most=most,
        page=typed.page(),
    )


def _rate(typed: Typed, name: str, currency: str) -> Cents | Refused | None:
    return typed.cents(name, currency) if typed.line(name) else None


@for_anyone
def profile(request: HttpRequest, viewer: Viewer, handle: str) -> HttpResponseBase:
    """What a freelancer or an agency tells of themselves, and what they have done here."""
    person = person_for(viewer.user, viewer.account if viewer.acting else None, handle)
    if person is None:
        if viewer.user is None:
            # Whether there is such a page, and only members may see it, is not said.
            return redirect_to_login(request.get_full_path())
        raise Http404
    context = {
        "person": person,
        "is_own": viewer.acting is not None and viewer.account == person.account,
        "may_edit": _may_edit(viewer) and viewer.account == person.account,
        "shown_words": ShownTo(person.profile.shown_to).label,
    }
    return render_page(request, viewer, "web/profile.html", context)


def _may_edit(viewer: Viewer) -> bool:
    """Whether the person may say what their account tells; members of an agency may not."""
    return viewer.acting is not None and viewer.acting.role in (
        Role.FREELANCER,
        Role.AGENCY_OWNER,
        Role.AGENCY_ADMIN,
    )


@for_freelancers
def edit(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Change what the account tells of itself."""
    if not _may_edit(viewer):
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = ProfilePageForm(
        sent, initial=initial_of(profile_of(viewer.account)), currency=viewer.book.currency
    )
    if sent is not None and form.is_valid():
        answer = edit_profile(viewer.account, form.profile_form())
        if not isinstance(answer, Refused):
            messages.success(
                request,
                _(
                    "Your profile is saved. It is shown to: {whom}.",
                    whom=answer.get_shown_to_display(),
                ),
            )
            return redirect("profile", handle=viewer.account.handle)
        form.add_error(None, refusal_text(answer))
    return render_page(request, viewer, "web/profile_edit.html", {"form": form})

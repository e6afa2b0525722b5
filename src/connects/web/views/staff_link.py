"""The page on which a new member of staff sets name and password, by a link that works once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from connects.acts.staff.staff_links import person_of, use_link
from connects.bootstrap.clock import now as clock_now
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import Refused
from connects.web.forms.people import StaffLinkForm
from connects.web.viewer import Viewer, for_anyone, render_page
from connects.wording.messages import gettext as _


@never_cache
@for_anyone
def staff_link(request: HttpRequest, viewer: Viewer, secret: str) -> HttpResponseBase:
    """Opening the link uses nothing up; a good form does, and leads to the sign-in."""
    person = person_of(secret, clock_now())
    if person is None:
        return render_page(request, viewer, "web/staff_link.html", {"person": None}, 404)
    form = StaffLinkForm(person, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = use_link(secret, form.cleaned_data["name"], form.cleaned_data["password"])
        if not isinstance(answer, Refused):
            messages.success(request, _("Your password is set. Sign in with it."))
            return redirect("sign-in")
        form.add_error(None, refusal_text(answer))
    return render_page(request, viewer, "web/staff_link.html", {"person": person, "form": form})

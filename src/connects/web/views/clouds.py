"""A client's private talent clouds."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.jobs.make_cloud import leave_cloud
from connects.market.jobs.clouds import clouds_of, own_cloud
from connects.market.people.selectors import account_named
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused, invalid
from connects.vocabulary.typed_input import Typed
from connects.web.viewer import Viewer, for_clients, render_page
from connects.wording.messages import gettext as _


@for_clients
def overview(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The clouds with their members; its forms look for members to add, and remove them."""
    refusal = ""
    if request.method == "POST":
        answer = _act(request, viewer)
        if not isinstance(answer, Refused):
            messages.success(request, answer)
            return redirect("clouds")
        refusal = refusal_text(answer)
    context = {"clouds": clouds_of(viewer.account), "refusal": refusal}
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return render_page(request, viewer, "web/clouds.html", context, status=status)


def _act(request: HttpRequest, viewer: Viewer) -> str | Refused:
    name = Typed(request.POST).name("name")
    member = account_named(Typed(request.POST).handle())
    if member is None:
        return invalid(Problem.UNKNOWN_ACCOUNT, field="account")
    cloud = own_cloud(viewer.account, name)
    if cloud is None:
        raise Http404
    leave_cloud(cloud, member)
    return _("{name} is no longer in “{cloud}”.", name=member.name, cloud=cloud.name)

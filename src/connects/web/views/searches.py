"""Keeping searches, and forgetting them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from connects.acts.jobs.alert_of_jobs import choose_alert
from connects.acts.jobs.save_search import forget_search, save_search
from connects.market.jobs.models import Alert
from connects.market.jobs.searches import own_search
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import Refused
from connects.vocabulary.typed_input import Typed
from connects.web.viewer import Viewer, for_freelancers
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

_ALERTS: dict[str, str] = {
    Alert.NEVER.value: mark("You get no alerts of it."),
    Alert.AT_ONCE.value: mark("We tell you within minutes of a new job that fits."),
    Alert.DAILY.value: mark("We tell you of new jobs once a day, at 08:00 UTC."),
}


@require_POST
@for_freelancers
def keep(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Keep the search that the form was sent from, and show it again."""
    query = Typed(request.POST).line("query", 400).rstrip("&")
    answer = save_search(viewer.account, Typed(request.POST).line("name", 80), query)
    if isinstance(answer, Refused):
        messages.error(request, refusal_text(answer))
    else:
        chosen = Typed(request.POST).choice("alert")
        if chosen in Alert.values:
            choose_alert(answer, Alert(chosen), viewer.now)
        messages.success(
            request,
            _(
                "The search “{search}” is saved. {alerts}",
                search=answer.name,
                alerts=_(_ALERTS[answer.alert]),
            ),
        )
    return redirect(f"{reverse('find-work')}?{query}")


@require_POST
@for_freelancers
def forget(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponseBase:
    forget_search(viewer.account, number)
    messages.success(request, _("The search is forgotten."))
    return redirect("find-work")


@for_freelancers
def saved(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponseBase:
    """Show what a saved search finds now."""
    search = own_search(viewer.account, number)
    if search is None:
        raise Http404
    return redirect(f"{reverse('find-work')}?{search.query}")


@require_POST
@for_freelancers
def alert(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponseBase:
    """Say whether, and how often, the owner hears of new jobs that fit."""
    search = own_search(viewer.account, number)
    chosen = Typed(request.POST).choice("alert")
    if search is None or chosen not in Alert.values:
        raise Http404
    choose_alert(search, Alert(chosen), viewer.now)
    messages.success(
        request, _("“{search}”: {alerts}", search=search.name, alerts=_(_ALERTS[search.alert]))
    )
    return redirect("find-work")

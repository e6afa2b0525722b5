"""Keeping searches, and forgetting them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from connects.acts.jobs.save_search import forget_search, save_search
from connects.vocabulary.refusals import Refused
from connects.vocabulary.typed_input import Typed
from connects.web.viewer import Viewer, for_freelancers


@require_POST
@for_freelancers
def keep(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Keep the search that the form was sent from, and show it again."""
    query = Typed(request.POST).line("query", 400).rstrip("&")
    answer = save_search(viewer.account, Typed(request.POST).line("name", 80), query)
    shown = "" if isinstance(answer, Refused) else answer.query
    if not isinstance(answer, Refused):
        messages.success(request, f"The search “{answer.name}” is saved.")
    return redirect(f"{reverse('find-work')}?{shown}")


@require_POST
@for_freelancers
def forget(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponseBase:
    forget_search(viewer.account, number)
    messages.success(request, "The search is forgotten.")
    return redirect("find-work")

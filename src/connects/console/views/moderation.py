"""Moderators work through flagged posts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.console.pages import for_staff
from connects.console.tables.page import list_response
from connects.console.tables.work import FLAG_TABLE
from connects.market.listing.listings import asked_of, slice_of
from connects.market.moderation.lists import FLAGGED
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.vocabulary.typed_input import Typed
from connects.wording.messages import gettext as _


@for_staff(Act.READ_FLAGS)
def flagged(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Jobs with flags to decide, the heaviest first."""
    return list_response(request, staff, FLAG_TABLE)


@for_staff(Act.READ_FLAGS)
def next_flagged(request: HttpRequest, staff: User) -> HttpResponseBase:
    """To the next job in the queue: the heaviest, or the one after `after`;
    else to the queue.
    """
    asked = asked_of(FLAGGED, Typed(request.GET))
    rows = slice_of(FLAGGED, asked, 1).rows
    if not rows:
        messages.info(request, _("No more flags wait for a decision."))
        return redirect("console-flagged")
    return redirect("console-post", public_id=rows[0].public_id)

"""The signed roots over all wallets, for everyone; and a member's own proof by one of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect

from connects.bootstrap.journals import journal
from connects.journal.proof.roots.inclusion import inclusion_of, proof_document, root_as_json
from connects.journal.proof.roots.published import published_roots, roots_before
from connects.market.pages import page_of
from connects.vocabulary.refusals import Refused
from connects.vocabulary.typed_input import Typed
from connects.web.viewer import Viewer, for_anyone, for_freelancers, render_page
from connects.wording.messages import gettext as _

ROOTS_AT_ONCE = 400


@for_anyone
def published(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """All roots, newest first, with the keys that signed them."""
    found = page_of(published_roots(), Typed(request.GET).page())
    shown = [root_as_json(root) for root in found.items]
    return render_page(request, viewer, "web/roots.html", {"found": found, "roots": shown})


@for_anyone
def published_json(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The same for programs: `?before=N` gives those with smaller numbers."""
    before = Typed(request.GET).row("before")
    roots = roots_before(before, ROOTS_AT_ONCE)
    return JsonResponse({"roots": [root_as_json(root) for root in roots]})


@for_freelancers
def proof(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The account's own lines with the path to a root, to be checked by `check_statement.py`."""
    number = Typed(request.GET).number_or_none("root", 1)
    if isinstance(number, Refused):
        raise Http404
    found = inclusion_of(journal(), viewer.account.pk, number)
    if found is None and number is None:
        messages.error(
            request, _("Your wallet is in no root yet. The next one comes within a day.")
        )
        return redirect("roots")
    if found is None:
        raise Http404
    pieces = proof_document(found, journal().records(viewer.account.pk))
    response = StreamingHttpResponse(pieces, content_type="application/json")
    name = f"connects-proof-{found.root.day.isoformat()}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

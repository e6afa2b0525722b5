"""The signed roots over all wallets, for everyone; and a member's own proof by one of them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse

from connects.bootstrap.journals import journal
from connects.journal.models import Root
from connects.journal.roots.proof import inclusion_of, proof_document, root_as_json
from connects.market.pages import page_of
from connects.web.viewer import Viewer, for_anyone, for_freelancers, page, page_asked, text_asked

ROOTS_AT_ONCE = 400


@for_anyone
def published(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """All roots, newest first, with the keys that signed them."""
    found = page_of(Root.objects.defer("pages"), page_asked(request))
    shown = [root_as_json(root) for root in found.items]
    return page(request, viewer, "web/roots.html", {"found": found, "roots": shown})


@for_anyone
def published_json(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The same for programs: `?before=N` gives those with smaller numbers."""
    before = text_asked(request, "before")
    roots = Root.objects.defer("pages")
    if before.isascii() and before.isdigit() and len(before) < 9:
        roots = roots.filter(number__lt=int(before))
    return JsonResponse({"roots": [root_as_json(root) for root in roots[:ROOTS_AT_ONCE]]})


@for_freelancers
def proof(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The account's own lines with the path to a root, to be checked by `check_statement.py`."""
    number = text_asked(request, "root")
    if number and not (number.isascii() and number.isdigit() and len(number) < 9):
        raise Http404
    found = inclusion_of(journal(), viewer.account.pk, int(number) if number else None)
    if found is None:
        raise Http404
    pieces = proof_document(found, journal().records(viewer.account.pk))
    response = StreamingHttpResponse(pieces, content_type="application/json")
    name = f"connects-proof-{found.root.day.isoformat()}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

"""One job, for members and visitors."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase

from connects.market.jobs.facts import facts_of
from connects.market.jobs.models import Job, JobStatus
from connects.market.jobs.prices import explained_price
from connects.market.jobs.records import NOBODY, records_of
from connects.market.jobs.selectors import job_for
from connects.market.profiles.skills import asked_skills
from connects.market.proposals.own_prices import explained_for
from connects.market.proposals.selectors import sent_to
from connects.market.proposals.sending_again import may_send_again
from connects.statements.returns_table import returns_table
from connects.web.viewer import (
    Viewer,
    for_anyone,
    render_page,
)


def _job_or_404(viewer: Viewer, public_id: str) -> Job:
    found = job_for(viewer.user, public_id)
    if found is None:
        raise Http404
    return found


@for_anyone
def job(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponseBase:
    """One post: what it asks for, and its price with every reason."""
    found = _job_or_404(viewer, public_id)
    sent = sent_to(found, viewer.account) if viewer.holds_wallet else []
    own = sent[-1] if sent else None
    again = own is not None and may_send_again(sent, viewer.book)
    shown = explained_price(found, viewer.book)
    card_price = shown.price.connects
    if viewer.holds_wallet and (own is None or again):
        shown = explained_for(shown, found, viewer.account, viewer.book)
    context = {
        "job": found,
        "skills": asked_skills(found.skills, viewer.skills),
        "facts": facts_of(found),
        "explained": shown,
        "price": shown.price,
        "record": records_of([found.client_id], viewer.now).get(found.client_id, NOBODY),
        "own": own,
        "again": again,
        "card_price": card_price,
        "is_open": found.status == JobStatus.OPEN,
        "is_owner": viewer.is_client and viewer.account.pk == found.client_id,
        "is_own": any(each.account.pk == found.client_id for each in viewer.accounts),
        "returns": returns_table(viewer.book, shown.price.connects),
    }
    return render_page(request, viewer, "web/job.html", context)

"""Coming in: the home page, and choosing an account."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from connects.acts.accounts.sign_up import is_confirmed
from connects.market.books.lately import lately
from connects.market.jobs.facts import facts_of
from connects.market.jobs.selectors import find_work
from connects.market.jobs.work_query import WorkQuery
from connects.market.people.acting_for import CHOSEN_ACCOUNT
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.returns import ReturnCause, Stage
from connects.vocabulary.typed_input import Typed
from connects.web.viewer import Viewer, for_anyone, for_members, render_page
from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext


@for_anyone
def home(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """What this is, for visitors; for members the page that they come for."""
    if viewer.is_client:
        return redirect("posts")
    if viewer.holds_wallet:
        return redirect("find-work")
    if viewer.is_staff:
        return redirect("console-home")
    if viewer.user is not None:
        return redirect("unconfirmed" if not is_confirmed(viewer.user) else "security")
    return render_page(request, viewer, "web/home.html", _for_visitors(viewer))


def _for_visitors(viewer: Viewer) -> dict[str, object]:
    """A post that is open now with its price, and what a newcomer is given."""
    work = find_work(WorkQuery(), viewer.book, now=viewer.now)
    example = next((item for item in work.items if item.price.connects), None)
    return {
        "welcome": viewer.book.grants.signup_connects(AccountKind.FREELANCER),
        "open_jobs": work.total if work.is_counted_out else None,
        "lately": lately(),
        "example": example,
        "facts": None if example is None else facts_of(example.job),
        "backs": () if example is None else _backs(viewer, example.price.connects),
    }


def _backs(viewer: Viewer, paid: int) -> list[str]:
    """What comes back of that price where the client hires nobody, in sentences."""
    returns = viewer.book.returns
    unopened, opened = (
        returns.comes_back(ReturnCause.CLOSED_WITHOUT_HIRE, paid, stage)
        for stage in (Stage.UNOPENED, Stage.OPENED)
    )
    said = []
    if unopened:
        said.append(_unopened_words(unopened, paid))
    if opened:
        said.append(
            ngettext(
                "{n} comes back if it was opened, but neither answered nor shortlisted",
                "{n} come back if it was opened, but neither answered nor shortlisted",
                opened,
            )
        )
    return said


def _unopened_words(back: int, paid: int) -> str:
    if back == paid > 1:
        return _(
            "All {back} come back if the client hires nobody and never opened your letter",
            back=back,
        )
    return ngettext(
        "{n} comes back if the client hires nobody and never opened your letter",
        "{n} come back if the client hires nobody and never opened your letter",
        back,
    )


@require_POST
@for_members
def choose_account(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Switch to another of the person's accounts."""
    handle = Typed(request.POST).choice("account")
    if handle in {acting.account.handle for acting in viewer.accounts}:
        request.session[CHOSEN_ACCOUNT] = handle
        chosen = next(a.account for a in viewer.accounts if a.account.handle == handle)
        messages.success(request, _("You act for {account} now.", account=chosen.name))
    return redirect("home")

"""Courtesy grants from a CSV file: tried first, then made whole or not at all."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.staff import grant_in_bulk
from connects.console.pages import for_staff, staff_page
from connects.market.corrections.models import Correction
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.wording.figures import number
from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext


@for_staff(Act.GRANT_CONNECTS)
def bulk_grants(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Read a table and say what each row would do; grant it when that was seen."""
    if request.method != "POST":
        return _page(request, staff)
    text = _text(request)
    if text is None:
        return _page(
            request, staff, refusal=_("This is not a CSV file in UTF-8 of a sensible size.")
        )
    if Typed(request.POST).choice("act") == "grant":
        made = grant_in_bulk.grant_all(text, staff)
        if not isinstance(made, Refused) and grant_in_bulk.all_fit(made):
            messages.success(request, _granted(made))
            return redirect("console-corrections")
        return _tried(request, staff, text, made)
    return _tried(request, staff, text, grant_in_bulk.try_grants(text, staff))


def _tried(
    request: HttpRequest, staff: User, text: str, lines: list[grant_in_bulk.BulkLine] | Refused
) -> HttpResponseBase:
    if isinstance(lines, Refused):
        return _page(request, staff, text=text, refusal=refusal_text(lines))
    bad = sum(isinstance(line.answer, Refused) for line in lines)
    refusal = (
        _("{bad} of {all} rows cannot be granted, so none was.", bad=bad, all=len(lines))
        if bad
        else ""
    )
    rows = [(line, _words(line, fits=not bad), isinstance(line.answer, Refused)) for line in lines]
    return _page(
        request,
        staff,
        text=text,
        refusal=refusal,
        rows=rows,
        fits=not bad,
        total=sum(line.credits or 0 for line in lines),
    )


def _granted(lines: list[grant_in_bulk.BulkLine]) -> str:
    """What a table has done, with its numbers."""
    new = [line for line in lines if not line.repeated and isinstance(line.answer, Correction)]
    done = [line for line in new if isinstance(line.answer, Correction) and line.answer.done]
    waiting, again = len(new) - len(done), len(lines) - len(new)
    credits = sum(line.credits or 0 for line in done)
    said = [
        ngettext(
            "{connects} Connects granted in {n} row.",
            "{connects} Connects granted in {n} rows.",
            len(done),
            connects=number(credits),
        )
    ]
    if waiting:
        said.append(_("{number} wait for a second person.", number=number(waiting)))
    if again:
        said.append(_("{number} had been asked for before.", number=number(again)))
    return " ".join(said)


def _words(line: grant_in_bulk.BulkLine, *, fits: bool) -> str:
    """What becomes of a row; where others do not fit, nothing does."""
    answer = line.answer
    if isinstance(answer, Refused):
        return refusal_text(answer)
    if line.repeated:
        return _("Was asked for before; nothing more happens")
    if not fits:
        return _("Right, but waits for the others")
    return _("Will be granted") if answer.done else _("Will wait for a second person")


def _text(request: HttpRequest) -> str | None:
    """The table, from the file or from what was tried before; None where it cannot be read."""
    file = request.FILES.get("file")
    if file is None:
        return Typed(request.POST).text("table")
    if (file.size or 0) > grant_in_bulk.CHARACTERS_MOST:
        return None
    content: bytes = file.read()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _page(request: HttpRequest, staff: User, **found: object) -> HttpResponseBase:
    status = ANSWERED_WITH_REFUSAL if found.get("refusal") else 200
    context = {
        "columns": ", ".join(grant_in_bulk.COLUMNS),
        "most": grant_in_bulk.ROWS_MOST,
        **found,
    }
    return staff_page(request, staff, "console/bulk_grants.html", context, status)

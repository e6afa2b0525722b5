"""The pages with which a person takes their data along, and closes an account."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.serializers.json import DjangoJSONEncoder
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from connects.acts.leaving import export_data
from connects.acts.leaving.close_account import close_account, what_closing_means, why_not_closed
from connects.acts.oversight.audit import note_act
from connects.market.people.access import person_again
from connects.market.people.models import User
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.web.accounts.pages import asks_password_again
from connects.web.pdf import table_pdf
from connects.web.receipt_pdf import document_pdf
from connects.web.viewer import Viewer, for_anyone, for_members, render_page
from connects.wording.dates import day
from connects.wording.messages import gettext as _

IN_MEMORY_BYTES = 1_000_000


@for_anyone
def own_data(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """What an export holds; the form makes one."""
    if viewer.user is None:
        return redirect_to_login(request.get_full_path())
    if request.method == "POST":
        return _exported(request, viewer, viewer.user)
    return render_page(request, viewer, "web/accounts/own_data.html")


@asks_password_again
def _exported(_request: HttpRequest, viewer: Viewer, user: User) -> HttpResponseBase:
    note_act(user, "export-own-data", f"user:{user.pk}", "", viewer.now)
    # The response closes the file, and with it the file is gone.
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115
    _write_archive(file, user, day(viewer.now))
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"connects-{viewer.now:%Y-%m-%d}.zip",
        content_type="application/zip",
        headers={"Cache-Control": "no-store"},
    )


def _write_archive(file: IO[bytes], user: User, as_of: str) -> None:
    counts = []
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for topic in export_data.topics(user):
            with archive.open(f"{topic.name}.json", "w") as part:
                counts.append((topic.name, str(_write_rows(part, topic.rows))))
        for document in export_data.documents(user):
            archive.writestr(f"receipts/{document.label}.pdf", document_pdf(document))
        notes = (
            _(
                "What is kept about {name} ({email}), as of {day}.",
                name=user.name,
                email=user.email,
                day=as_of,
            ),
            _("Each topic is a JSON file of that name; receipts are PDF files."),
        )
        rows = [(_("Topic"), _("Rows")), *counts]
        whole_at = settings.ADDRESS + reverse("own-data")
        archive.writestr("summary.pdf", table_pdf(_("Your data"), notes, rows, whole_at))


def _write_rows(part: IO[bytes], rows: Iterable[export_data.Values]) -> int:
    """Write rows as a JSON list, one at a time; how many there were."""
    count = 0
    part.write(b"[")
    for row in rows:
        text = json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)
        part.write((",\n" if count else "\n").encode() + text.encode("utf-8", "replace"))
        count += 1
    part.write(b"\n]\n")
    return count


@for_members
def close(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """What closing the account means, in numbers; the form closes it."""
    if viewer.acting is None or not viewer.acting.owns:
        raise Http404
    if request.method == "POST":
        return _closed(request, viewer)
    refused = why_not_closed(viewer.account)
    return _ask(request, viewer, refusal_text(refused) if refused else "")


def _ask(
    request: HttpRequest, viewer: Viewer, refusal: str = "", status: int = 200
) -> HttpResponseBase:
    lines = what_closing_means(viewer.account, viewer.now).lines()
    context = {"lines": lines, "refusal": refusal}
    return render_page(request, viewer, "web/accounts/close.html", context, status)


@asks_password_again
def _closed(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    if not Typed(request.POST).is_set("sure"):
        return _ask(
            request, viewer, _("Tick the box to say that you are sure."), ANSWERED_WITH_REFUSAL
        )
    name = viewer.account.name
    answer = close_account(viewer.account, viewer.user, "by its member")
    if isinstance(answer, Refused):
        return _ask(request, viewer, refusal_text(answer), ANSWERED_WITH_REFUSAL)
    # The session may be over by now; a new one of nobody's carries the word.
    user = person_again(viewer.user) if viewer.user else None
    if user is None or not user.is_active:
        request.session.flush()
    messages.success(
        request, _("{account} is closed. We sent you an e-mail about it.", account=name)
    )
    return redirect("home")

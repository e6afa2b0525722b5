"""Rollouts, for staff: draft, dry run, schedule, pause, resume, roll back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect

from connects.acts.checks.rollouts import check_pause, check_roll_back, check_schedule
from connects.acts.oversight.audit import note_reading
from connects.acts.rules import plan_rollout
from connects.acts.rules.ask_lab import STUDY_SEEDS, ask_lab
from connects.acts.rules.roll_back import roll_back
from connects.bootstrap.clock import now as clock_now
from connects.console.checks import checked
from connects.console.forms.rollout import CohortLines, RolloutForm
from connects.console.pages import for_staff, require_permission, staff_page
from connects.console.rollout_page import rollout_context
from connects.console.study import study_file
from connects.console.tables.page import list_response
from connects.console.tables.rules import ROLLOUT_TABLE
from connects.market.members.editions import titled_names
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.market.rollout.dry_run import AccountLine, account_lines, dry_run
from connects.market.rollout.models import LabJobKind, LabPeople, Rollout
from connects.market.rollout.progress import progress_of
from connects.market.rollout.selectors import rollout_named
from connects.statements.checks.check import Check
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.csv_lines import csv_lines
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.wording.messages import gettext as _
from connects.wording.messages import mark, ngettext

CSV_COLUMNS = (
    "account",
    "cohort",
    "held",
    "lost",
    "granted",
    "per_month_before",
    "per_month_after",
    "proposals_90_days",
    "paid_90_days",
    "would_pay_90_days",
    "returned_90_days",
    "would_return_90_days",
    "refused_90_days",
)


@for_staff(Act.READ_ROLLOUTS)
def overview(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Every rollout, newest first."""
    return list_response(request, staff, ROLLOUT_TABLE, "console/rollouts.html")


@for_staff(Act.RUN_ROLLOUTS)
def new(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Draft a rollout."""
    is_sent = request.method == "POST"
    form = RolloutForm(titled_names(), request.POST if is_sent else None)
    sent = (request.POST, request.FILES) if is_sent else (None, None)
    lines = CohortLines(data=sent[0], files=sent[1], prefix="cohort")
    refusal = ""
    if is_sent and form.is_valid() and lines.is_valid() and form.keeps_notice(lines, clock_now()):
        cohorts = tuple(plan for line in lines if (plan := line.cohort()) is not None)
        answer = plan_rollout.draft(form.plan(cohorts), staff)
        if not isinstance(answer, Refused):
            said = _("The draft is kept. Nobody is told or moved before you schedule it.")
            messages.success(request, said)
            return redirect("console-rollout", public_id=answer.public_id)
        refusal = refusal_text(answer)
    context = {"form": form, "lines": lines, "refusal": refusal}
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return staff_page(request, staff, "console/rollout_form.html", context, status)


def _rollout_or_404(public_id: str) -> Rollout:
    found = rollout_named(public_id)
    if found is None:
        raise Http404
    return found


def _look_ahead(rollout: Rollout, staff: User) -> object:
    """Forecast the moves now, and have the past replayed under the new rules."""
    dry_run(rollout, clock_now())
    return ask_lab(rollout, LabJobKind.REPLAY, staff)


_ACTS: dict[str, Callable[[Rollout, User], object]] = {
    "schedule": plan_rollout.schedule,
    "pause": plan_rollout.pause,
    "resume": plan_rollout.resume,
    "discard": plan_rollout.discard,
    "dry-run": _look_ahead,
    "replay": lambda rollout, staff: ask_lab(rollout, LabJobKind.REPLAY, staff),
}


@for_staff(Act.READ_ROLLOUTS)
def rollout(request: HttpRequest, staff: User, public_id: str) -> HttpResponseBase:
    """One rollout: its cohorts and their progress, its dry run, and what can be done with it."""
    found = _rollout_or_404(public_id)
    refusal = ""
    if request.method == "POST":
        require_permission(staff, Act.RUN_ROLLOUTS)
        check = _check(request, found, staff)
        asked = checked(request, staff, check) if isinstance(check, Check) else None
        if asked is not None:
            return asked
        answer = check if isinstance(check, Refused) else _act(request, found, staff)
        if not isinstance(answer, Refused):
            messages.success(request, _done_text(request, found, check))
            if Typed(request.POST).choice("act") == "discard":
                return redirect("console-rollouts")
            return redirect("console-rollout", public_id=public_id)
        refusal = refusal_text(answer)
        found = _rollout_or_404(public_id)
    context = {**rollout_context(found, clock_now()), "refusal": refusal}
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return staff_page(request, staff, "console/rollout.html", context, status)


def _check(request: HttpRequest, found: Rollout, staff: User) -> Check | Refused | None:
    """What is to be read before the act; None where it moves nobody."""
    typed = Typed(request.POST)
    match typed.choice("act"):
        case "schedule":
            return check_schedule(found, staff)
        case "pause":
            return check_pause(found, staff)
        case "roll-back" if typed.reason():
            return check_roll_back(found, staff)
        case _:
            return None


_DONE = {
    "discard": mark("The draft is thrown away."),
    "dry-run": mark(
        "The dry run is made; what proposals would have cost is being replayed. Nothing has moved."
    ),
    "replay": mark("The past is being replayed. Nothing has moved."),
    "study": mark("The laboratory plays {seeds} markets under each of the two rule books."),
}


def _done_text(request: HttpRequest, found: Rollout, check: object) -> str:
    """What is so once an act on a rollout is done."""
    if isinstance(check, Check):
        return f"{check.means}."
    act = Typed(request.POST).choice("act")
    if act == "resume":
        return ngettext(
            "The rollout goes on: {n} account is still to move.",
            "The rollout goes on: {n} accounts are still to move.",
            sum(each.ahead for each in progress_of(found)),
        )
    return _(_DONE.get(act, ""), seeds=STUDY_SEEDS)


def _act(request: HttpRequest, found: Rollout, staff: User) -> object:
    act = Typed(request.POST).choice("act")
    if act == "roll-back":
        return roll_back(found, staff, Typed(request.POST).reason())
    if act == "study":
        ships = Typed(request.POST).choice("people") == LabPeople.SHIPPED
        people = LabPeople.SHIPPED if ships else LabPeople.OWN
        return ask_lab(found, LabJobKind.STUDY, staff, people)
    if act not in _ACTS:
        raise Http404
    return _ACTS[act](found, staff)


@for_staff(Act.RUN_ROLLOUTS)
def accounts_csv(request: HttpRequest, staff: User, public_id: str) -> HttpResponseBase:
    """What the rollout would do to each account, streamed."""
    found = _rollout_or_404(public_id)
    note_reading(staff, Act.RUN_ROLLOUTS, f"rollout:{public_id}", clock_now())
    lines = csv_lines(CSV_COLUMNS, map(_cells, account_lines(found, clock_now())))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rollout-{public_id}.csv"'
    return response


@for_staff(Act.READ_ROLLOUTS)
def study(request: HttpRequest, staff: User, public_id: str, ending: str) -> HttpResponseBase:
    """What the laboratory found, as a report to keep and print, or as JSON."""
    file = study_file(_rollout_or_404(public_id), ending)
    if file is None:
        raise Http404
    return file


def _cells(line: AccountLine) -> tuple[object, ...]:
    forecast, cost = line.forecast, line.cost
    return (
        line.handle,
        line.cohort,
        forecast.held,
        forecast.lost,
        forecast.granted,
        forecast.per_month_before,
        forecast.per_month_after,
        cost.proposals,
        cost.paid,
        cost.would_pay,
        cost.returned,
        cost.would_return,
        cost.refused,
    )

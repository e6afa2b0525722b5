"""Rollouts at the console: drafted, tried, scheduled, paused, resumed, rolled back, discarded."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile

from connects.acts.jobs import publish
from connects.acts.rules import ask_lab, run_lab_jobs
from connects.bootstrap.clock import held_at
from connects.bootstrap.clock import now as clock_now
from connects.cli.commands.lab import job as job_command
from connects.cli.commands.lab import replay_process
from connects.cli.commands.lab.replay_process import Ran, percent_of
from connects.cli.main import main
from connects.market.jobs.fields import JobFields
from connects.market.rollout.models import LabJobState, Move, Rollout, RolloutState
from connects.market.rollout.replays import costs_of
from connects.vocabulary.facts import JobKind
from connects.vocabulary.parties import AccountKind, Role
from tests.console.desk import NOT_THERE, Desk, audited, told
from tests.market.people import Town, posted, registered

pytestmark = pytest.mark.django_db

NEW = "rollouts/new/"


def form(*cohorts: dict[str, object], **more: object) -> dict[str, object]:
    """The form of a rollout with these cohorts; all others are left out."""
    filled: dict[str, object] = {
        "before": "upwork-2019-05",
        "after": "fair-2026",
        "notice_days": "7",
        "cohort-TOTAL_FORMS": "6",
        "cohort-INITIAL_FORMS": "0",
    }
    for number, cohort in enumerate(cohorts):
        filled |= {f"cohort-{number}-{name}": value for name, value in cohort.items()}
    return {**filled, **more}


EVERYONE: dict[str, object] = {"kind": "rest", "effective": "2019-07-01"}


def drafted(**more: object) -> Rollout:
    Desk(Role.POLICY).do(NEW, **form(EVERYONE, **more))
    return Rollout.objects.get()


def page_of(rollout: Rollout) -> str:
    return f"rollouts/{rollout.public_id}/"


def state(rollout: Rollout) -> str:
    rollout.refresh_from_db()
    return rollout.state


def test_a_draft_has_no_effect_and_leads_to_its_page(here: Town) -> None:
    rollout = drafted()

    assert rollout.state == RolloutState.DRAFT
    assert not Move.objects.exists()
    page = Desk(Role.SUPPORT).page(page_of(rollout))
    assert "upwork-2019-05 → fair-2026" in page
    assert "1 Jul 2019" in page
    assert "fair-2026" in Desk(Role.SUPPORT).page("rollouts/")
    assert [role for _, role, _ in audited("draft-rollout")] == ["policy"]


@pytest.mark.parametrize(
    "bad",
    [
        form(),
        form({"kind": "rest"}),
        form({"kind": "rest", "effective": "soon"}),
        form({"kind": "rest", "effective": "2019-05-01"}),
        form({"kind": "share", "value": "many", "effective": "2019-07-01"}),
        form({"kind": "share", "value": "101", "effective": "2019-07-01"}),
        form({"kind": "country", "value": "", "effective": "2019-07-01"}),
        form({"kind": "country", "value": "DE, Atlantis", "effective": "2019-07-01"}),
        form({"kind": "accounts", "effective": "2019-07-01"}),
        form({"kind": "everyone", "effective": "2019-07-01"}),
        form(EVERYONE, after="upwork-2019-05"),
        form(EVERYONE, after="no-such-book"),
        form(EVERYONE, notice_days="-1"),
        form(EVERYONE, notice_days="400"),
        form(EVERYONE, notice_days="9" * 5_000),
        {**form(EVERYONE), "cohort-TOTAL_FORMS": "x"},
        {**form(EVERYONE), "cohort-TOTAL_FORMS": "9" * 30},
        {"before": "upwork-2019-05"},
    ],
)
def test_a_rollout_that_makes_no_sense_is_not_drafted(here: Town, bad: dict[str, object]) -> None:
    answer = Desk(Role.POLICY).send(NEW, **bad)

    assert answer.status_code in (200, 409), told(answer)
    assert not Rollout.objects.exists()


def test_accounts_come_from_a_file_and_unknown_ones_are_named(here: Town) -> None:
    desk = Desk(Role.POLICY)

    def with_file(text: bytes) -> dict[str, object]:
        file = SimpleUploadedFile("accounts.csv", text)
        return form({"kind": "accounts", "effective": "2019-07-01", "accounts": file})

    assert "nobody" in desk.refused(NEW, **with_file(b"handle\nana\nnobody\n"))
    assert desk.send(NEW, **with_file(b"\xff\xfe")).status_code == 200
    desk.do(NEW, **with_file(b"country,account\nDE,ana\nFR,studio\n"))

    assert Rollout.objects.get().cohorts.get().accounts == ["ana", "studio"]


def test_a_dry_run_says_what_would_happen_and_nothing_does(here: Town) -> None:
    rollout = drafted()
    desk = Desk(Role.POLICY)
    desk.do(page_of(rollout), act="dry-run")

    rollout.refresh_from_db()
    assert rollout.dry_run is not None
    (cohort,) = rollout.dry_run["cohorts"]
    assert (cohort["accounts"], cohort["lost"]) == (4, 0)
    assert not Move.objects.exists()
    assert str(cohort["held"]) in desk.page(page_of(rollout))


def test_a_dry_run_is_read_in_the_language_of_its_reader_however_it_was_kept(here: Town) -> None:
    rollout, desk = drafted(), Desk(Role.POLICY)
    desk.do(page_of(rollout), act="dry-run")
    rollout.refresh_from_db()
    assert rollout.dry_run is not None
    assert "title" not in rollout.dry_run["cohorts"][0]
    # An earlier release kept the words, too.
    rollout.dry_run["cohorts"][0]["title"] = "Everyone else"
    rollout.save(update_fields=["dry_run"])

    assert desk.page(page_of(rollout)).count("Everyone else") == 2
    desk.client.cookies["language"] = "es"

    page = desk.page(page_of(rollout))
    assert page.count("Todas las demás") == 2
    assert "Everyone else" not in page


def test_what_those_who_moved_pay_is_shown_beside_what_the_others_do(here: Town) -> None:
    file = SimpleUploadedFile("accounts.csv", b"handle\nana\n")
    first: dict[str, object] = {"kind": "accounts", "effective": "2019-07-01", "accounts": file}
    desk = Desk(Role.POLICY)
    desk.do(NEW, **form(first, {"kind": "rest", "effective": "2019-08-01"}))
    rollout = Rollout.objects.get()
    desk.do(page_of(rollout), act="schedule")
    moves = Move.objects.filter(rollout=rollout)
    moves.filter(account=here.freelancer).update(state="moved", effective=here.proposal.submitted)
    rollout.cohorts.filter(number=1).update(effective=here.proposal.submitted)

    page = desk.page(page_of(rollout))
    assert "1 · A list of accounts" in page
    assert "Paid for a proposal" in page
    assert "Proposals of those who moved: 1; of the others: 0." in page


def test_a_rollout_is_scheduled_paused_resumed_and_rolled_back(here: Town) -> None:
    rollout = drafted()
    desk = Desk(Role.POLICY)
    address = page_of(rollout)

    desk.do(address, act="schedule")
    assert state(rollout) == RolloutState.SCHEDULED
    assert Move.objects.count() == 4
    desk.do(address, act="pause")
    assert state(rollout) == RolloutState.PAUSED
    desk.do(address, act="resume")
    assert state(rollout) == RolloutState.SCHEDULED
    desk.do(address, act="roll-back", reason="members are confused")

    assert state(rollout) not in (RolloutState.SCHEDULED, RolloutState.PAUSED)
    subject = f"rollout:{rollout.public_id}"
    for act in ("schedule-rollout", "pause-rollout", "resume-rollout", "roll-back"):
        assert [line[:2] for line in audited(act)] == [(subject, "policy")], act
    assert audited("roll-back")[0][2] == "members are confused"


@pytest.mark.parametrize("act", ["pause", "resume", "roll-back"])
def test_a_draft_can_only_be_scheduled_or_discarded(here: Town, act: str) -> None:
    rollout = drafted()

    Desk(Role.POLICY).refused(page_of(rollout), act=act, reason="x")

    assert state(rollout) == RolloutState.DRAFT


def test_a_draft_is_discarded_and_a_scheduled_rollout_is_not(here: Town) -> None:
    rollout = drafted()
    desk = Desk(Role.POLICY)
    desk.do(page_of(rollout), act="schedule")
    desk.refused(page_of(rollout), act="discard")
    desk.refused(page_of(rollout), act="schedule")
    assert Rollout.objects.count() == 1

    second = Rollout.objects.exclude(pk=rollout.pk)
    desk.do(NEW, **form(EVERYONE))
    assert desk.do(page_of(second.get()), act="discard") == "/console/rollouts/"

    assert not second.exists()


def test_dates_that_leave_less_than_the_notice_are_refused_with_the_earliest(here: Town) -> None:
    rollout = drafted()

    with held_at(clock_now() + timedelta(days=40)):
        page = Desk(Role.POLICY).refused(page_of(rollout), act="schedule")

    assert "6 July 2019" in page
    assert state(rollout) == RolloutState.DRAFT


def test_who_only_reads_rollouts_has_no_buttons_and_sends_nothing(here: Town) -> None:
    rollout = drafted()
    desk = Desk(Role.SUPPORT)

    assert 'value="schedule"' not in desk.page(page_of(rollout))
    assert 'value="discard"' not in desk.page(page_of(rollout))
    for act in ("dry-run", "study", "schedule", "pause", "resume", "roll-back", "discard"):
        assert desk.send(page_of(rollout), act=act).status_code == NOT_THERE
    assert state(rollout) == RolloutState.DRAFT
    assert rollout.dry_run is None


def test_every_account_is_downloaded_with_what_would_become_of_it(here: Town) -> None:
    rollout = drafted()
    answer = Desk(Role.POLICY).client.get(f"/console/{page_of(rollout)}accounts.csv")
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))

    assert answer["Content-Type"].startswith("text/csv")
    assert {row["account"] for row in rows} == {"ana", "studio"}
    assert {row["lost"] for row in rows} == {"0"}
    assert [subject for subject, *_ in audited("read-to-run-rollouts")] == [
        f"rollout:{rollout.public_id}"
    ]
    Desk(Role.SUPPORT).page(f"{page_of(rollout)}accounts.csv", expected=NOT_THERE)


def test_an_act_or_a_rollout_that_is_not_there_is_not_found(here: Town) -> None:
    rollout = drafted()
    desk = Desk(Role.OPERATOR)

    assert desk.send(page_of(rollout), act="explode").status_code == 404
    desk.page("rollouts/0123456789abcdef/", expected=404)
    desk.page("rollouts/0123456789abcdef/accounts.csv", expected=404)


def test_the_laboratory_plays_a_draft_and_its_page_says_what_it_found(
    here: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba")
    for name, value in (("FREELANCERS", 60), ("DAYS", 50), ("WARM_UP", 5)):
        monkeypatch.setattr(job_command, name, value)
    monkeypatch.setattr(ask_lab, "STUDY_SEEDS", 2)
    rollout, desk = drafted(), Desk(Role.POLICY)
    address = page_of(rollout)

    desk.do(address, act="study")
    assert "Waiting" in desk.page(address)
    run_lab_jobs.start_waiting(clock_now(), start=worked_on)

    page = desk.page(address)
    assert "none could be drawn from our own records" in page
    assert "Fill rate (jobs that end with a hire)" in page
    assert "over seeds (a seed is one play of all that is chance)" in page
    assert "Ask the laboratory again" in page
    report = desk.client.get(f"/console/{address}study.html")
    assert "attachment" in report["Content-Disposition"]
    assert "Who wins, who loses" in report.content.decode()
    assert json.loads(desk.page(f"{address}study.json"))["seeds"] == 2
    assert 'value="study"' not in Desk(Role.SUPPORT).page(address)
    desk.page(f"{address}study.exe", expected=404)


def test_a_study_is_played_by_people_like_our_own_and_goes_on_with_the_same_ones(
    here: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba")
    for name, value in (("FREELANCERS", 60), ("DAYS", 45), ("WARM_UP", 5)):
        monkeypatch.setattr(job_command, name, value)
    monkeypatch.setattr(ask_lab, "STUDY_SEEDS", 1)
    for number in range(12):
        registered(f"f{number}", AccountKind.FREELANCER)
    for number in range(20):
        posted(here.client, f"Job {number}")
    rollout, desk = drafted(), Desk(Role.POLICY)
    address = page_of(rollout)
    played: list[str] = []

    def stopped(*told: Any) -> None:
        from connects.lab.studies.runs import RunsStopped

        played.append(told[0][0].population.title)
        raise RunsStopped("Out of memory.")

    desk.do(address, act="study", people="own")
    with monkeypatch.context() as at_first:
        at_first.setattr("connects.lab.studies.runs.all_played", stopped)
        run_lab_jobs.start_waiting(clock_now(), start=worked_on)
    assert "Out of memory." in desk.page(address)
    rollout.lab_jobs.update(state=LabJobState.WAITING, asked=clock_now())
    with held_at(clock_now() + timedelta(days=3)):
        run_lab_jobs.start_waiting(clock_now(), start=worked_on)

    page = desk.page(address)
    assert played[0].startswith("Drawn from what this marketplace had recorded on")
    assert f"{played[0]}: 60 freelancers" in page
    desk.do(address, act="study", people="shipped")
    assert rollout.lab_jobs.get(state=LabJobState.WAITING).people == "shipped"


def test_why_the_laboratory_found_nothing_is_said(here: Town) -> None:
    pytest.importorskip("numba")
    desk = Desk(Role.POLICY)
    desk.do(NEW, **form(EVERYONE, after="freelancer-com"))
    address = page_of(Rollout.objects.get())
    desk.do(address, act="study")

    run_lab_jobs.start_waiting(clock_now(), start=worked_on)

    assert "Not simulated: drip plans" in desk.page(address)
    desk.page(f"{address}study.html", expected=404)


def in_process(arguments: Sequence[str], says: Callable[[int], None]) -> Ran:
    """A replay as the process of its own runs it, within this one."""
    answer = CliRunner().invoke(main, ["lab", "replay", *arguments])
    told = [(percent_of(line), line) for line in answer.stderr.splitlines()]
    for percent, _ in told:
        if percent is not None:
            says(percent)
    problem = "\n".join(line for percent, line in told if percent is None)
    return Ran(answer.exit_code, answer.stdout, problem)


def test_what_proposals_would_have_cost_is_replayed_beside_the_dry_run(
    here: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba")
    monkeypatch.setattr(replay_process, "run_replay", in_process)
    dearer = JobFields(title="Draw a logo", kind=JobKind.FIXED, budget_cents=9_000_00)
    publish.edit(here.job, dearer, here.client)  # after the proposal, which cost what it cost
    rollout, desk = drafted(), Desk(Role.POLICY)
    address = page_of(rollout)

    desk.do(address, act="dry-run")
    assert "Every wallet is replayed" in desk.page(address)
    run_lab_jobs.start_waiting(clock_now(), start=worked_on)

    cost = costs_of(rollout)[here.freelancer.pk]
    # The card asks for 3, and from newcomers for half of that, rounded up.
    assert (cost.proposals, cost.paid, cost.would_pay, cost.refused) == (1, 4, 2, 0)
    page = desk.page(address)
    assert "Would have come back" in page
    assert "Decile 1" in page
    answer = desk.client.get(f"/console/{address}accounts.csv")
    (ana, *_) = csv.DictReader(io.StringIO(answer.getvalue().decode()))
    assert (ana["paid_90_days"], ana["would_pay_90_days"]) == ("4", "2")


def test_rules_that_cannot_be_replayed_are_named_and_it_can_be_asked_for_again(
    here: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba")
    monkeypatch.setattr(replay_process, "run_replay", in_process)
    rollout, desk = drafted(after="freelancer-com"), Desk(Role.POLICY)
    desk.do(page_of(rollout), act="dry-run")

    run_lab_jobs.start_waiting(clock_now(), start=worked_on)

    assert "Not simulated: drip plans" in desk.page(page_of(rollout))
    desk.do(page_of(rollout), act="replay")
    assert rollout.lab_jobs.filter(state=LabJobState.WAITING).count() == 1


def worked_on(public_id: str) -> None:
    """What the process does that the worker starts, within this one."""
    CliRunner().invoke(main, ["lab", "job", public_id])


@pytest.mark.parametrize(
    ("cohort", "words"),
    [
        # At noon of 20 May, a week's notice is kept from midnight of 28 May on.
        (
            {"kind": "rest", "effective": "2019-05-27"},
            "Choose 28 May 2019 or later, so that they get their notice.",
        ),
        ({"kind": "rest", "effective": "soon"}, "Enter a day, such as 2026-12-31."),
        ({"kind": "rest"}, "Say from which day on these accounts move."),
        ({"value": "10"}, "Choose who this cohort is, or clear its other fields."),
    ],
)
def test_what_is_amiss_with_a_cohort_is_said_once_and_nothing_typed_is_lost(
    here: Town, cohort: dict[str, object], words: str
) -> None:
    page = told(Desk(Role.POLICY).send(NEW, **form({**cohort, "accounts": ""})))

    assert "<title>Error: Draft a rollout – Connects</title>" in page
    assert page.count(f"{words}</li>") == 1
    assert page.count('class="error"') == 1
    assert all(str(value) in page for value in cohort.values())
    assert not Rollout.objects.exists()

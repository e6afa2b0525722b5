"""A whole marketplace moves to other rules, and back, and nobody loses a Connect by it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.acts.credits.award_badge import add_badge
from connects.acts.proposals.quote import ProposalQuote, quote
from connects.acts.purchases import buy as purchases
from connects.acts.rules import move_accounts, plan_rollout
from connects.acts.rules.roll_back import roll_back
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.journal.proof.verify import verify
from connects.market.members.selectors import rule_book_of
from connects.market.notices.models import Notice, OutboxEvent
from connects.market.people.models import Account, User
from connects.market.rollout.cohorts import Assignment, Candidate, share_of
from connects.market.rollout.dry_run import account_lines, dry_run
from connects.market.rollout.models import Cohort, CohortKind, Move, MoveState, Rollout
from connects.market.rollout.progress import progress_of
from connects.market.rollout.selectors import coming_move, unread_move
from connects.market.trust.models import StaffAct
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import Refused
from tests.market.people import posted, proposed, registered

NOW = datetime(2019, 5, 1, 12, tzinfo=UTC)
MOVED = datetime(2019, 5, 20, tzinfo=UTC)
OLD, NEW = "upwork-2018", "upwork-2019-05"
pytestmark = pytest.mark.django_db


def cohort(
    kind: CohortKind, value: str = "", at: datetime = MOVED, *names: str
) -> plan_rollout.CohortPlan:
    return plan_rollout.CohortPlan(kind=kind, value=value, effective=at, accounts=names)


EVERYONE = cohort(CohortKind.REST)


def drafted(*cohorts: plan_rollout.CohortPlan, after: str = NEW, notice: int = 7) -> Rollout:
    plan = plan_rollout.RolloutPlan(before=OLD, after=after, notice_days=notice, cohorts=cohorts)
    answer = plan_rollout.draft(plan, None)
    assert isinstance(answer, Rollout), answer
    return answer


def scheduled(*cohorts: plan_rollout.CohortPlan, after: str = NEW) -> Rollout:
    answer = plan_rollout.schedule(drafted(*cohorts, after=after), None)
    assert isinstance(answer, Rollout), answer
    return answer


def problem_of(answer: object) -> object:
    assert isinstance(answer, Refused), answer
    return answer.parameters["problem"]


def people(*names: str) -> list[Account]:
    return [registered(name, AccountKind.FREELANCER, OLD) for name in names]


def rules_of(accounts: Sequence[Account], at: datetime) -> list[str]:
    return [rule_book_of(account, at).name for account in accounts]


def whole() -> bool:
    return not [proof for proof in verify(journal()) if proof.breaches]


def test_everyone_is_told_a_week_ahead_and_moved_at_the_instant() -> None:
    with held_at(NOW):
        ana, ben = people("ana", "ben")
        rollout = scheduled(EVERYONE)

    run(MOVED - timedelta(days=7, microseconds=1))
    assert Notice.objects.count() == 0
    run(MOVED - timedelta(days=7))
    assert list(Notice.objects.values_list("code", flat=True)) == ["policy-change"] * 2
    coming = coming_move(ana, MOVED - timedelta(days=7))
    assert coming is not None
    assert (coming.forecast.per_month_before, coming.forecast.per_month_after) == (60, 0)

    assert rules_of([ana, ben], MOVED - timedelta(microseconds=1)) == [OLD, OLD]
    run(MOVED)
    assert rules_of([ana, ben], MOVED) == [NEW, NEW]
    assert journal().wallet(ana.pk).balance == 60
    assert unread_move(ana, MOVED) is not None
    (progress,) = progress_of(rollout)
    assert (progress.accounts, progress.moved) == (2, 2)


def test_cohorts_move_one_after_another_and_an_account_is_in_the_first_that_fits() -> None:
    later = MOVED + timedelta(days=7)
    with held_at(NOW):
        ana, ben, cem, dua = people("ana", "ben", "cem", "dua")
        Account.objects.filter(handle__in=["ben", "cem"]).update(country="DE")
        scheduled(
            cohort(CohortKind.ACCOUNTS, "", MOVED, "ana", "ben"),
            cohort(CohortKind.COUNTRY, "de, fr", later),
        )

    run(MOVED)
    assert rules_of([ana, ben, cem, dua], MOVED) == [NEW, NEW, OLD, OLD]
    run(later)
    assert rules_of([ana, ben, cem, dua], later) == [NEW, NEW, NEW, OLD]


def test_new_accounts_begin_under_the_new_rules_and_those_before_get_their_whole_notice() -> None:
    with held_at(NOW):
        scheduled(cohort(CohortKind.NEW, "", MOVED - timedelta(days=2)), EVERYONE)
    early, late = MOVED - timedelta(days=3), MOVED - timedelta(days=1)
    with held_at(early):
        ana = registered("ana", AccountKind.FREELANCER, OLD)
    with held_at(late):
        ben = registered("ben", AccountKind.FREELANCER, NEW)

    run(MOVED)

    assert rules_of([ana, ben], MOVED) == [OLD, NEW]
    assert Move.objects.get(account=ana).effective == early + timedelta(days=7)
    run(early + timedelta(days=7))
    assert rules_of([ana, ben], early + timedelta(days=7)) == [NEW, NEW]


def test_the_default_of_new_accounts_follows_the_rollout(settings: object) -> None:
    settings.DEFAULT_RULE_BOOK = OLD  # type: ignore[attr-defined]
    with held_at(NOW):
        rollout = scheduled(cohort(CohortKind.NEW))
    with held_at(MOVED):
        ana = registered("ana", AccountKind.FREELANCER)
        assert rules_of([ana], MOVED) == [NEW]
        roll_back(rollout, None, "a mistake")
        run(MOVED)
        ben = registered("ben", AccountKind.FREELANCER)

    assert rules_of([ana, ben], MOVED) == [OLD, OLD]


def test_a_pause_keeps_everyone_where_they_are_and_a_resumption_shortens_no_notice() -> None:
    with held_at(NOW):
        (ana,) = people("ana")
        rollout = scheduled(EVERYONE)
        plan_rollout.pause(rollout, None)
    (paused,) = OutboxEvent.objects.filter(code="rollout.paused")
    assert paused.parameters == {"rollout": rollout.public_id}
    run(MOVED + timedelta(days=1))
    assert rules_of([ana], MOVED + timedelta(days=1)) == [OLD]
    assert Notice.objects.count() == 0

    with held_at(MOVED + timedelta(days=1)):
        assert problem_of(plan_rollout.pause(rollout, None)) == "wrong_state"
        plan_rollout.resume(rollout, None)
    run(MOVED + timedelta(days=7))
    assert rules_of([ana], MOVED + timedelta(days=7)) == [OLD]
    run(MOVED + timedelta(days=8))
    assert rules_of([ana], MOVED + timedelta(days=8)) == [NEW]


def test_a_roll_back_takes_everyone_back_and_nobody_loses_connects() -> None:
    with held_at(NOW):
        ana, ben = people("ana", "ben")
        rollout = scheduled(
            cohort(CohortKind.ACCOUNTS, "", MOVED, "ana"),
            cohort(CohortKind.REST, "", MOVED + timedelta(days=60)),
        )
    run(MOVED)
    with held_at(MOVED + timedelta(days=1)):
        purchases.order(ana, 80, "first")
        held = journal().wallet(ana.pk).balance
        assert problem_of(plan_rollout.discard(rollout, None)) == "not_a_draft"
        assert isinstance(roll_back(rollout, None, "too dear"), Rollout)
        assert problem_of(roll_back(rollout, None, "again")) == "rolled_back_already"
        run(MOVED + timedelta(days=1))

    assert rules_of([ana, ben], MOVED + timedelta(days=1)) == [OLD, OLD]
    assert journal().wallet(ana.pk).balance == held == 140
    assert Notice.objects.filter(account=ana, code="policy-change-cancelled").count() == 1
    assert not Notice.objects.filter(account=ben, code__startswith="policy-change").exists()
    run(MOVED + timedelta(days=100))
    assert rules_of([ben], MOVED + timedelta(days=100)) == [OLD]
    assert journal().wallet(ana.pk).balance >= held
    assert whole()


def test_who_has_moved_on_is_not_pulled_back() -> None:
    with held_at(NOW):
        (ana,) = people("ana")
        rollout = scheduled(EVERYONE)
    run(MOVED)
    with held_at(MOVED + timedelta(days=1)):
        move_accounts.enrol(ana, "fair-2026", notice=False)
        roll_back(rollout, None, "a mistake")
        run(MOVED + timedelta(days=1))

    assert rules_of([ana], MOVED + timedelta(days=1)) == ["fair-2026"]


def test_rollouts_that_overlap_are_refused() -> None:
    with held_at(NOW):
        people("ana", "ben")
        scheduled(cohort(CohortKind.ACCOUNTS, "", MOVED, "ana"))
        second = drafted(EVERYONE, after="upwork-2019-12")
        answer = plan_rollout.schedule(second, None)

        assert problem_of(answer) == "overlapping"
        assert isinstance(answer, Refused)
        assert answer.parameters["count"] == 1
        assert Move.objects.count() == 1


@pytest.mark.parametrize(
    ("plan", "problem"),
    [
        ({"cohorts": ()}, "required"),
        ({"cohorts": (cohort(CohortKind.REST, "", NOW),)}, "in_the_past"),
        ({"cohorts": (cohort(CohortKind.SHARE, "120"),)}, "not_a_percentage"),
        ({"cohorts": (cohort(CohortKind.SHARE, "ten"),)}, "not_a_percentage"),
        ({"cohorts": (cohort(CohortKind.SHARE, "0"),)}, "not_a_percentage"),
        ({"cohorts": (cohort(CohortKind.SHARE, "60"),) * 2}, "above_a_hundred"),
        ({"cohorts": (cohort(CohortKind.COUNTRY, " "),)}, "required"),
        ({"cohorts": (cohort(CohortKind.ACCOUNTS, "", MOVED, "x", "y"),)}, "unknown_accounts"),
        ({"cohorts": (EVERYONE,) * 21}, "too_many"),
        ({"after": OLD}, "same_rule_book"),
        ({"notice_days": 1_000}, "too_large"),
    ],
)
def test_a_bad_plan_is_refused_with_what_is_wrong(plan: dict[str, object], problem: str) -> None:
    keys = {"before": OLD, "after": NEW, "notice_days": 7, "cohorts": (EVERYONE,), **plan}
    with held_at(NOW):
        assert problem_of(plan_rollout.draft(plan_rollout.RolloutPlan(**keys), None)) == problem  # type: ignore[arg-type]


def test_a_date_that_leaves_less_than_the_notice_is_refused_with_the_earliest() -> None:
    with held_at(MOVED - timedelta(days=3)):
        answer = plan_rollout.schedule(drafted(EVERYONE), None)

    assert problem_of(answer) == "less_than_notice"


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.SUPPORT, Role.FINANCE])
def test_only_policy_people_and_operators_roll_out(role: Role) -> None:
    user = User.objects.create_user("mo@test.example", "Mo", None, role.value)
    with held_at(NOW):
        rollout = drafted(EVERYONE)
        for act in (
            plan_rollout.schedule,
            plan_rollout.pause,
            plan_rollout.resume,
            plan_rollout.discard,
        ):
            assert problem_of(act(rollout, user)) == "staff_role"
        assert problem_of(roll_back(rollout, user, "")) == "staff_role"


def test_every_act_leaves_a_line_in_the_audit() -> None:
    with held_at(NOW):
        rollout = scheduled(EVERYONE)
        plan_rollout.pause(rollout, None)
        plan_rollout.resume(rollout, None)
        roll_back(rollout, None, "a mistake")

    acts = list(StaffAct.objects.order_by("id").values_list("act", flat=True))
    assert acts[-5:] == [
        "draft-rollout",
        "schedule-rollout",
        "pause-rollout",
        "resume-rollout",
        "roll-back",
    ]


def test_a_dry_run_foretells_what_the_move_then_does() -> None:
    with held_at(NOW):
        ana, ben = people("ana", "ben")
        acme = registered("acme", AccountKind.CLIENT, OLD)
        add_badge(ana, "top-rated")
        job = posted(acme, "A shop", 900_00)
        proposed(job, ana)
        proposed(posted(acme, "A flyer", 30_00), ben, "second")
        rollout = drafted(cohort(CohortKind.ACCOUNTS, "", MOVED, "ana"), EVERYONE)
        report = dry_run(rollout, NOW)
        lines = {line.handle: line for line in account_lines(rollout, NOW)}
        before = journal().store.count_entries()
        assert Move.objects.count() == 0
        plan_rollout.schedule(rollout, None)

    first, rest = report.cohorts
    assert (first.accounts, first.held, first.granted, first.lost) == (1, 58, 60, 0)
    assert (rest.accounts, rest.wallets) == (2, 1)

    run(MOVED)
    assert journal().wallet(ana.pk).balance == 58 + lines["ana"].forecast.granted
    assert journal().wallet(ben.pk).balance == lines["ben"].forecast.held
    assert journal().store.count_entries() == before + 1
    with held_at(MOVED):
        asked = quote(job, ben)
        assert isinstance(asked, ProposalQuote)
        assert asked.price.connects == 5


@given(st.lists(st.integers(1, 40), min_size=1, max_size=5), st.integers(1, 10**6))
def test_shares_are_disjoint_and_an_account_keeps_its_place(parts: list[int], account: int) -> None:
    parts = parts[:2]
    cohorts = [
        Cohort(number=number, kind=CohortKind.SHARE, value=str(part))
        for number, part in enumerate(parts, start=1)
    ]
    candidate = Candidate(account, "x", "", "")

    first = Assignment("one", cohorts).cohort_of(candidate)

    assert Assignment("one", cohorts).cohort_of(candidate) is first
    wider = [*cohorts[:-1], Cohort(number=9, kind=CohortKind.SHARE, value="40")]
    if first is not None and first is not cohorts[-1]:
        assert Assignment("one", wider).cohort_of(candidate) is first


def test_a_tenth_is_about_a_tenth() -> None:
    tenth = Assignment("any", [Cohort(number=1, kind=CohortKind.SHARE, value="10")])

    chosen = sum(
        tenth.cohort_of(Candidate(number, "", "", "")) is not None for number in range(20_000)
    )

    assert 1_850 < chosen < 2_150


@pytest.mark.parametrize(("text", "places"), [("10", 1_000), ("0.5", 50), ("12.25", 1_225)])
def test_percentages_are_read_exactly(text: str, places: int) -> None:
    assert share_of(text) == places


def test_a_second_worker_moves_nobody_twice() -> None:
    with held_at(NOW):
        (ana,) = people("ana")
        scheduled(EVERYONE)
    run(MOVED)
    run(MOVED)

    assert ana.enrolments.count() == 2
    assert Move.objects.get(account=ana).state == MoveState.MOVED

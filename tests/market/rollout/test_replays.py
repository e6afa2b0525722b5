"""What proposals would have cost under other rules is added up by cohort, and by who is hit worst."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from connects.acts.rules.plan_rollout import CohortPlan, RolloutPlan, draft
from connects.bootstrap.clock import held_at
from connects.market.people.models import Account
from connects.market.rollout.lab_jobs import answered_lab_job, latest_lab_jobs, running_lab_job
from connects.market.rollout.models import CohortKind, LabJob, LabJobKind, LabJobState, Rollout
from connects.market.rollout.replay_sums import findings_of, report_of
from connects.market.rollout.replays import Cost, costs_of, sums_of
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def members() -> Iterator[list[Account]]:
    with held_at(NOON):
        yield [registered(f"m{number:02}", AccountKind.FREELANCER) for number in range(12)]


@pytest.fixture
def rollout(members: list[Account]) -> Rollout:
    first = CohortPlan(
        kind=CohortKind.ACCOUNTS, effective=NOON + timedelta(days=20), accounts=("m00",)
    )
    rest = CohortPlan(kind=CohortKind.REST, effective=NOON + timedelta(days=30))
    plan = RolloutPlan(
        before="upwork-2019-05", after="fair-2026", notice_days=7, cohorts=(first, rest)
    )
    answer = draft(plan, None)
    assert isinstance(answer, Rollout), answer
    return answer


def cost(rise: int) -> Cost:
    return Cost(proposals=2, paid=10, returned=4, would_pay=10 + rise, would_return=4, refused=1)


def asked(rollout: Rollout, state: LabJobState, hours: int = 0, **more: object) -> LabJob:
    return LabJob.objects.create(
        rollout=rollout,
        kind=LabJobKind.REPLAY,
        state=state,
        asked=NOON + timedelta(hours=hours),
        **more,
    )


def test_a_rise_is_what_would_be_paid_and_kept_beyond_what_was() -> None:
    total = Cost()
    for each in (cost(3), Cost(1, paid=5, returned=5, would_pay=5, would_return=0)):
        total.add(each)

    assert (cost(3).rise, total.proposals, total.rise) == (3, 3, 8)


def test_costs_are_added_up_by_cohort_and_the_worst_hit_stand_first(
    members: list[Account], rollout: Rollout
) -> None:
    costs = {member.pk: cost(number) for number, member in enumerate(members)}

    report = report_of(rollout, {**costs, 0: cost(99)}, NOON)

    by_cohort = {each["number"]: each for each in report["cohorts"]}
    assert [by_cohort[number]["proposals"] for number in (1, 2)] == [2, 22]
    assert by_cohort[2]["would_pay"] == 11 * 10 + sum(range(1, 12))
    deciles = report["deciles"]
    assert [each["decile"] for each in deciles] == list(range(1, 11))
    assert sum(each["accounts"] for each in deciles) == 12
    assert deciles[0]["would_pay"] - deciles[0]["paid"] == 11
    assert deciles[-1]["would_pay"] - deciles[-1]["paid"] == 0 + 1
    assert sum(each["paid"] for each in deciles) == 120
    same, more = report["changes"]
    assert (same["same"], more["less"], more["more"], more["more_middle"]) == (1, 0, 11, 6)


def test_a_cohort_in_which_nobody_proposed_costs_nothing(
    members: list[Account], rollout: Rollout
) -> None:
    report = report_of(rollout, {members[0].pk: cost(1)}, NOON)

    assert [each["proposals"] for each in report["cohorts"]] == [2, 0]
    assert [(each["decile"], each["accounts"]) for each in report["deciles"]] == [(10, 1)]
    assert report_of(rollout, {}, NOON)["deciles"] == []


def test_the_last_replay_that_has_findings_is_read(
    members: list[Account], rollout: Rollout
) -> None:
    assert costs_of(rollout) == {}
    found = findings_of(rollout, {members[0].pk: cost(7)}, NOON)
    done = asked(rollout, LabJobState.DONE, findings=found)
    asked(rollout, LabJobState.FAILED, 1)
    running = asked(rollout, LabJobState.RUNNING, 2)

    assert costs_of(rollout) == {members[0].pk: cost(7)}
    assert answered_lab_job(rollout, LabJobKind.REPLAY) == done
    assert latest_lab_jobs(rollout) == {LabJobKind.REPLAY: running}
    assert (running_lab_job(running.public_id), running_lab_job(done.public_id)) == (running, None)
    sums = sums_of(done)
    assert sums is not None
    assert (sums.made, sums.cohorts[0]["would_pay"]) == (NOON.isoformat(), 17)
    assert sums.changes is not None
    assert sums_of(running) is None

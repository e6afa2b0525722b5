"""Intervals are held against what clients state, and an alarm is raised where they no longer hold."""

from typing import Any

import pytest
from django.test import Client
from structlog.testing import capture_logs

from connects.acts.jobs import publish as jobs
from connects.bootstrap.clock import held_at
from connects.due.daily import warn_of_drift
from connects.estimate.coverage import Coverage, share_interval
from connects.installation.doctor import diagnose
from connects.market.jobs.estimate_coverage import estimate_coverage
from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import Job
from connects.market.people.models import User
from connects.vocabulary.facts import JobKind
from connects.vocabulary.parties import AccountKind, Role
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db


def posts(budgets: list[int], *, low: int = 100_00, high: int = 200_00, model: str = "m") -> None:
    """Posts with these budgets, whose estimates had this interval."""
    with held_at(NOON):
        client = registered(f"client{Job.objects.count()}", AccountKind.CLIENT)
        for budget in budgets:
            job = jobs.post(
                JobFields(title="Build a shop", kind=JobKind.FIXED, budget_cents=budget), client
            )
            assert isinstance(job, Job)
            Job.objects.filter(pk=job.pk).update(
                estimate_cents=(low + high) // 2,
                estimate_low_cents=low,
                estimate_high_cents=high,
                estimate_model=model,
            )


def advice() -> list[str]:
    return [each.advice for each in diagnose() if "interval of 80 %" in each.found]


def test_stated_budgets_are_counted_and_tokens_are_not() -> None:
    posts([150_00, 150_00, 300_00, 5_00])

    assert estimate_coverage() == Coverage(held=2, posts=3)


def test_only_the_last_model_is_judged() -> None:
    posts([300_00, 300_00], model="old")
    posts([150_00], model="new")

    assert estimate_coverage() == Coverage(held=1, posts=1)


def test_a_model_that_holds_what_it_promises_raises_no_alarm() -> None:
    posts([150_00] * 48 + [300_00] * 12)

    with capture_logs() as logs:
        warn_of_drift()

    assert logs == []
    assert advice() == [""]


def test_drift_is_told_by_the_doctor_the_metrics_the_log_and_the_console(
    settings: Any,
) -> None:
    posts([150_00] * 20 + [300_00] * 40)
    settings.METRICS_TOKEN = "a-token"
    user = User.objects.create_user("o@test.example", "S", None, Role.OPERATOR.value)
    console = Client()
    console.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    with capture_logs() as logs:
        warn_of_drift()

    assert [(each["event"], each["held"]) for each in logs] == [("estimates have drifted", 0.333)]
    assert "connects estimate train" in advice()[0]
    figures = Client().get("/metrics", headers={"Authorization": "Bearer a-token"}).content.decode()
    assert "connects_estimates_drifted 1.0" in figures
    page = console.get("/console/demand/").content.decode()
    assert "The model no longer fits the posts" in page
    assert "Of the last 60 estimated posts" in page


@pytest.mark.parametrize(
    ("role", "hears"), [(Role.OPERATOR, True), (Role.POLICY, True), (Role.FINANCE, False)]
)
def test_drift_is_among_what_needs_those_who_see_the_market_and_leads_to_what_to_do(
    role: Role, hears: bool
) -> None:
    posts([150_00] * 20 + [300_00] * 40)
    user = User.objects.create_user("s@test.example", "S", None, role.value)
    console = Client()
    console.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    today = console.get("/console/").content.decode()

    assert ("Estimates of pay no longer fit the jobs" in today) is hears
    assert ("Of the last 60, 20 lay in their interval" in today) is hears
    assert ('href="/console/demand/#estimates"' in today) is hears
    if hears:
        there = console.get("/console/demand/").content.decode()
        assert "connects estimate train FILE" in there.partition('id="estimates"')[2]


def test_a_model_that_holds_what_it_promises_needs_nobody() -> None:
    posts([150_00] * 48 + [300_00] * 12)
    user = User.objects.create_user("s@test.example", "S", None, Role.POLICY.value)
    console = Client()
    console.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    assert "Estimates of pay" not in console.get("/console/").content.decode()


def test_few_posts_prove_nothing() -> None:
    assert not Coverage(held=0, posts=49).has_drifted
    assert Coverage(held=0, posts=50).has_drifted
    assert share_interval(0, 0) == (0.0, 1.0)


def test_too_wide_is_drift_too() -> None:
    assert Coverage(held=400, posts=400).has_drifted

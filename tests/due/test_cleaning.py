"""What has had its time is forgotten, once an hour."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.test import Client

from connects.bootstrap.clock import now as clock_now
from connects.due.cleaning import clear_hourly
from connects.due.daily import do_daily_work
from connects.market.people.models import User
from tests.market.people import PASSWORD

pytestmark = pytest.mark.django_db
EMAIL = "ana@test.example"


def visit() -> None:
    User.objects.create_user(EMAIL, "Ana", PASSWORD)
    Client().post("/sign-in/", {"username": EMAIL, "password": PASSWORD})
    Client().post("/sign-in/", {"username": "who@test.example", "password": "wrong"})


def counts() -> tuple[int, int, int, int]:
    return (
        Session.objects.count(),
        UserSession.objects.count(),
        AccessLog.objects.count(),
        AccessAttempt.objects.count(),
    )


def test_sessions_that_have_ended_and_old_records_of_sign_ins_are_cleared(settings: Any) -> None:
    visit()
    now = clock_now()
    clear_hourly(now)
    assert counts() == (1, 1, 1, 1)
    clear_hourly(now + timedelta(hours=2))
    assert counts() == (1, 1, 1, 0)
    clear_hourly(now + timedelta(days=15))
    assert counts() == (0, 0, 1, 0)
    clear_hourly(now + timedelta(days=91))
    assert counts() == (0, 0, 0, 0)


def test_it_is_done_once_an_hour_and_by_the_worker(settings: Any, tmp_path: Any) -> None:
    settings.VAR, settings.ROOT_KEY = tmp_path, ""
    do_daily_work()
    now = clock_now()
    assert not clear_hourly(now)
    assert not clear_hourly(now + timedelta(minutes=59))
    assert clear_hourly(now + timedelta(minutes=61))

"""What machines ask: whether the site is alive, whether it can work, and its figures."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from connects.bootstrap.clock import held_at
from connects.market import upkeep
from connects.market.upkeep.services import note_pass
from tests.market.people import town

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ELSEWHERE = {"Host": "10.0.0.7"}


def ready(client: Client) -> tuple[int, Any]:
    with held_at(NOW):
        answer = client.get("/readyz", headers=ELSEWHERE)
    return answer.status_code, json.loads(answer.content)


def test_probes_mind_neither_hosts_nor_https_nor_sessions(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    note_pass(NOW, {})
    client = Client()

    alive = client.get("/healthz", headers=ELSEWHERE)

    assert (alive.status_code, json.loads(alive.content)) == (200, {"alive": True})
    assert ready(client) == (
        200,
        {"ready": True, "database": "ok", "migrations": "ok", "worker": "ok"},
    )
    assert client.cookies == {}
    assert client.get("/rules/").status_code == 301


def test_a_site_whose_worker_has_stopped_is_not_ready() -> None:
    assert ready(Client())[1]["worker"] == "has not run yet"

    note_pass(NOW - timedelta(seconds=60), {})
    assert ready(Client())[0] == 200

    note_pass(NOW - timedelta(seconds=61), {})
    status, said = ready(Client())
    assert (status, said["ready"], said["worker"]) == (503, False, "last pass 61 s ago")


def test_a_site_whose_tables_are_behind_is_not_ready() -> None:
    note_pass(NOW, {})
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'upkeep'")

    status, said = ready(Client())

    applied = len(list((Path(upkeep.__file__).parent / "migrations").glob("0*.py")))
    assert (status, said["migrations"]) == (503, f"{applied} not applied")


def test_a_site_without_its_database_is_alive_and_not_ready(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone(*_: Any, **__: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", gone)

    assert Client().get("/healthz").status_code == 200
    status, said = ready(Client())
    assert (status, said["database"]) == (503, "unavailable")


def test_there_are_no_metrics_without_a_token() -> None:
    assert Client().get("/metrics").status_code == 404


@pytest.fixture
def scraped(settings: Any) -> str:
    settings.METRICS_TOKEN = "a-token"
    with held_at(NOW):
        town()
        note_pass(NOW - timedelta(seconds=7), {"paypal answered": 3})
        Client().get("/rules/")
        answer = Client().get("/metrics", headers={"Authorization": "Bearer a-token", **ELSEWHERE})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "line",
    [
        'connects_requests_total{method="GET",route="rules/",status="200"}',
        'connects_request_seconds_bucket{le="+Inf",route="rules/"}',
        'connects_oldest_seconds{queue="outbox"} ',
        'connects_oldest_seconds{queue="renewal"} 0.0',
        "connects_dead_letters 0.0",
        "connects_postings_total ",
        "connects_worker_away_seconds 7.0",
        'connects_provider_calls_total{outcome="answered",process="worker",provider="paypal"} 3.0',
        "connects_database_up 1.0",
        "connects_estimates_checked 0.0",
        "connects_estimates_drifted 0.0",
    ],
)
def test_metrics_have_a_figure_for(scraped: str, line: str) -> None:
    assert line in scraped


@pytest.mark.parametrize("sent", ["", "Bearer ", "Bearer wrong", "a-token", "Bearer ü"])
def test_metrics_are_for_who_has_the_token(settings: Any, sent: str) -> None:
    settings.METRICS_TOKEN = "a-token"

    assert Client().get("/metrics", headers={"Authorization": sent}).status_code == 401


def test_an_address_that_a_visitor_makes_up_is_no_label(settings: Any) -> None:
    settings.METRICS_TOKEN = "a-token"
    Client().get("/made-up-by-a-visitor/")

    figures = Client().get("/metrics", headers={"Authorization": "Bearer a-token"}).content.decode()
    assert "made-up" not in figures
    assert 'route="none",status="404"' in figures

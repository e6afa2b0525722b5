"""Figures about the running site, in Prometheus' format.

Requests are counted by this process as it answers them. Queues and postings are the database's, asked
for when someone looks: so they are the whole site's, worker included.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache

from django.db import Error, connection
from django.db.models import Min
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import REGISTRY, Counter, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from connects.billing.calls import calls_made
from connects.bootstrap.clock import now as clock_now
from connects.due.sources import SOURCES
from connects.market.jobs.estimate_coverage import estimate_coverage
from connects.market.notices.models import NoticeEmail, NoticeEmailState, OutboxEvent
from connects.market.upkeep.services import last_pass

REQUESTS = Counter("connects_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram("connects_request_seconds", "How long answers took.", ["route"])
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


@cache
def _counter(method: str, route: str, status: int) -> Counter:
    return REQUESTS.labels(method, route, str(status))


@cache
def _seconds_of(route: str) -> Histogram:
    return SECONDS.labels(route)


class Measured:
    """Middleware that counts requests, and how long they took."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        response = self.get_response(request)
        # By pattern, never by address: what visitors may make up must not become a label.
        route = request.resolver_match.route if request.resolver_match else "none"
        method = request.method if request.method in METHODS else "other"
        _counter(method, route, response.status_code).inc()
        _seconds_of(route).observe(time.perf_counter() - begun)
        return response


class _Database(Collector):
    """What the database knows of queues and postings."""

    def describe(self) -> Iterable[Metric]:
        return ()  # or registering it would ask the database

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("connects_database_up", "1 where the database answers.")
        try:
            found = [*_queues(clock_now()), *_postings(), *_worker(clock_now()), *_estimates()]
        except Error:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield from found


def _queues(now: datetime) -> Iterator[Metric]:
    waiting = GaugeMetricFamily("connects_waiting", "What waits, by queue.", labels=["queue"])
    age = GaugeMetricFamily(
        "connects_oldest_seconds", "How long the first of a queue has been due.", labels=["queue"]
    )
    events = OutboxEvent.objects.filter(delivered__isnull=True)
    emails = NoticeEmail.objects.filter(state=NoticeEmailState.WAITING, next_try__lte=now)
    for queue, rows, field in (("outbox", events, "happened"), ("e-mails", emails, "next_try")):
        waiting.add_metric([queue], rows.count())
        age.add_metric([queue], _seconds(now, rows.aggregate(first=Min(field))["first"]))
    for name, source in SOURCES.items():
        age.add_metric([name], _seconds(now, source.next_due(now)))
    yield waiting
    yield age
    dead = GaugeMetricFamily("connects_dead_letters", "E-mails that were given up.")
    dead.add_metric([], NoticeEmail.objects.filter(state=NoticeEmailState.DEAD).count())
    yield dead


def _seconds(now: datetime, since: datetime | None) -> float:
    return max((now - since).total_seconds(), 0.0) if since is not None else 0.0


def _postings() -> Iterator[Metric]:
    """Lines of the journal that were ever written, as the database keeps count; it reads none."""
    statement = "SELECT coalesce(max(rowid), 0) FROM journal_entry"
    if connection.vendor == "postgresql":
        statement = (
            "SELECT coalesce(sum(n_tup_ins), 0) FROM pg_stat_user_tables"
            " WHERE relname = 'journal_entry'"
        )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        (written,) = cursor.fetchone() or (0,)
    family = CounterMetricFamily("connects_postings", "Lines written to the journal.")
    family.add_metric([], int(written))
    yield family


def _worker(now: datetime) -> Iterator[Metric]:
    seen = last_pass()
    away = GaugeMetricFamily("connects_worker_away_seconds", "Since the worker's last pass.")
    if seen is not None:
        away.add_metric([], _seconds(now, seen.finished))
    yield away
    calls = CounterMetricFamily(
        "connects_provider_calls",
        "Calls to payment providers.",
        labels=["process", "provider", "outcome"],
    )
    for process, made in (
        ("web", calls_made()),
        ("worker", seen.provider_calls if seen else {}),
    ):
        for name, count in made.items():
            calls.add_metric([process, *name.split(" ", 1)], count)
    yield calls


def _estimates() -> Iterator[Metric]:
    """Whether the intervals of estimates hold what clients state; a share of nothing is left out."""
    found = estimate_coverage()
    posts = GaugeMetricFamily(
        "connects_estimates_checked",
        "Newest posts whose stated amount an estimate was held against.",
    )
    posts.add_metric([], found.posts)
    yield posts
    held = GaugeMetricFamily(
        "connects_estimates_held_ratio", "Share of them within their interval of 80 %."
    )
    if found.posts:
        held.add_metric([], found.share)
    yield held
    drift = GaugeMetricFamily(
        "connects_estimates_drifted", "1 where chance no longer explains how far that is from 0.8."
    )
    drift.add_metric([], int(found.has_drifted))
    yield drift


REGISTRY.register(_Database())


def exposition() -> tuple[bytes, str]:
    """All figures as text, and the type of that text."""
    return generate_latest(REGISTRY), CONTENT_TYPE_LATEST

"""Queries whose SQL is made once find what the same queries find each time they are made anew."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db.models import F, Model, QuerySet

from connects.bootstrap.clock import held_at
from connects.market.compiled import Compiled
from connects.market.external_ids import by_name, called, host_id
from connects.market.jobs.models import Job
from connects.market.people.models import Account
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, posted, registered
from tests.sent_statements import sent_statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def jobs() -> list[Job]:
    with held_at(NOON):
        client = registered("acme", AccountKind.CLIENT)
        return [posted(client, title) for title in ("Draw", "Sing", "O'Hara's 100 % %s logo")]


def columns(rows: list[Job]) -> list[dict[str, object]]:
    return [
        {name: value for name, value in vars(row).items() if not name.startswith("_")}
        for row in rows
    ]


def test_rows_have_every_column_that_the_query_has(jobs: list[Job]) -> None:
    def build(numbers: Sequence[Any]) -> QuerySet[Job]:
        rows = Job.objects.filter(pk__in=numbers).order_by("-pk")
        return rows.annotate(handle=F("client__handle"))

    wanted = [job.pk for job in jobs]

    assert columns(Compiled(build).rows(*wanted)) == columns(list(build(wanted)))


def test_its_sql_is_made_once_for_each_number_and_kind_of_values(jobs: list[Job]) -> None:
    made = []

    def build(titles: Sequence[Any]) -> QuerySet[Job]:
        made.append(titles)
        return Job.objects.filter(title__in=titles)

    by_title = Compiled(build)
    for titles in (["Draw"], ["Sing"], ["Draw", "Sing"], ["Sing", "Draw"]):
        assert {row.title for row in by_title.rows(*titles)} == {*titles}

    assert len(made) == 2


@pytest.mark.parametrize("text", ["'; DROP TABLE jobs_job; --", "%s", "\x01compiled-0", ""])
def test_values_are_parameters_whatever_they_hold(jobs: list[Job], text: str) -> None:
    by_title = Compiled[Job](lambda titles: Job.objects.filter(title__in=titles))

    assert by_title.rows(text) == []
    assert [row.title for row in by_title.rows(jobs[2].title)] == [jobs[2].title]


def test_nothing_is_asked_for_no_values() -> None:
    with sent_statements() as sent:
        assert Compiled[Job](lambda ids: Job.objects.filter(pk__in=ids)).rows() == []

    assert sent == []


def test_a_hosts_own_id_wins_over_a_handle_that_is_the_same() -> None:
    with held_at(NOON):
        ours, theirs, apart = (
            registered(handle, AccountKind.FREELANCER) for handle in ("u1", "ben", "cem")
        )
    Account.objects.filter(pk=theirs.pk).update(external_id="u1")
    theirs.refresh_from_db()

    def found(*names: str) -> dict[str, Model]:
        return {**by_name(called(Account.objects.all(), names, "handle"), "handle")}

    assert found("u1", "cem") == {"u1": theirs, "cem": apart}
    assert found("ben") == {}, "it is called as its host calls it"
    assert [host_id(each) for each in (ours, theirs, apart)] == ["u1", "u1", "cem"]

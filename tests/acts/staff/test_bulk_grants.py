"""Courtesy grants from a table: tried first, whole or not at all, each row once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from connects.acts.staff import grant_in_bulk
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.market.corrections.models import Correction, CorrectionState
from connects.market.people.models import Account, User
from connects.vocabulary.parties import Role
from connects.vocabulary.refusals import Refused
from tests.acts.staff.test_courtesy_grants import freelancer, person
from tests.market.people import NOON

pytestmark = pytest.mark.django_db

HEADER = "handle,credits,reason,expires\n"
GOOD = f"{HEADER}ana,10,outage in May,\nben,20,outage in May,2019-12-31T12:00\n"


@pytest.fixture
def both() -> list[Account]:
    return [freelancer("ana"), freelancer("ben")]


@pytest.fixture
def sue() -> User:
    return person("sue", Role.SUPPORT)


def granted(text: str, staff: User) -> list[grant_in_bulk.BulkLine] | Refused:
    with held_at(NOON):
        return grant_in_bulk.grant_all(text, staff)


def balances(accounts: list[Account]) -> list[int]:
    return [journal().wallet(account.pk).balance for account in accounts]


def told(lines: list[grant_in_bulk.BulkLine] | Refused) -> list[object]:
    assert isinstance(lines, list)
    return [
        line.answer.parameters["problem"] if isinstance(line.answer, Refused) else line.answer.state
        for line in lines
    ]


def test_every_row_of_a_table_is_granted(both: list[Account], sue: User) -> None:
    before = balances(both)

    assert told(granted(GOOD, sue)) == [CorrectionState.DONE] * 2

    assert balances(both) == [before[0] + 10, before[1] + 20]
    lots = journal().wallet(both[1].pk).lots
    assert any(lot.expires and lot.expires.isoformat().startswith("2019-12-31") for lot in lots)


def test_trying_says_what_would_happen_and_does_none_of_it(both: list[Account], sue: User) -> None:
    before = balances(both)

    with held_at(NOON):
        lines = grant_in_bulk.try_grants(GOOD, sue)

    assert told(lines) == [CorrectionState.DONE] * 2
    assert balances(both) == before
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("nobody,10,outage", "unknown_account"),
        ("ben,0,outage", "not_whole"),
        ("ben,-5,outage", "not_whole"),
        ("ben,3000000000,outage", "not_whole"),
        ("ben,ten,outage", "not_whole"),
        ("ben,10,", "required"),
        ("ben,10,outage,yesterday", "not_an_instant"),
        ("ben,10,outage,2019-01-01T00:00", "in_the_past"),
        ("ben,10,outage,,more", "too_many_cells"),
        ("ana,10,outage in May,", "twice"),
    ],
)
def test_one_bad_row_is_named_and_nothing_is_half_done(
    both: list[Account], sue: User, row: str, problem: str
) -> None:
    before = balances(both)

    lines = granted(f"{HEADER}ana,10,outage in May,\n{row}\n", sue)

    assert told(lines)[1] == problem
    assert balances(both) == before
    assert not Correction.objects.exists()


@pytest.mark.parametrize("text", ["", "handle\nana\n", '"', HEADER, "\0", "a" * 300_000])
def test_what_is_no_such_table_is_refused(both: list[Account], sue: User, text: str) -> None:
    assert both
    assert isinstance(granted(text, sue), Refused)


def test_the_same_table_again_grants_nothing_again(both: list[Account], sue: User) -> None:
    granted(GOOD, sue)
    before = balances(both)

    lines = granted(f"{GOOD}ana,5,for the call,\n", sue)

    assert isinstance(lines, list)
    assert [line.repeated for line in lines] == [True, True, False]
    assert balances(both) == [before[0] + 5, before[1]]


def test_what_needs_a_second_person_waits(both: list[Account], sue: User) -> None:
    before = balances(both)

    lines = granted(f"{HEADER}ana,5000,a prize,\nben,10,a prize,\n", sue)

    assert told(lines) == [CorrectionState.PROPOSED, CorrectionState.DONE]
    assert balances(both) == [before[0], before[1] + 10]


def test_only_who_may_grant_may_grant_many(both: list[Account]) -> None:
    assert both
    assert isinstance(granted(GOOD, person("fin", Role.FINANCE)), Refused)


def test_the_page_tries_a_file_and_then_grants_it(
    client: Client, both: list[Account], sue: User
) -> None:
    before = balances(both)
    address = "/console/corrections/from-a-file/"
    bad = SimpleUploadedFile("bad.csv", b"\xff\xfe")

    with held_at(NOON):
        client.force_login(sue)
        unreadable = client.post(address, {"act": "try", "file": bad})
        file = SimpleUploadedFile("grants.csv", GOOD.encode())
        tried = client.post(address, {"act": "try", "file": file}).content.decode()
        untouched = balances(both)
        done = client.post(address, {"act": "grant", "table": GOOD})

    assert unreadable.status_code == 409
    assert tried.count("Will be granted") == 2
    assert untouched == before
    assert done.status_code == 302
    assert balances(both) == [before[0] + 10, before[1] + 20]

"""Documents that are sent as they are made have their operation's very shape."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from ninja import Schema

from connects.api.bulk import KINDS, Kind, answer_of
from connects.api.documents import WalletDocument
from connects.api.json_answers import Encoder
from connects.api.proposal_documents import ProposalDocument
from connects.api.quotes import QuotesDocument
from tests.api.hosts import Host

pytestmark = pytest.mark.django_db


def as_of_shape(shape: type[Schema], answer: Any) -> str:
    """The text that django-ninja makes of a document by its shape."""
    read = shape.model_validate(json.loads(answer.content))
    return json.dumps(read.model_dump(), cls=Encoder)


def text_of(answer: Any) -> str:
    """What was answered, field for field in its order, spaced as django-ninja spaces it."""
    return json.dumps(json.loads(answer.content))


def test_a_wallet_now_and_in_the_past() -> None:
    host = Host()
    made = host.freelancer()["registered_at"]

    for answer in (host.get("accounts/u-7/wallet"), host.get("accounts/u-7/wallet", at=made)):
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/json; charset=utf-8"
        assert as_of_shape(WalletDocument, answer) == text_of(answer)


def test_a_wallet_of_nobody_and_one_that_a_client_would_have() -> None:
    host = Host()
    host.job(client="c-1")

    unknown, of_client = host.get("accounts/u-0/wallet"), host.get("accounts/c-1/wallet")

    assert (unknown.status_code, unknown.json()["code"]) == (404, "account_unknown")
    assert (of_client.status_code, of_client.json()["code"]) == (422, "wrong_kind")


def test_quotes_that_can_be_given_and_others() -> None:
    host = Host()
    host.freelancer()
    for job in ("9", "10", "11"):
        host.job(job)
    host.post("jobs/10/end", {"how": "not_hiring"})

    answer = host.post("quotes", {"account": "u-7", "jobs": ["11", "9", "none", "10", "9"]})

    quotes = answer.json()["quotes"]
    assert [each["job"] for each in quotes] == ["11", "9", "none", "10", "9"]
    problems = [each["problem"] and each["problem"]["code"] for each in quotes]
    assert problems == [None, None, "job_unknown", "job_closed", None]
    assert as_of_shape(QuotesDocument, answer) == text_of(answer)


def test_a_proposal_that_is_charged_and_one_that_is_answered_again() -> None:
    host = Host()
    host.freelancer()
    host.job()
    body = {"account": "u-7", "job": "9", "max_connects": 50}

    for status in (201, 200):
        answer = host.put("proposals/p-81", body)
        assert answer.status_code == status
        assert answer["ETag"] == '"1"'
        assert as_of_shape(ProposalDocument, answer) == text_of(answer)


@pytest.mark.parametrize(
    ("kind", "right"),
    [
        (KINDS[0], {"kind": "freelancer"}),
        (KINDS[1], {"client": "c-1", "kind": "fixed", "budget_cents": 90_000}),
        (KINDS[2], {"account": "u-7", "job": "9", "max_connects": 50}),
        (KINDS[3], {"account": "u-7", "credits": 5, "reason": "Sorry"}),
        (
            KINDS[4],
            {
                "account": "u-7",
                "credits": 5,
                "paid": {"reference": "r", "cents": 75, "currency": "USD"},
            },
        ),
    ],
    ids=lambda value: value.name if isinstance(value, Kind) else "",
)
def test_many_of_each_kind_right_and_wrong(kind: Kind, right: dict[str, Any]) -> None:
    host = Host()
    host.freelancer()
    host.job(client="c-1")
    items = [{"id": "n-1", **right}, {"id": "n-2"}, 7, {"id": "n-1", **right}]

    answer = host.put(kind.name, items)

    assert [each["status"] for each in answer.json()["items"]] == [201, 422, 422, 200]
    assert as_of_shape(answer_of(kind), answer) == text_of(answer)


def test_many_quotes_take_as_many_statements_as_one() -> None:
    host = Host()
    host.freelancer()
    jobs = [str(number) for number in range(20)]
    for job in jobs:
        host.job(job)
    taken = []

    for asked in (jobs[:1], jobs):
        with CaptureQueriesContext(connection) as statements:
            assert host.post("quotes", {"account": "u-7", "jobs": asked}).status_code == 200
        taken.append(len(statements))

    assert taken[0] == taken[1] <= 8

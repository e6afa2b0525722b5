"""What a host can get wrong: each has its own code, and nothing has moved afterwards."""

from datetime import timedelta
from typing import Any

import pytest

from connects.acts.events.publish import publish_events
from connects.api.cursors import cursor_for
from connects.bootstrap.clock import held_at
from tests.api.calling import problem
from tests.api.hosts import Host, server_key
from tests.market.people import NOON

pytestmark = pytest.mark.django_db

SENT = {"account": "u-7", "job": "9", "max_connects": 16}


def test_each_mistake_has_its_own_code_and_moves_nothing(settings: Any) -> None:
    with held_at(NOON):
        host = Host()
        host.freelancer()
        for job in ("9", "10"):
            host.job(job)
        (quote,) = host.post("quotes", {"account": "u-7", "jobs": ["9"]}).json()["quotes"]
        host.put("proposals/h-1", {**SENT, "hold_seconds": 60})
        settings.SECRET_KEY, key = "another installation's", settings.SECRET_KEY
        foreign = cursor_for("events", 1)
        settings.SECRET_KEY = key
        before = host.get("accounts/u-7/wallet").json()
    with held_at(NOON + timedelta(minutes=11)):
        reads_only = Host(server_key("reader", ("read",)))
        stale = {"account": "u-7", "job": "9", "quote": quote["id"]}
        chunked = {"Transfer-Encoding": "chunked"}
        answers = {
            "account_unknown": (404, host.put("proposals/p-1", {**SENT, "account": "nobody"})),
            "job_unknown": (404, host.put("proposals/p-1", {**SENT, "job": "u-7"})),
            "proposal_unknown": (404, host.post("proposals/9/submit")),
            "wrong_kind": (422, host.put("proposals/p-1", {**SENT, "account": "c-1"})),
            "server_key_in_browser": (
                403,
                host.put("proposals/p-1", SENT, Origin="https://shop.example"),
            ),
            "scope_missing": (403, reads_only.put("proposals/p-1", SENT)),
            "quote_expired": (409, host.put("proposals/p-1", stale)),
            "quote_of_another": (422, host.put("proposals/p-1", {**stale, "job": "10"})),
            "quote_unknown": (422, host.put("proposals/p-1", {**stale, "quote": "qt_1"})),
            "hold_expired": (409, host.post("proposals/h-1/submit")),
            "too_many_items": (422, host.put("proposals", [{"id": "p-1", **SENT}] * 1_001)),
            "too_large": (
                413,
                host.put("proposals/p-1", {**SENT, "cover_letter": "x" * 1_000_000}),
            ),
            "length_required": (411, host.post("proposals/h-1/submit", **chunked)),
            "cursor_of_another_installation": (422, host.get("events", after=foreign)),
            "cursor_unknown": (422, host.get("events", after="nonsense")),
            "invalid": (422, host.put("webhook_endpoints/w", {"url": "https://10.0.0.5/"})),
        }
        told = {code: problem(answer, status) for code, (status, answer) in answers.items()}

        assert {code: each["code"] for code, each in told.items()} == {code: code for code in told}
        assert told["invalid"]["parameters"]["problems"][0]["problem"] == "private_address"
        after = host.get("accounts/u-7/wallet", at=NOON.isoformat()).json()
        assert after == {**before, "at": after["at"]}


@pytest.mark.parametrize(
    ("path", "body", "field", "said"),
    [
        ("quotes", {"account": "u-7", "jobs": []}, "jobs", "required"),
        ("purchases", {"paid": {"reference": "r", "cents": 1}}, "paid.currency", "required"),
        ("purchases", {"bundle": 10, "credits": 10}, "credits", "credits_or_bundle"),
        ("purchases", {}, "credits", "credits_or_bundle"),
        ("purchases", {"paid": {"provider": "other"}}, "paid.provider", "unknown"),
        ("purchases", {"paid": {"reference": "a b"}}, "paid.reference", "unreadable"),
        ("grants", {"reason": "a\nb"}, "reason", "control_characters"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(
    path: str, body: dict[str, Any], field: str, said: str
) -> None:
    host = Host()
    host.freelancer()
    paid = {"reference": "r", "cents": 100, "currency": "USD"}
    begun: dict[str, Any] = {
        "purchases": {"account": "u-7", "paid": paid},
        "grants": {"account": "u-7"},
    }
    whole = {**begun.get(path, {}), **body}

    told = problem(host.post(path, whole, **{"Idempotency-Key": "b-1"}), 422)["parameters"]

    assert (field, said) in {(each["field"], each["problem"]) for each in told["problems"]}


def test_an_account_is_told_what_its_facts_must_look_like() -> None:
    facts = {"kind": "freelancer", "email": "ana@例え.jp", "country": "de"}

    told = problem(Host().put("accounts/u-7", facts), 422)["parameters"]["problems"]

    assert told == [
        {"field": "email", "problem": "not_an_email"},
        {"field": "country", "problem": "not_a_country"},
    ]


def test_an_instant_in_an_address_may_have_its_plus_as_it_is() -> None:
    host = Host()
    host.freelancer()

    told = host.client.get("/api/v1/accounts/u-7/wallet?at=2020-01-01T02:00:00+02:00").json()

    assert told["at"] == "2020-01-01T00:00:00Z"


@pytest.mark.parametrize(
    "at", ["2026", "1764370000", "2026-01-31", "0001-01-01T00:00:00+14:00", "2026-02-30T00:00:00Z"]
)
def test_an_instant_is_written_out_with_its_zone_and_can_be_one(at: str) -> None:
    host = Host()
    host.freelancer()
    body = {"kind": "client", "registered_at": at}

    (asked,) = problem(host.get("accounts/u-7/wallet", at=at), 422)["parameters"]["problems"]
    (sent,) = problem(host.put("accounts/u-8", body), 422)["parameters"]["problems"]

    assert asked == {"field": "at", "problem": "not_a_moment"}
    assert sent["problem"] == ("out_of_range" if at.startswith("0001") else "not_a_moment")


def test_what_would_have_been_taken_is_told() -> None:
    host = Host()
    host.freelancer()
    path = "accounts/u-7/wallet/entries"

    said = [
        problem(host.get(path, **query), 422)["message"].partition(". ")[0]
        for query in ({"limit": 0}, {"limit": 501}, {"limit": "x"}, {"order": "up"})
    ]

    assert said == [
        "limit: enter at least 1",
        "limit: enter at most 500",
        "limit: enter a whole number",
        "order: choose one of newest, oldest",
    ]


def test_an_instant_that_was_told_is_not_before_what_happened_at_it() -> None:
    host = Host()
    with held_at(NOON + timedelta(microseconds=259_019)):
        host.freelancer()
    with held_at(NOON + timedelta(days=1)):
        (line,) = host.get("accounts/u-7/wallet/entries").json()["items"]
        (event,) = [each["data"] for each in _published(host) if each["type"] == "wallet.entry"]
        then = host.get("accounts/u-7/wallet", at=line["effective"]).json()

    assert line["effective"].endswith(".259019Z")
    assert then["sequence"] == line["sequence"]
    assert {name: event[name] for name in line} == line


def _published(host: Host) -> Any:
    publish_events()
    return host.get("events").json()["items"]

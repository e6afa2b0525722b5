"""A host's accounts: made under its own ids, changed by what it tells later, read with their wallets."""

from datetime import UTC, datetime, timedelta

import pytest

from connects.acts.staff.grant_courtesy import grant
from connects.bootstrap.clock import held_at
from connects.market.corrections.models import Correction
from connects.market.people.models import Account
from connects.market.trust.models import StaffAct
from tests.api.calling import problem
from tests.api.hosts import Host
from tests.market.people import NOON, Town

LONG_AGO = "2018-02-11T09:00:00Z"


def test_an_account_is_made_under_the_hosts_own_id(here: Town) -> None:
    told = Host().freelancer("u-7", registered_at=LONG_AGO, grants="none")

    assert (told["id"], told["kind"], told["registered_at"]) == ("u-7", "freelancer", LONG_AGO)
    assert (told["wallet"]["balance"], told["wallet"]["sequence"]) == (0, 0)
    assert told["rule_book"].startswith("upwork-2019-05@")


def test_a_newcomer_gets_what_newcomers_get(here: Town) -> None:
    told = Host().freelancer("u-7")

    assert told["wallet"]["balance"] > 0
    assert told["wallet"]["sequence"] > 0


def test_the_same_facts_again_change_nothing(here: Town) -> None:
    host = Host()
    host.freelancer("u-7", name="Ana Ruiz")

    again = host.put("accounts/u-7", {"kind": "freelancer", "name": "Ana Ruiz"})

    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (200, "true")
    assert again.json()["revision"] == 1
    assert Account.objects.filter(external_id="u-7").count() == 1


def test_facts_that_change_make_a_revision_which_guards_against_a_late_retry(here: Town) -> None:
    host = Host()
    host.freelancer("u-7", name="Ana")
    changed = host.put(
        "accounts/u-7", {"kind": "freelancer", "name": "Ana R"}, **{"if-match": '"1"'}
    )

    late = host.put("accounts/u-7", {"kind": "freelancer", "name": "Ana"}, **{"if-match": '"1"'})

    assert (changed.status_code, changed.json()["revision"]) == (200, 2)
    assert changed.headers["ETag"] == '"2"'
    assert problem(late, 412)["code"] == "revision_mismatch"
    assert host.get("accounts/u-7").json()["name"] == "Ana R"


def test_an_account_does_not_become_one_of_another_kind(here: Town) -> None:
    host = Host()
    host.freelancer("u-7")

    told = problem(host.put("accounts/u-7", {"kind": "client"}), 409)

    assert (told["code"], told["parameters"]["fields"]) == ("already_different", ["kind"])


def test_a_client_has_no_wallet(here: Town) -> None:
    host = Host()
    told = host.put("accounts/c-1", {"kind": "client", "payment_verified": True}).json()

    assert (told["wallet"], told["payment_verified"]) == (None, True)
    assert problem(host.get("accounts/c-1/wallet"), 422)["code"] == "wrong_kind"


@pytest.mark.parametrize("name", ["a b", "%00", "ü", "x" * 101, "a%2Fb", "%2e%2e"])
def test_what_is_no_id_is_refused(here: Town, name: str) -> None:
    response = Host().put(f"accounts/{name}", {"kind": "freelancer"})

    assert response.status_code in (404, 422)
    assert response.json()["code"] in ("invalid", "not_found")


def freelancer(**more: object) -> dict[str, object]:
    return {"kind": "freelancer", **more}


def client(**record: int) -> dict[str, object]:
    return {"kind": "client", "client_record": record}


WRONG = {
    "no kind": ({}, "required"),
    "a kind unknown": ({"kind": "robot"}, "unknown"),
    "a field unknown": (freelancer(nmae="x"), "unknown_field"),
    "no zone": (freelancer(registered_at="2018-01-01T00:00:00"), "not_a_moment"),
    "still to come": (freelancer(registered_at="2030-01-01T00:00:00Z"), "in_the_future"),
    "the year 1": (freelancer(registered_at="0001-01-01T00:00:00+23:59"), "out_of_range"),
    "a record of no client": (freelancer(client_record={"posts_ended": 1}), "clients_only"),
    "more left open than ended": (client(posts_ended=1, left_open=2), "more_than_ended"),
    "NUL": (freelancer(name="a\0b"), "hidden_characters"),
    "half a character": (freelancer(name="a\ud800"), "not_text"),
    "a rule book with NUL": (freelancer(rule_book="a\0"), "unknown"),
    "no object": ([], "not_an_object"),
}


@pytest.mark.parametrize(("body", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_an_account_is_told(here: Town, body: object, said: str) -> None:
    told = problem(Host().put("accounts/u-7", body), 422)

    assert told["code"] == "invalid"
    assert [each["problem"] for each in told["parameters"]["problems"]] == [said]
    assert not Account.objects.filter(external_id="u-7").exists()


def test_an_unknown_rule_book_is_named(here: Town) -> None:
    told = problem(Host().put("accounts/u-7", {"kind": "freelancer", "rule_book": "nowhere"}), 422)

    assert told["code"] == "rule_book_unknown"


def test_what_was_made_on_our_own_pages_is_found_by_its_name_here(here: Town) -> None:
    host = Host()

    assert host.get("accounts/ana").json()["kind"] == "freelancer"
    assert problem(host.get("accounts/nobody"), 404)["code"] == "account_unknown"


def test_each_act_leaves_a_line_with_the_clients_name_and_the_person_behind_it(here: Town) -> None:
    host = Host(**{"connects-acting-staff": "Olga"})
    host.freelancer("u-7")

    line = StaffAct.objects.get(act="register-account")

    assert (line.role, line.reason) == ("api-client", "shop: Olga")
    assert line.parameters == {"client": "shop", "person": "Olga", "id": "u-7"}


def given(name: str, credits: int, key: str) -> None:
    row = grant(Account.objects.get(external_id=name), credits, "for the test", None, key)
    assert isinstance(row, Correction), row


def test_a_wallet_is_read_as_it_was(here: Town) -> None:
    host = Host()
    host.freelancer("u-7", grants="none")
    given("u-7", 10, "a")
    with held_at(NOON + timedelta(days=1)):
        given("u-7", 5, "b")
        now = host.get("accounts/u-7/wallet").json()
        then = host.get("accounts/u-7/wallet", at="2019-05-20T18:00:00Z").json()
        before = host.get("accounts/u-7/wallet", at="2019-05-20T11:00:00Z").json()

    assert (now["balance"], now["sequence"]) == (15, 2)
    assert (then["balance"], then["sequence"]) == (10, 1)
    assert before["balance"] == 0


def test_a_wallet_that_has_not_got_that_far_is_said_to_be_behind(here: Town) -> None:
    host = Host()
    host.freelancer("u-7", grants="none")

    response = host.get("accounts/u-7/wallet", at_least=1)

    assert problem(response, 503)["code"] == "behind"
    assert response.headers["Retry-After"] == "1"
    assert (
        problem(host.get("accounts/u-7/wallet", at="2030-01-01T00:00:00Z"), 422)["code"]
        == "invalid"
    )


def pages(host: Host, path: str, **query: str) -> list[int]:
    found: list[int] = []
    cursor: dict[str, str] = {}
    while True:
        page = host.get(path, **query, **cursor).json()
        found += [item.get("sequence", item.get("lot")) for item in page["items"]]
        if page["next"] is None:
            return found
        cursor = {"cursor": page["next"]}


@pytest.mark.parametrize("limit", ["1", "2", "3", "500"])
def test_every_line_and_lot_stands_on_exactly_one_page(here: Town, limit: str) -> None:
    host = Host()
    host.freelancer("u-7", grants="none")
    for number in range(5):
        given("u-7", 10, f"key-{number}")

    entries = "accounts/u-7/wallet/entries"
    assert pages(host, entries, limit=limit) == [5, 4, 3, 2, 1]
    assert pages(host, entries, limit=limit, order="oldest") == [1, 2, 3, 4, 5]
    assert pages(host, "accounts/u-7/wallet/lots", limit=limit) == [1, 2, 3, 4, 5]


def test_lines_up_to_an_instant_are_those_that_had_happened(here: Town) -> None:
    host = Host()
    host.freelancer("u-7", grants="none")
    given("u-7", 10, "a")
    with held_at(NOON + timedelta(days=1)):
        given("u-7", 5, "b")
        for order in ("newest", "oldest"):
            found = pages(
                host, "accounts/u-7/wallet/entries", at="2019-05-20T18:00:00Z", order=order
            )
            assert found == [1]


def test_a_cursor_of_another_list_or_installation_is_refused(here: Town) -> None:
    host = Host()
    host.freelancer("u-7", grants="none")
    host.freelancer("u-8", grants="none")
    for key in "ab":
        given("u-7", 10, key)
    cursor = host.get("accounts/u-7/wallet/entries", limit=1).json()["next"]

    for path, wrong in (
        ("accounts/u-8/wallet/entries", cursor),
        ("accounts/u-7/wallet/lots", cursor),
        ("accounts/u-7/wallet/entries", cursor[:-1] + "x"),
        ("accounts/u-7/wallet/entries", "\0"),
    ):
        assert problem(host.get(path, cursor=wrong), 422)["code"] == "cursor_unknown"
    assert problem(host.get("accounts/u-7/wallet/entries", limit=501), 422)["code"] == "invalid"


def test_a_line_tells_what_it_did_to_which_lot_and_when(here: Town) -> None:
    host = Host()
    host.freelancer("u-7", grants="none")
    given("u-7", 10, "a")

    (line,) = host.get("accounts/u-7/wallet/entries").json()["items"]

    assert (line["kind"], line["credits"], line["balance"]) == ("courtesy", 10, 10)
    assert line["reference"] == {"courtesy": "a"}
    assert datetime.fromisoformat(line["effective"]).astimezone(UTC) == NOON
    assert len(line["hash"]) == 64

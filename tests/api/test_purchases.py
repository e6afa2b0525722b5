"""Connects that a host gives, or was paid for at its own till: issued once, and taken back once."""

from typing import Any

import pytest

from connects.acts.events.publish import publish_events
from connects.market.books.models import CashMovement
from tests.api.calling import problem
from tests.api.hosts import Host
from tests.market.people import Town

PAID = {"reference": "ch_1", "cents": 600, "currency": "USD"}


@pytest.fixture
def host(here: Town) -> Host:
    host = Host()
    host.freelancer("u-7", grants="none")
    return host


def bought(**more: object) -> dict[str, Any]:
    return {"account": "u-7", "credits": 40, "paid": PAID, **more}


def given(**more: object) -> dict[str, Any]:
    return {"account": "u-7", "credits": 10, "reason": "a slow day", **more}


def test_what_was_paid_elsewhere_is_issued_once_with_its_cost(host: Host) -> None:
    first, again = host.put("purchases/o-1", bought()), host.put("purchases/o-1", bought())

    assert (first.status_code, again.status_code) == (201, 200), first.content
    assert first.json()["wallet"]["balance"] == again.json()["wallet"]["balance"] == 40
    (lot,) = host.get("accounts/u-7/wallet/lots").json()["items"]
    assert (lot["kind"], lot["credits"], lot["cost_cents"]) == ("purchase", 40, 600)
    cash = CashMovement.objects.get()
    assert (cash.provider, cash.cents, cash.provider_reference) == ("external", 600, "ch_1")


def test_a_purchase_that_went_back_twice_went_back_once(host: Host) -> None:
    host.put("purchases/o-1", bought())

    first, again = host.post("purchases/o-1/reverse"), host.post("purchases/o-1/reverse")

    assert (first.status_code, again.status_code) == (200, 200), first.content
    assert first.json()["status"] == "refunded"
    assert again.json() == first.json()
    assert host.get("accounts/u-7/wallet").json()["balance"] == 0
    assert sum(CashMovement.objects.values_list("cents", flat=True)) == 0


def test_what_was_spent_of_a_purchase_that_went_back_is_debt(host: Host) -> None:
    host.job("9")
    host.put("purchases/o-1", bought())
    spent = host.put("proposals/p", {"account": "u-7", "job": "9", "max_connects": 50}).json()

    told = host.post("purchases/o-1/reverse").json()

    assert (told["wallet"]["balance"], told["wallet"]["debt"]) == (0, spent["connects"])


def test_a_grant_is_made_once(host: Host) -> None:
    first, again = host.put("grants/g-1", given()), host.put("grants/g-1", given(kind="courtesy"))

    assert (first.status_code, again.status_code) == (201, 200), first.content
    assert (first.json()["status"], first.json()["wallet"]["balance"]) == ("done", 10)
    assert host.get("accounts/u-7/wallet").json()["balance"] == 10


def test_a_large_grant_waits_for_staff(host: Host) -> None:
    told = host.put("grants/g-1", given(credits=1_001)).json()

    assert (told["status"], told["wallet"]["balance"]) == ("waiting", 0)
    assert host.get("grants/g-1").json()["status"] == "waiting"


def test_the_same_name_with_another_body_moves_nothing(host: Host) -> None:
    host.put("purchases/o-1", bought())
    host.put("grants/g-1", given())

    purchase = problem(host.put("purchases/o-1", bought(credits=41)), 409)
    grant = problem(host.post("grants", given(credits=1), **{"idempotency-key": "g-1"}), 409)

    assert purchase["parameters"]["fields"] == grant["parameters"]["fields"] == ["credits"]
    assert host.get("accounts/u-7/wallet").json()["balance"] == 50


WRONG = {
    "nothing bought": ("purchases/o", {"account": "u-7", "paid": PAID}, 422, "invalid"),
    "no such bundle": ("purchases/o", bought(credits=None, bundle=7), 422, "bundle_unknown"),
    "another currency": ("purchases/o", bought(paid={**PAID, "currency": "EUR"}), 422, "invalid"),
    "for nothing": ("purchases/o", bought(paid={**PAID, "cents": 0}), 422, "invalid"),
    "nobody's": ("purchases/o", bought(account="nobody"), 404, "account_unknown"),
    "NUL": ("grants/g", given(reason="\0"), 422, "invalid"),
    "of another kind": ("grants/g", given(kind="reward"), 422, "invalid"),
    "of nothing": ("grants/g", given(credits=0), 422, "invalid"),
    "to nobody": ("grants/g", given(account="nobody"), 404, "account_unknown"),
}  # fmt: skip


@pytest.mark.parametrize(("path", "body", "status", "code"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_and_nothing_moves(
    host: Host, path: str, body: object, status: int, code: str
) -> None:
    assert problem(host.put(path, body), status)["code"] == code
    assert host.get("accounts/u-7/wallet").json()["sequence"] == 0


def test_unknown_ids_are_told(host: Host) -> None:
    assert problem(host.get("grants/nowhere"), 404)["code"] == "grant_unknown"
    assert problem(host.post("purchases/nowhere/reverse"), 404)["code"] == "purchase_unknown"


def test_lines_and_events_call_a_purchase_what_the_host_calls_it(host: Host) -> None:
    host.put("purchases/o-1", bought())
    host.post("purchases/o-1/reverse")
    while publish_events():
        pass

    lines = host.get("accounts/u-7/wallet/entries").json()["items"]
    told = host.get("events?types=purchase.paid,purchase.reversed,wallet.entry").json()["items"]

    assert [each["reference"] for each in lines] == [{"purchase": "o-1"}] * 2
    wallet = [each["data"] for each in told if each["data"].get("account") == "u-7"]
    assert [each["reference"] for each in wallet if "reference" in each] == [
        {"purchase": "o-1"}
    ] * 2
    assert {
        each["type"]: each["data"]["purchase"] for each in told if "purchase" in each["data"]
    } == {
        "purchase.paid": "o-1",
        "purchase.reversed": "o-1",
    }


def test_what_a_line_changes_of_lots_is_what_it_changes_of_the_balance(host: Host) -> None:
    host.job("9")
    host.put("purchases/o-1", bought())
    host.put("proposals/p", {"account": "u-7", "job": "9", "max_connects": 50})
    host.post("purchases/o-1/reverse")
    host.put("grants/g-1", given())

    lines = host.get("accounts/u-7/wallet/entries?order=oldest").json()["items"]

    assert [each["kind"] for each in lines] == ["purchase", "spend", "reverse", "courtesy"]
    for line in lines:
        assert sum(each["credits"] for each in line["lots"]) == line["credits"], line
    assert lines[0]["lots"] == [{"lot": 1, "credits": 40}]

"""What needs someone is said in words, worst first, and leads to where it is done."""

import pytest
from django.test import Client

from connects.console.needs import needs_of
from connects.vocabulary.parties import Role
from tests.console.desk import Desk
from tests.market.people import Town

COUNTS = {
    "flags": 7,
    "flags_late": 2,
    "flags_stake": 214,
    "appeals": 3,
    "appeals_second": 1,
    "payments": 2,
    "corrections": 1,
    "corrections_second": 1,
    "emails": 1,
    "access_emails": 1,
    "rollouts": 1,
    "rollouts_paused": 1,
    "estimates_drifted": 60,
    "estimates_held": 20,
}


def test_the_worst_comes_first_and_each_says_its_number() -> None:
    found = needs_of(COUNTS)

    assert [need.kind for need in found] == sorted(
        (need.kind for need in found), key=["bad", "wait", "move"].index
    )
    words = {need.words: need.more for need in found}
    assert words["7 flagged jobs"] == "214 Connects at stake"
    assert words["3 appeals"] == "1 waits for you as the second person"
    assert words["1 grant or correction waiting for a second person"].startswith("1 of them was")
    assert "1 e-mail not delivered" in words
    assert "1 rollout paused" in words


def test_what_is_none_is_not_said() -> None:
    assert needs_of({}) == []
    assert needs_of(dict.fromkeys(COUNTS, 0)) == []


def test_flags_are_late_only_once_they_are() -> None:
    (late,), (fresh,) = needs_of({"flags": 1, "flags_late": 1}), needs_of({"flags": 1})

    assert (late.kind, late.badge) == ("bad", "1 older than a day")
    assert (fresh.kind, fresh.badge) == ("wait", "")


@pytest.mark.parametrize("need", needs_of(COUNTS), ids=lambda need: need.icon)
def test_each_leads_to_a_page(need: object, here: Town) -> None:
    client: Client = Desk(Role.OPERATOR).client

    assert client.get(need.address, follow=True).status_code == 200  # type: ignore[attr-defined]

"""What a host calls it, and what it is called in our addresses where a host gave it no name."""

import pytest

from connects.bootstrap.clock import now
from connects.market.external_ids import by_name, called
from connects.market.people.models import Account

pytestmark = pytest.mark.django_db


def account(handle: str, external_id: str | None = None) -> Account:
    return Account.objects.create(
        handle=handle, external_id=external_id, name=handle, kind="freelancer", registered=now()
    )


def test_a_name_is_a_hosts_own_id_and_else_the_one_in_our_addresses() -> None:
    ours, hosts = account("maria"), account("rick", "u-1")
    account("u-1")

    found = by_name(called(Account.objects.all(), ["maria", "rick", "u-1"], "handle"), "handle")

    assert found == {"maria": ours, "u-1": hosts}


def test_rows_that_had_no_id_of_a_hosts_before_are_not_walked() -> None:
    """An index keeps their places until its table is vacuumed: a hundred thousand after an import."""
    asked = str(called(Account.objects.all(), ["u-1"], "handle").values_list("pk").query)

    assert "external_id" in asked
    assert "IS NULL" not in asked.upper()

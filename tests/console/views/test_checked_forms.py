"""Forms of the console that are checked first, and what is said once they are done."""

import pytest

from connects.acts.accounts.make_api_client import ClientForm, MadeServerKey, make_client
from connects.market.people.models import Account
from connects.market.rollout.models import Rollout
from connects.vocabulary.parties import Role
from tests.console.desk import Desk, told
from tests.market.people import Town, rules_change
from tests.web.confirming import shown_in


def made(here: Town) -> MadeServerKey:
    form = ClientForm(name="shop", scopes=["read"], networks=[], calls_a_second=5)
    answer = make_client(form, here.operator)
    assert isinstance(answer, MadeServerKey), answer
    return answer


def test_a_key_of_a_program_is_checked_before_it_stops_working(here: Town) -> None:
    row = made(here).row
    desk = Desk(Role.OPERATOR)
    form = {"act": "revoke-key", "client": row.client_id, "key": row.prefix}

    page = told(desk.send("api-clients/", **form))

    assert "Programs that use this key stop working at once" in page
    assert row.client.keys.get().revoked is None
    desk.do("api-clients/", **form)
    assert row.client.keys.get().revoked is not None
    assert "The key no longer works." in desk.page("api-clients/")


def test_a_program_is_revoked_with_the_number_of_its_keys(here: Town) -> None:
    row = made(here).row

    page = told(Desk(Role.OPERATOR).send("api-clients/", act="revoke", client=row.client_id))

    assert "1 key of “shop” stops working at once" in page


def test_erasing_says_what_ends_before_it_is_done(here: Town) -> None:
    desk = Desk(Role.OPERATOR)
    form = {"act": "erase", "handle": "ana", "reason": "asked for"}

    page = told(desk.send("accounts/ana/", **form))

    assert "Everything personal of Ana is erased for good" in page
    assert "1 open proposal: withdrawn." in page
    assert Account.objects.get(handle="ana").erased is None
    desk.do("accounts/ana/", **form)
    assert Account.objects.get(pk=here.freelancer.pk).erased is not None


@pytest.mark.parametrize("typed", ["", "anna", "ANA"])
def test_a_handle_that_does_not_fit_is_refused_without_a_check(here: Town, typed: str) -> None:
    form = {"act": "erase", "handle": typed, "reason": "asked for"}

    page = Desk(Role.OPERATOR).refused("accounts/ana/", **form)

    assert not shown_in(page)


def test_a_reinstated_account_is_told_and_can_be_suspended_again(here: Town) -> None:
    desk = Desk(Role.MODERATOR)
    desk.do("accounts/ana/", act="suspend", reason="a fraud")
    assert "Ana is suspended, and was told." in desk.page("accounts/ana/")

    desk.do("accounts/ana/", act="reinstate", reason="a mistake")

    assert "Ana is no longer suspended, and was told." in desk.page("accounts/ana/")


def test_a_rollout_that_is_paused_says_how_many_wait_and_goes_on(here: Town) -> None:
    rollout: Rollout = rules_change(here.operator)
    desk, address = Desk(Role.POLICY), f"rollouts/{rollout.public_id}/"
    desk.do(address, act="pause")
    assert "4 accounts wait until you resume." in desk.page(address)

    desk.do(address, act="resume")

    assert "The rollout goes on: 4 accounts are still to move." in desk.page(address)


@pytest.mark.parametrize("reason", ["", "   ", "\u200b"])
def test_nobody_is_suspended_without_a_reason_and_no_rollout_is_rolled_back(
    here: Town, reason: str
) -> None:
    desk, rollout = Desk(Role.OPERATOR), rules_change(here.operator)

    page = desk.refused("accounts/ana/", act="suspend", reason=reason)
    back = desk.refused(f"rollouts/{rollout.public_id}/", act="roll-back", reason=reason)

    assert "Reason: fill this in." in page
    assert "Reason: fill this in." in back
    here.freelancer.refresh_from_db()
    rollout.refresh_from_db()
    assert (here.freelancer.suspended, rollout.rolled_back) == (None, None)

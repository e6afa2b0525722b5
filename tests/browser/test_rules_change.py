"""Rules change in a real browser: staff draft, look ahead, schedule; members are told and move."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now
from playwright.sync_api import Browser, expect

from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.market.rollout.models import Move
from tests.browser.visits import DESK, PHONE, lead_on, opened, sign_in
from tests.market.people import town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_staff_roll_out_other_rules_and_a_member_is_told_without_javascript(
    browser: Browser, live_server: Any, viewport: dict[str, int]
) -> None:
    here = town()
    staff = opened(browser, viewport=viewport, java_script_enabled=False)
    sign_in(staff, live_server.url, "olga@test.example")
    staff.goto(f"{live_server.url}/console/rollouts/new/")
    staff.get_by_label("From").select_option("upwork-2019-05")
    staff.get_by_label("To", exact=True).select_option("upwork-2019-12")
    first = staff.get_by_role("group", name="Cohort 1")
    first.get_by_label("Who").select_option("rest")
    first.get_by_label("On (optional)").fill(f"{now() + timedelta(days=9):%Y-%m-%d}")
    staff.get_by_role("button", name="Save the draft").click()
    staff.get_by_role("button", name="Make a dry run").click()
    expect(staff.get_by_role("heading", name="Dry run")).to_be_visible()
    lead_on(staff.get_by_role("button", name="Schedule"))
    lead_on(staff.get_by_role("button", name="Schedule"))
    expect(staff.get_by_text("Scheduled", exact=True)).to_be_visible()

    move = Move.objects.get(account=here.freelancer)
    run(move.announce)
    member = opened(browser, viewport=viewport, java_script_enabled=False)
    sign_in(member, live_server.url, "ana@test.example")
    member.goto(f"{live_server.url}/membership/")
    Move.objects.filter(pk=move.pk).update(effective=now() + timedelta(days=1))
    expect(member.get_by_text("You keep all 16 Connects")).to_be_visible()
    member.get_by_text("Everything that changes").click()
    expect(member.get_by_text("At most 140 (agencies 400) Connects.")).to_be_visible()

    Move.objects.filter(pk=move.pk).update(effective=now())
    run(now())
    member.goto(f"{live_server.url}/work/")
    expect(member.get_by_text("The prices below follow your new rules")).to_be_visible()
    member.get_by_role("button", name="I have read this").click()
    expect(member.get_by_text("The prices below follow your new rules")).to_be_hidden()


def test_a_member_moves_to_plus_and_cancels_without_javascript(
    browser: Browser, live_server: Any
) -> None:
    here = town()
    member = opened(browser, viewport=PHONE, java_script_enabled=False)
    sign_in(member, live_server.url, "ana@test.example")
    member.goto(f"{live_server.url}/membership/plan/")
    member.get_by_role("link", name="Choose Plus").click()
    member.get_by_label("Test card that is declined").check()
    member.get_by_role("button", name="Pay $14.99 and begin Plus").click()
    expect(member.get_by_role("alert")).to_contain_text("The payment was declined")
    member.get_by_label("Test card that is accepted").check()
    member.get_by_role("button", name="Pay $14.99 and begin Plus").click()
    expect(member.get_by_text("Plus has begun")).to_be_visible()
    assert journal().wallet(here.freelancer.pk).balance == 86
    member.get_by_role("link", name="See your balance").click()
    expect(member.get_by_text("70 Connects per month")).to_be_visible()

    member.get_by_role("link", name="Compare plans").click()
    member.get_by_role("link", name="Choose Basic").click()
    member.get_by_role("button", name="Change to Basic").click()
    expect(member.get_by_text("Changes to Basic")).to_be_visible()

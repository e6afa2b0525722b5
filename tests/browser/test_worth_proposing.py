"""Invitations, messages, offers and flags in a real browser, without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from connects.bootstrap.journals import journal
from connects.market.proposals.models import Proposal
from tests.browser.visits import DESK, PHONE, lead_on, opened, sign_in
from tests.market.people import posted, town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_an_invitation_leads_to_a_free_proposal_a_talk_an_offer_and_a_hire(
    browser: Browser, live_server: Any, viewport: dict[str, int]
) -> None:
    here = town()
    job = posted(here.client, "Write a handbook", 900_00)
    client = opened(browser, viewport=viewport, java_script_enabled=False)
    sign_in(client, live_server.url, "acme@test.example")
    client.goto(f"{live_server.url}/posts/{job.public_id}/")
    client.get_by_label("Name, skill or e-mail address").fill("ana")
    client.get_by_role("button", name="Find them").click()
    client.get_by_role("button", name="Invite Ana").click()
    expect(client.get_by_text("Ana is invited to this job.")).to_be_visible()

    freelancer = opened(browser, viewport=viewport, java_script_enabled=False)
    sign_in(freelancer, live_server.url, "ana@test.example")
    freelancer.get_by_role("link", name="Invitations").click()
    freelancer.get_by_role("link", name="Propose to Write a handbook").click()
    lead_on(freelancer.get_by_role("button", name="Send for free"))
    expect(freelancer.get_by_role("banner").get_by_text("16 Connects")).to_be_visible()
    proposal = Proposal.objects.get(job=job, account=here.freelancer)

    client.goto(f"{live_server.url}/proposals/{proposal.public_id}/")
    client.get_by_label("Your message").fill("When can you begin?")
    lead_on(client.get_by_role("button", name="Send"))
    client.get_by_role("button", name="Offer the job").click()
    expect(client.get_by_text("Offered", exact=True)).to_be_visible()

    freelancer.goto(f"{live_server.url}/proposals/{proposal.public_id}/")
    expect(freelancer.get_by_text("When can you begin?")).to_be_visible()
    freelancer.get_by_label("Your message").fill("On Monday.")
    lead_on(freelancer.get_by_role("button", name="Send"))
    freelancer.get_by_role("button", name="Accept").click()
    expect(freelancer.get_by_text("Hired", exact=True)).to_be_visible()


def test_a_flagged_post_is_removed_by_a_moderator_and_everyone_gets_their_connects_back(
    browser: Browser, live_server: Any
) -> None:
    here = town()
    freelancer = opened(browser, viewport=PHONE, java_script_enabled=False)
    sign_in(freelancer, live_server.url, "ana@test.example")
    freelancer.goto(f"{live_server.url}/work/{here.job.public_id}/")
    freelancer.get_by_role("link", name="Flag as inappropriate").click()
    freelancer.get_by_label("It asks for unpaid work").check()
    freelancer.get_by_role("button", name="Flag the job").click()
    expect(freelancer.get_by_role("status")).to_contain_text("A moderator will look at it")

    staff = opened(browser, viewport=DESK, java_script_enabled=False)
    sign_in(staff, live_server.url, "olga@test.example")
    staff.goto(f"{live_server.url}/console/flagged/")
    staff.get_by_role("link", name="Draw a logo").click()
    expect(staff.get_by_text("1 proposal, 4 Connects that have not come back.")).to_be_visible()
    staff.get_by_label("Reason, told to the client").fill("Unpaid work")
    staff.get_by_role("button", name="Remove and give all Connects back").click()
    staff.get_by_role("checkbox").check()
    lead_on(staff.get_by_role("button", name="Remove the job and give"))

    assert journal().wallet(here.freelancer.pk).balance == 20


def test_a_proposal_is_withdrawn_with_the_keyboard_alone(
    browser: Browser, live_server: Any
) -> None:
    here = town()
    page = opened(browser, viewport=DESK)
    sign_in(page, live_server.url, "ana@test.example")
    page.goto(f"{live_server.url}/proposals/{here.proposal.public_id}/")
    withdraw = page.get_by_role("button", name="Withdraw")
    withdraw.focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Withdrawn", exact=True)).to_be_visible()

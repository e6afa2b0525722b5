"""People tell of themselves, are found and invited, and find work, in a browser without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from connects.market.jobs.models import SavedSearch
from connects.market.proposals.models import Invitation
from tests.browser.visits import DESK, PHONE, accessibility, lead_on, opened, sign_in
from tests.market.people import posted, town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_who_tells_of_themselves_is_found_by_skill_and_invited(
    browser: Browser, live_server: Any, viewport: dict[str, int]
) -> None:
    here = town()
    job = posted(here.client, "Write a handbook", 900_00)
    ana = opened(browser, viewport=viewport, java_script_enabled=False)
    sign_in(ana, live_server.url, "ana@test.example")
    ana.goto(f"{live_server.url}/account/profile/")
    ana.get_by_label("What you do, in a few words").fill("Technical writer")
    ana.get_by_label("Skills").fill("Handbook, Editing")
    ana.get_by_label("Country").select_option("Germany")
    lead_on(ana.get_by_role("button", name="Save"))
    expect(ana.get_by_role("heading", name="Ana")).to_be_visible()
    expect(ana.get_by_text("Germany")).to_be_visible()

    acme = opened(browser, viewport=viewport, java_script_enabled=False)
    sign_in(acme, live_server.url, "acme@test.example")
    acme.goto(f"{live_server.url}/posts/{job.public_id}/invite/")
    assert accessibility(opened_with_script(browser, live_server.url, acme.url)) == []
    acme.get_by_label("Name, skill or e-mail address").fill("handbook")
    acme.get_by_role("button", name="Search").click()
    acme.get_by_role("button", name="Invite Ana").click()

    expect(acme.get_by_text("Ana is invited to this job.")).to_be_visible()
    assert Invitation.objects.get().account == here.freelancer


def opened_with_script(browser: Browser, site: str, address: str) -> Any:
    """The same page with JavaScript, which the accessibility check needs."""
    page = opened(browser, viewport=PHONE)
    sign_in(page, site, "acme@test.example")
    page.goto(address)
    return page


def test_work_is_filtered_and_the_search_kept_with_an_alert(
    browser: Browser, live_server: Any
) -> None:
    here = town()
    posted(here.client, "Write a handbook", 900_00)
    ana = opened(browser, viewport=PHONE, java_script_enabled=False)
    sign_in(ana, live_server.url, "ana@test.example")
    ana.goto(f"{live_server.url}/work/")
    ana.get_by_text("More filters").click()
    ana.get_by_label("Budget from").fill("500")
    ana.get_by_role("button", name="Search").click()
    expect(ana.get_by_role("link", name="Write a handbook")).to_be_visible()
    expect(ana.get_by_role("link", name="Draw a logo")).not_to_be_visible()

    ana.get_by_label("Budget up to").fill("100")
    ana.get_by_role("button", name="Search").click()
    expect(ana.get_by_text("Budget: this ends before it begins")).to_be_visible()

    ana.get_by_text("Save this search").first.click()
    ana.get_by_label("Name").fill("Dear ones")
    ana.get_by_label("Alerts").select_option("Once a day")
    ana.get_by_role("button", name="Save this search").click()
    expect(ana.get_by_text("The search “Dear ones” is saved.")).to_be_visible()
    assert SavedSearch.objects.get().alert == "daily"

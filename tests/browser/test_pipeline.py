"""A freelancer's and a client's way through the pipeline, with JavaScript off."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from connects.bootstrap.journals import journal
from tests.browser.visits import DESK, PHONE, accessibility, lead_on, opened, sign_in
from tests.market.people import Town, posted, proposed, town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LETTER = "I would begin on Monday."


def is_fine(page: Page) -> None:
    assert accessibility(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def writes_and_buys(ana: Page, address: str) -> None:
    """Ana writes without a Connect left, buys some, and finds her letter again."""
    ana.goto(address)
    ana.get_by_label("Your letter").fill(LETTER)
    ana.get_by_label("Your price").fill("250")
    ana.get_by_label("Ready in").fill("14")
    ana.get_by_role("button", name="Keep the letter and buy Connects").click()
    ana.get_by_role("link", name="Choose 10 Connects").click()
    ana.get_by_role("button", name="Pay").click()
    ana.get_by_role("link", name="Go on with your letter").click()
    expect(ana.get_by_label("Your letter")).to_have_value(LETTER)
    expect(ana.get_by_label("Ready in")).to_have_value("14")
    lead_on(ana.get_by_role("button", name="Send for 4 Connects"))


def reads_and_offers(acme: Page) -> None:
    """The client finds what needs them, reads the first lines in the list, and offers the job."""
    needs = acme.get_by_role("region", name="Needs you")
    needs.get_by_role("link", name="Sing", exact=True).click()
    expect(acme.get_by_text(LETTER)).to_be_visible()
    expect(acme.locator("b", has_text="$250.00")).to_be_visible()
    expect(acme.get_by_text("Unread", exact=True)).to_be_visible()
    acme.get_by_role("link", name="Ana", exact=True).click()
    lead_on(acme.get_by_role("button", name="Offer the job"))


def spend_all(here: Town) -> None:
    number = 0
    while journal().wallet(here.freelancer.pk).balance:
        proposed(posted(here.client, f"Job {number}", 30_00), here.freelancer, f"k{number}")
        number += 1


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_letter_is_kept_while_connects_are_bought_then_sent_and_offered_the_job(
    browser: Browser, live_server: Any, viewport: dict[str, int]
) -> None:
    here = town()
    job = posted(here.client, "Sing", 300_00)
    spend_all(here)
    ana = opened(browser, viewport=viewport, java_script_enabled=False)
    sign_in(ana, live_server.url, "ana@test.example")
    writes_and_buys(ana, f"{live_server.url}/work/{job.public_id}/propose/")
    ana.goto(f"{live_server.url}/proposals/?tab=drafts")
    expect(ana.get_by_role("heading", name="No drafts")).to_be_visible()

    acme = opened(browser, viewport=viewport, java_script_enabled=False)
    sign_in(acme, live_server.url, "acme@test.example")
    reads_and_offers(acme)

    ana.goto(f"{live_server.url}/proposals/")
    ana.get_by_role("link", name="Offers").click()
    ana.get_by_role("link", name="Answer the offer").click()
    lead_on(ana.get_by_role("button", name="Accept"))
    ana.goto(f"{live_server.url}/proposals/?tab=hired")
    expect(ana.get_by_role("link", name="Sing")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_of_the_pipeline_are_accessible(
    browser: Browser, live_server: Any, scheme: str, width: int
) -> None:
    here = town()
    viewport = {"width": width, "height": 800}
    ana = opened(browser, viewport=viewport, color_scheme=scheme)
    sign_in(ana, live_server.url, "ana@test.example")
    draft = posted(here.client, "Sing", 300_00)
    ana.goto(f"{live_server.url}/work/{draft.public_id}/propose/")
    ana.get_by_label("Your letter").fill(LETTER)
    lead_on(ana.get_by_role("button", name="Save draft"))
    is_fine(ana)
    for tab in ("", "active", "withdrawn", "drafts"):
        ana.goto(f"{live_server.url}/proposals/?tab={tab}")
        is_fine(ana)
    acme = opened(browser, viewport=viewport, color_scheme=scheme)
    sign_in(acme, live_server.url, "acme@test.example")
    is_fine(acme)
    acme.goto(f"{live_server.url}/posts/{here.job.public_id}/?sort=price")
    is_fine(acme)

"""API keys in a real browser: made, used and revoked without JavaScript; and the API's own page."""

from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visits import DESK, PHONE, accessibility, opened, sign_in
from tests.market.people import town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_key_is_made_used_and_revoked_without_javascript(
    browser: Browser, live_server: Any, viewport: dict[str, int]
) -> None:
    here = town()
    address = f"{live_server.url}/api/v1/posts/{here.job.public_id}/price"
    page = opened(browser, viewport=viewport, java_script_enabled=False)
    sign_in(page, live_server.url, "ana@test.example")
    page.get_by_role("link", name="API", exact=True).click()
    page.get_by_label("What is it for?").fill("Price watcher")
    page.get_by_role("button", name="Make a key").click()
    key = page.get_by_label("The new key").inner_text().strip()

    headers = {"Authorization": f"Bearer {key}"}
    assert httpx.get(address, headers=headers).json()["price"]["connects"] == 4
    page.get_by_role("button", name="Revoke Price watcher").click()
    page.get_by_role("button", name="Revoke “Price watcher”").click()
    expect(page.get_by_text("You have none yet.")).to_be_visible()
    assert httpx.get(address, headers=headers).status_code == 401


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, {"width": 320, "height": 640}], ids=["desk", "narrow"])
def test_the_page_that_shows_a_new_key_is_accessible_and_never_too_wide(
    browser: Browser, live_server: Any, viewport: dict[str, int], scheme: str
) -> None:
    town()
    page = opened(browser, viewport=viewport, color_scheme=scheme)
    sign_in(page, live_server.url, "ana@test.example")
    page.goto(f"{live_server.url}/account/keys/")
    page.get_by_label("What is it for?").fill("x" * 60)
    page.get_by_role("button", name="Make a key").click()
    expect(page.get_by_role("status")).to_contain_text("Copy it now")

    assert accessibility(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_the_apis_own_page_works_under_the_sites_policy(browser: Browser, live_server: Any) -> None:
    page = opened(browser, viewport=DESK)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url))

    page.goto(f"{live_server.url}/api/v1/docs")

    expect(page.get_by_text("The price of a live post")).to_be_visible()
    assert [each for each in said if not each.startswith((live_server.url, "data:"))] == []

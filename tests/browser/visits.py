"""Visiting the site in a real browser: windows, signing in, and what is amiss on a page."""

import re
from collections.abc import Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page

from tests.market.people import PASSWORD

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


def opened(browser: Browser, **options: Any) -> Page:
    page = browser.new_context(**options).new_page()
    page.set_default_timeout(10_000)
    return page


def sign_in(page: Page, address: str, email: str) -> None:
    page.goto(f"{address}/sign-in/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    lead_on(page.get_by_role("button", name="Sign in"))


def lead_on(pressed: Locator) -> None:
    """Press what leads to another page, and wait until that page is there.

    A click alone returns while the answer may still be under way. What is looked at next would be
    the page that is just being left, and an address gone to next would call the answer off.
    """
    with pressed.page.expect_navigation():
        pressed.click()


TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def accessibility(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """What axe finds on a page, by all rules or by some."""
    asked = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    results = Axe().run(page, options={"runOnly": asked})
    return [
        re.sub(r"\s+", " ", f"{violation['id']}: {violation['nodes'][0]['html'][:160]}")
        for violation in results.response["violations"]
    ]


def open_account_menu(page: Page) -> None:
    """Unfold what stands behind the wallet in the header: the accounts, security, signing out."""
    page.get_by_role("banner").locator("details.wallet > summary").click()

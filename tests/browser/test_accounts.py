"""Coming in, protecting one's access and leaving, in a real browser."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from connects.market.people.models import User
from tests.browser.visits import accessibility, lead_on, open_account_menu, opened
from tests.market.people import PASSWORD
from tests.web.accounts.people import code_of, link_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
BEA = "bea@test.example"
# Where pictures of the pages are put for people to look at; nowhere without it.
PICTURES = os.environ.get("CONNECTS_PICTURES", "")


class Walk:
    """A person's walk through the pages; each is looked at as it is reached."""

    def __init__(self, page: Page, width: int) -> None:
        self.page, self.width = page, width
        self.problems: list[str] = []
        self.number = 0

    def look(self, name: str) -> None:
        self.number += 1
        self.problems += [f"{name}: {found}" for found in accessibility(self.page)]
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.problems.append(f"{name}: wider than the screen")
        if PICTURES:
            path = Path(PICTURES) / f"{self.width}-{self.number:02}-{name}.png"
            self.page.screenshot(path=path, full_page=True)

    def press(self, name: str) -> None:
        lead_on(self.page.get_by_role("main").get_by_role("button", name=name, exact=True))

    def follow(self, name: str) -> None:
        lead_on(self.page.get_by_role("main").get_by_role("link", name=name))


def signed_up(walk: Walk, address: str) -> None:
    page = walk.page
    page.goto(f"{address}/sign-up/")
    page.get_by_label("Name").fill("Bea")
    page.get_by_label("E-mail").fill(BEA)
    page.get_by_label("Password").fill(PASSWORD)
    walk.press("Sign up")
    expect(page.get_by_role("heading", name="Check your e-mail")).to_be_visible()
    walk.look("check-e-mail")
    page.goto(f"{address}{link_to(BEA, 'confirm')}")
    expect(page.get_by_text("Sign in to confirm your e-mail address.")).to_be_visible()
    page.get_by_label("E-mail").fill("Bea@Test.example")
    page.get_by_label("Password").fill(PASSWORD)
    walk.press("Sign in")
    walk.look("confirm")
    walk.press("Yes, confirm it")
    expect(page.get_by_text("bea@test.example is confirmed.")).to_be_visible()
    expect(page.get_by_role("banner").get_by_text("20 Connects")).to_be_visible()


def second_factor_added(walk: Walk) -> str:
    page = walk.page
    open_account_menu(page)
    lead_on(page.get_by_role("link", name="Sign-in and security"))
    walk.look("security")
    walk.follow("Add a second factor")
    walk.follow("Add a second factor")
    walk.look("second-factor")
    found = re.search(r"Key: (\w+)", page.get_by_role("main").inner_text())
    assert found
    page.get_by_label("Authenticator code").fill(code_of(found[1]))
    walk.press("Add the second factor")
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    walk.look("recovery-codes")
    return found[1]


def signed_in_with_a_code(walk: Walk, address: str, secret: str) -> None:
    page = walk.page
    open_account_menu(page)
    lead_on(page.get_by_role("button", name="Sign out"))
    page.goto(f"{address}/sign-in/")
    page.get_by_label("E-mail").fill(BEA)
    page.get_by_label("Password").fill(PASSWORD)
    walk.press("Sign in")
    expect(page.get_by_role("heading", name="Enter your code")).to_be_visible()
    walk.look("code")
    page.get_by_label("Code").fill(code_of(secret))
    walk.press("Sign in")
    expect(page.get_by_role("banner").get_by_text("20 Connects")).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_newcomer_comes_in_protects_their_access_and_leaves(
    browser: Browser, live_server: Any, viewport: dict[str, int]
) -> None:
    address = live_server.url
    page = opened(browser, viewport=viewport)
    walk = Walk(page, viewport["width"])
    signed_up(walk, address)
    secret = second_factor_added(walk)
    signed_in_with_a_code(walk, address, secret)
    for name in ("sessions", "e-mail", "password", "second-factor", "data", "close"):
        page.goto(f"{address}/account/{name}/")
        walk.look(name)

    page.get_by_label("I am sure that I want to close Bea.").check()
    walk.press("Close Bea for good")
    expect(page.get_by_text("Bea is closed.")).to_be_visible()
    assert not User.objects.get(name="Bea").is_active
    for name in ("sign-in", "sign-up", "password", "password/sent", "password/1-none"):
        page.goto(f"{address}/{name}/")
        walk.look(name.replace("/", "-"))
    assert walk.problems == []

"""Every page of the filled demo on a tablet, and zoomed to 200 %, in light and dark, as each role.

`make soak-pages` runs it, with `ROLES=client@demo.example` for some of them. The tests do the same to a
small marketplace at the edges, 320 and 1280.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser

from connects.bootstrap.clock import now
from connects.demo import ninety_days
from connects.market.people.models import User
from tests.browser.visits import accessibility, opened
from tests.demo.walk import walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Zoomed to 200 %, a window of 1280 by 900 shows what fits into half of that.
SIZES: dict[str, dict[str, Any]] = {
    "tablet": {"viewport": {"width": 768, "height": 1024}},
    "zoomed": {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},
}
SIGNED_IN = tuple(sign_in.email for sign_in in ninety_days.SIGN_INS)
ROLES = os.environ.get("ROLES", "").split() or ("", *SIGNED_IN)


@pytest.fixture
def demo(db: None) -> None:
    ninety_days.fill(now())


def pages_of(role: str) -> tuple[list[str], str]:
    """The addresses of the role's pages, and the session by which they are seen."""
    client = Client()
    if role:
        user = User.objects.get(email=role)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies.get("sessionid")
    found = [visit.address for visit in walk(client) if visit.is_page]
    return found, session.value if session else ""


def test_every_page_of_the_demo_is_accessible_and_fits(
    browser: Browser, live_server: Any, demo: None
) -> None:
    problems: list[str] = []
    for role in ROLES:
        addresses, session = pages_of(role)
        for size, options in SIZES.items():
            page = opened(browser, **options)
            if session:
                page.context.add_cookies(
                    [{"name": "sessionid", "value": session, "url": live_server.url}]
                )
            for address in addresses:
                page.goto(f"{live_server.url}{address}")
                page.emulate_media(color_scheme="light")
                found = accessibility(page)
                page.emulate_media(color_scheme="dark")  # in which nothing but colours differs
                found += [f"dark, {each}" for each in accessibility(page, ["color-contrast"])]
                problems += [f"{role} {address} {size}: {each}" for each in found]
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    problems.append(f"{role} {address} {size}: wider than the screen")
            page.context.close()
    assert problems == []

"""The main job in a real browser: post, find, propose, close, Connects come back."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from connects.acts.purchases import buy as purchases
from connects.bootstrap.journals import journal
from connects.due.roots import make_todays_root
from connects.due.run import run
from connects.market.jobs.models import Job
from connects.market.purchases.models import Purchase
from connects.market.rollout.models import Rollout
from tests.browser.visits import DESK, PHONE, accessibility, opened, sign_in
from tests.market.people import Town, rules_change, town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def close_without_hire(page: Page, confirm: str) -> None:
    page.get_by_label("I am not hiring after all").check()
    page.get_by_role("button", name="Close the job").click()
    page.get_by_role("button", name=confirm).click()


def what_comes_back(page: Page, cause: str) -> list[str]:
    """The numbers of one row: not opened, opened, answered or shortlisted."""
    return page.get_by_role("row", name=cause).get_by_role("cell").all_inner_texts()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_post_is_priced_paid_for_closed_and_paid_back_without_javascript(
    browser: Browser, live_server: Any, viewport: dict[str, int]
) -> None:
    here = town()
    client = opened(browser, viewport=viewport, java_script_enabled=False)
    sign_in(client, live_server.url, "acme@test.example")
    client.get_by_role("main").get_by_role("link", name="Post a job").click()
    client.get_by_label("Title").fill("Write a handbook")
    client.get_by_label("Budget").fill("$900")
    client.get_by_role("button", name="Show the price").click()
    expect(client.get_by_text("You offer $900.")).to_be_visible()
    client.get_by_role("button", name="Publish").click()
    expect(client.get_by_role("heading", name="Write a handbook")).to_be_visible()

    freelancer = opened(browser, viewport=viewport, java_script_enabled=False)
    sign_in(freelancer, live_server.url, "ana@test.example")
    freelancer.get_by_label("Search").fill("handbook")
    freelancer.get_by_role("button", name="Search").click()
    freelancer.get_by_role("link", name="Write a handbook").click()
    freelancer.get_by_role("link", name="Propose for 5 Connects").click()
    assert what_comes_back(freelancer, "the client closes the job without hiring") == ["5"] * 3
    freelancer.get_by_label("Your letter").fill("I would begin on Monday.")
    freelancer.get_by_role("button", name="Send for 5 Connects").click()
    expect(freelancer.get_by_role("banner").get_by_text("11 Connects")).to_be_visible()

    client.goto(f"{live_server.url}/posts/")
    client.get_by_role("table").get_by_role("link", name="Write a handbook").click()
    close_without_hire(client, "Close the job and give 5 Connects back")
    expect(client.get_by_text("Closed", exact=True).first).to_be_visible()

    run(Job.objects.latest("id").posted)  # what the worker does every few seconds
    freelancer.goto(f"{live_server.url}/notices/")
    expect(freelancer.get_by_role("banner").get_by_text("16 Connects")).to_be_visible()
    expect(freelancer.get_by_text("You got 5 Connects back")).to_be_visible()
    assert journal().wallet(here.freelancer.pk).balance == 16


def test_a_proposal_can_be_sent_with_the_keyboard_alone(browser: Browser, live_server: Any) -> None:
    here = town()
    assert isinstance(purchases.order(here.agency, 20, "some"), Purchase)
    page = opened(browser, viewport=DESK)
    sign_in(page, live_server.url, "studio@test.example")
    page.goto(f"{live_server.url}/work/{here.job.public_id}/propose/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    letter = page.get_by_label("Your letter")
    for _ in range(5):
        page.keyboard.press("Tab")
        if letter.evaluate("field => field === document.activeElement"):
            break
    page.keyboard.type("Hello")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Proposal")).to_be_visible()
    assert journal().wallet(here.agency.pk).balance == 16


def addresses(here: Town) -> dict[str, list[str]]:
    job, proposal = here.job.public_id, here.proposal.public_id
    rollout = Rollout.objects.latest("id").public_id
    bought = purchases.order(here.freelancer, 10, "to-be-seen")
    assert isinstance(bought, Purchase)
    return {
        "": [
            "/",
            "/sign-in/",
            "/sign-up/",
            "/rules/",
            "/help/",
            "/work/",
            f"/work/{job}/",
            "/nowhere/",
        ],
        "ana": [
            "/work/",
            f"/work/{job}/",
            f"/work/{job}/propose/",
            "/proposals/",
            f"/proposals/{proposal}/",
            "/membership/",
            "/membership/buy/",
            "/membership/buy/10/",
            "/membership/buy/11/",
            f"/payments/purchase/{bought.public_id}/",
            "/membership/billing/",
            "/membership/receipts/",
            "/membership/plan/",
            "/membership/plan/plus/",
            "/membership/promo/",
            "/membership/earnings/",
            "/announcements/",
            "/announcements/other-rules/",
            "/notices/",
            "/notices/preferences/",
            "/people/ana/",
            "/account/profile/",
            "/account/keys/",
            "/invitations/",
            "/membership/statement/",
            "/membership/statement/?at=2019-05-20T12:00",
            "/roots/",
            f"/work/{job}/flag/",
        ],
        "studio": [f"/work/{job}/propose/", "/team/"],
        "acme": [
            "/posts/",
            "/posts/new/",
            "/posts/clouds/",
            f"/posts/{job}/",
            f"/posts/{job}/edit/",
            f"/proposals/{proposal}/",
        ],
        "olga": [
            "/console/",
            "/console/posts/",
            f"/console/posts/{job}/",
            "/console/proposals/",
            "/console/search/?q=a",
            "/console/accounts/",
            "/console/accounts/?kind=agency&registered-from=soon",
            "/console/accounts/ana/",
            "/console/accounts/ana/wallet/",
            "/console/accounts/ana/acts/",
            "/console/corrections/",
            "/console/rule-books/",
            "/console/rule-books/fair-2026/",
            "/console/rule-books/compare/?before=upwork-2018&after=fair-2026",
            "/console/purchases/",
            "/console/letters/access/",
            "/console/api-clients/",
            "/console/audit/",
            "/console/rollouts/",
            "/console/rollouts/new/",
            f"/console/rollouts/{rollout}/",
            "/console/promos/",
            "/console/announcements/",
            "/console/announcements/other-rules/",
            "/console/letters/",
            "/console/locked/",
            "/console/payments/",
            f"/console/payments/purchase/{bought.public_id}/",
            "/console/books/",
            "/console/books/taxes/",
            "/console/fairness/",
            "/console/demand/",
            "/console/flagged/",
            "/console/appeals/",
        ],
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, {"width": 320, "height": 640}], ids=["desk", "narrow"])
def test_every_page_is_accessible_and_never_wider_than_the_screen(
    browser: Browser,
    live_server: Any,
    settings: Any,
    tmp_path: Path,
    scheme: str,
    viewport: dict[str, int],
) -> None:
    settings.VAR, settings.ROOT_KEY = tmp_path, ""
    here = town()
    rules_change(here.operator)
    make_todays_root()
    problems: list[str] = []
    for name, pages in addresses(here).items():
        page = opened(browser, viewport=viewport, color_scheme=scheme)
        if name:
            sign_in(page, live_server.url, f"{name}@test.example")
        for address in pages:
            page.goto(f"{live_server.url}{address}")
            problems += [f"{name} {address}: {found}" for found in accessibility(page)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                problems.append(f"{name} {address}: wider than the screen")
        page.context.close()
    assert problems == []

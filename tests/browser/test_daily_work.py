"""A day at the console without JavaScript: what waits, many rows at once, one search, kept lists."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from connects.acts.books.count_days import count_days
from connects.acts.jobs.flag import flag_job
from connects.bootstrap.clock import now as clock_now
from connects.market.moderation.models import Flag, FlagReason, FlagState
from connects.vocabulary.parties import AccountKind
from tests.browser.visits import DESK, PHONE, opened, sign_in
from tests.market.people import posted, registered, town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_day_at_the_console_needs_no_javascript(
    browser: Browser, live_server: Any, viewport: dict[str, int], tmp_path: Path
) -> None:
    here = town()
    for title in ("Type this list", "Copy these pages", "Call these people"):
        job = posted(here.client, title)
        flag_job(job, here.agency, FlagReason.UNPAID_WORK)
    registered("bo", AccountKind.FREELANCER)
    count_days(clock_now())
    page = opened(browser, viewport=viewport, java_script_enabled=False, accept_downloads=True)
    sign_in(page, live_server.url, "olga@test.example")

    begin_with_what_waits(page)
    page.goto(f"{live_server.url}/console/flagged/")
    dismiss_flags_of(page, "Type this list", "Copy these pages")
    assert Flag.objects.filter(state=FlagState.OPEN).count() == 1
    find_by_address(page, "bo@test.example", "Bo")
    page.goto(f"{live_server.url}/console/accounts/")
    keep_a_view(page)
    text = downloaded(page, tmp_path / "accounts.csv")
    assert "bo@test.example" in text
    assert "studio" not in text
    page.context.close()


def begin_with_what_waits(page: Page) -> None:
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name="3 flagged jobs", exact=True)).to_be_visible()
    main.get_by_role("link", name="Review the next").click()
    expect(main.get_by_text("It asks for unpaid work")).to_be_visible()
    expect(main.get_by_role("link", name="Next flagged job")).to_be_visible()


def dismiss_flags_of(page: Page, *titles: str) -> None:
    for title in titles:
        page.get_by_label(f"Choose {title}").check()
    page.get_by_role("button", name="Dismiss their flags…").click()
    page.get_by_label("Reason, for the activity log").fill("they are real jobs")
    page.get_by_role("button", name="See what it would do").click()
    expect(page.get_by_text("2 flags on 2 jobs would be dismissed.")).to_be_visible()
    page.get_by_role("button", name="Dismiss them: 2 of 2").click()
    expect(page.get_by_role("status").get_by_text("2 of 2 done")).to_be_visible()


def find_by_address(page: Page, address: str, name: str) -> None:
    page.get_by_role("banner").get_by_label("Search everything").fill(address)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    expect(page.get_by_text(address).first).to_be_visible()


def keep_a_view(page: Page) -> None:
    page.get_by_text("More filters").click()
    page.get_by_role("combobox", name="Kind").select_option("freelancer")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("main").get_by_role("link", name="Studio")).to_have_count(0)
    page.get_by_text("Keep this view").click()
    page.get_by_label("Name of the view").fill("Freelancers")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("“Freelancers” is kept.")).to_be_visible()


def downloaded(page: Page, path: Path) -> str:
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    download.value.save_as(path)
    return path.read_text()

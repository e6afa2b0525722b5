"""What an agency and each of the five staff roles do on a day, with JavaScript off."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from connects.acts.jobs.flag import flag_job
from connects.acts.purchases import buy as purchases
from connects.bootstrap.journals import journal
from connects.market.announcements.models import Announcement
from connects.market.jobs.models import JobStatus
from connects.market.moderation.models import FlagReason
from connects.market.people.models import STAFF_ROLES, User
from connects.market.purchases.models import Purchase
from connects.vocabulary.parties import Role
from tests.browser.visits import DESK, PHONE, lead_on, open_account_menu, opened, sign_in
from tests.market.people import PASSWORD, Town, posted, town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_member_of_an_agencys_team_spends_its_connects_within_a_limit(
    browser: Browser, live_server: Any
) -> None:
    here = town()
    purchases.order(here.agency, 20, "some")
    small, large = posted(here.client, "Draw a map"), posted(here.client, "Draw an atlas")
    owner = opened(browser, viewport=DESK, java_script_enabled=False)
    sign_in(owner, live_server.url, "studio@test.example")
    owner.goto(f"{live_server.url}/team/")
    owner.get_by_label("Name, skill or e-mail address").fill("ana")
    owner.get_by_role("button", name="Find them").click()
    lead_on(owner.get_by_role("button", name="Invite Ana"))

    member = opened(browser, viewport=PHONE, java_script_enabled=False)
    sign_in(member, live_server.url, "ana@test.example")
    member.goto(f"{live_server.url}/invitations/")
    lead_on(member.get_by_role("button", name="Join Studio"))
    owner.goto(f"{live_server.url}/team/")
    owner.get_by_label("Limit a month").fill("5")
    lead_on(owner.get_by_role("button", name="Set for Ana"))

    open_account_menu(member)
    lead_on(member.get_by_role("button", name="Studio"))
    member.goto(f"{live_server.url}/work/{small.public_id}/propose/")
    member.get_by_label("Your letter").fill("We would begin on Monday.")
    member.get_by_role("button", name="Send for 4 Connects").click()
    expect(member.get_by_role("status").first).to_contain_text("You paid 4 Connects, and have")
    member.goto(f"{live_server.url}/work/{large.public_id}/propose/")
    expect(member.get_by_role("button", name="Send for 4 Connects")).to_have_count(0)

    assert journal().wallet(here.agency.pk).balance == 16
    assert journal().wallet(here.freelancer.pk).balance == 16


def test_each_staff_role_does_its_work_and_is_offered_no_other(
    browser: Browser, live_server: Any
) -> None:
    here = town()
    flag_job(here.job, here.agency, FlagReason.UNPAID_WORK)
    bought = purchases.order(here.freelancer, 20, "some")
    assert isinstance(bought, Purchase)
    for role in STAFF_ROLES:
        User.objects.create_user(f"{role.value}@test.example", role.value, PASSWORD, role.value)

    def at_the_desk(role: Role) -> Page:
        page = opened(browser, viewport=DESK, java_script_enabled=False)
        sign_in(page, live_server.url, f"{role.value}@test.example")
        return page

    publish_from_a_draft(at_the_desk(Role.POLICY))
    grant_connects(at_the_desk(Role.SUPPORT), live_server.url)
    find_a_payment(at_the_desk(Role.FINANCE), live_server.url, bought)
    remove_what_was_flagged(at_the_desk(Role.MODERATOR), here)
    add_a_colleague(at_the_desk(Role.OPERATOR))


def publish_from_a_draft(page: Page) -> None:
    page.get_by_role("link", name="Announcements").click()
    page.get_by_label("Title").fill("Limits of December")
    page.get_by_label("Introduction").fill("At most 140 Connects.")
    page.get_by_label("Rule book").select_option("upwork-2019-12")
    page.get_by_label("Applies from").fill("2026-12-18")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("Nothing is kept yet.")).to_be_visible()
    page.get_by_role("button", name="Save as a draft").click()
    page.get_by_label("Introduction").fill("At most 140 Connects, agencies 400.")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", name="Limits of December", exact=True)).to_be_visible()
    assert Announcement.objects.get().published is not None


def grant_connects(page: Page, site: str) -> None:
    expect(page.get_by_role("link", name="Staff and roles")).to_have_count(0)
    page.goto(f"{site}/console/accounts/ana/")
    page.get_by_label("Connects", exact=True).first.fill("3")
    page.get_by_label("Reason").first.fill("Sorry for the outage")
    page.get_by_role("button", name="Grant").first.click()
    expect(page.get_by_role("heading", name="Courtesy grant of 3 Connects")).to_be_visible()


def find_a_payment(page: Page, site: str, bought: Purchase) -> None:
    expect(page.get_by_role("link", name="Announcements")).to_have_count(0)
    lead_on(page.get_by_role("link", name="Payments").first)
    page.goto(f"{site}/console/payments/purchase/{bought.public_id}/")
    expect(page.get_by_role("heading", name="Refund it")).to_be_visible()
    page.get_by_role("link", name="Books", exact=True).click()
    expect(page.get_by_role("heading", name="Books", exact=True)).to_be_visible()


def remove_what_was_flagged(page: Page, here: Town) -> None:
    expect(page.get_by_role("link", name="Payments", exact=True)).to_have_count(0)
    page.get_by_role("link", name="Review the next").click()
    page.get_by_label("Reason, told to the client").fill("Unpaid work")
    page.get_by_role("button", name="Remove and give all Connects back").click()
    page.get_by_role("checkbox").check()
    lead_on(page.get_by_role("button", name="Remove the job and give"))
    here.job.refresh_from_db()
    assert here.job.status == JobStatus.REMOVED


def add_a_colleague(page: Page) -> None:
    page.get_by_role("link", name="Staff and roles").click()
    page.get_by_label("E-mail").fill("new@test.example")
    page.get_by_label("Role", exact=True).select_option("support")
    page.get_by_role("button", name="Add to the staff").click()
    expect(page.get_by_text("/staff/")).to_be_visible()

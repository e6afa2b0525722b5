"""A member pays on the provider's page, in a real browser, and comes back to what they bought."""

from typing import Any

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser, expect

from connects.bootstrap.journals import journal
from connects.project.payments import payment_pages
from tests.browser.visits import PHONE, opened, sign_in
from tests.market.people import town
from tests.market.providers import VISA, paying_through_stripe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_member_pays_on_the_providers_page_and_comes_back_without_javascript(
    browser: Browser, live_server: Any, settings: LazySettings
) -> None:
    here = town()
    settings.ADDRESS = live_server.url
    with paying_through_stripe(settings) as site:
        rules = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        pages = [*rules["form-action"], *payment_pages(settings.STRIPE, None)]
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**rules, "form-action": pages}}
        member = opened(browser, viewport=PHONE, java_script_enabled=False)
        sign_in(member, live_server.url, "ana@test.example")
        member.goto(f"{live_server.url}/membership/buy/20/")
        member.get_by_role("radio", name="A new card").check()
        member.get_by_role("button", name="Pay $3.00").click()
        member.get_by_label("Card number").fill("4000000000000002")
        member.get_by_role("button", name="Pay $3.00").click()
        expect(member.get_by_role("alert")).not_to_be_empty()
        member.get_by_label("Card number").fill(VISA)
        member.get_by_role("button", name="Pay $3.00").click()

        expect(member.get_by_role("heading", name="Thank you")).to_be_visible()
        expect(member.get_by_text("20 Connects were added")).to_be_visible()
        assert journal().wallet(here.freelancer.pk).balance == 36
        assert len(site.tell("charges")) == 1

"""All about one account: its people, what it holds, its history with links, and what staff did to it."""

from datetime import timedelta
from typing import Any

import pytest

from connects.acts.purchases.buy import order
from connects.acts.rules.move_accounts import enrol
from connects.acts.staff import grant_courtesy
from connects.bootstrap.clock import held_at
from connects.due.run import run
from connects.market.people.models import STAFF_ROLES
from connects.market.people.permissions import Act, may
from connects.market.purchases.models import Purchase
from connects.vocabulary.parties import Role
from tests.console.desk import NOT_THERE, Desk, audited, person
from tests.market.people import NOON, Town, posted, proposed

ANA = "accounts/ana/"


def test_who_acts_for_it_is_shown_with_addresses_to_those_who_may_see_them(here: Town) -> None:
    assert "ana@test.example" in Desk(Role.SUPPORT).page(ANA)
    assert audited("read-people") == [("account:ana", "support", "")]
    assert "ana@test.example" not in Desk(Role.MODERATOR).page(ANA)
    assert len(audited("read-people")) == 1


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_tabs_lead_to_what_the_role_may_see_with_counts(role: Role, here: Town) -> None:
    assert isinstance(order(here.freelancer, 10, "one"), Purchase)
    grant_courtesy.grant(here.freelancer, 5, "an outage", person(Role.SUPPORT), "one")
    page, staff = Desk(role).page(ANA), person(role)
    tabs = {
        Act.READ_WALLETS: "/console/accounts/ana/wallet/",
        Act.READ_PROPOSALS: "/console/proposals/?account=ana",
        Act.READ_PAYMENTS: "/console/payments/?account=ana",
        Act.READ_CORRECTIONS: "/console/corrections/?account=ana",
        Act.DECIDE_APPEALS: "/console/appeals/?account=ana",
        Act.READ_EMAILS: "/console/letters/?account=ana",
        Act.READ_ACCOUNT_ACTS: "/console/accounts/ana/acts/",
    }

    assert {act for act, link in tabs.items() if f'"{link}"' in page} == {
        act for act in tabs if may(staff, act)
    }
    if may(staff, Act.READ_PAYMENTS):
        assert 'Payments <span class="count calm">1' in page
        assert 'Grants <span class="count calm">1' in page


def test_the_first_page_has_the_last_lines_and_what_is_still_in_open_proposals(here: Town) -> None:
    page, others = Desk(Role.SUPPORT).page(ANA), Desk(Role.MODERATOR).page(ANA)

    assert "All 2 lines" in page
    assert page.index("Proposal</th>") < page.index("Welcome grant</th>")
    assert "1 open proposal<" in page
    assert "All 2 lines" not in others, "what an account holds is not for moderators"


def test_who_may_move_an_account_asks_for_the_form_and_others_are_not_offered_it(
    here: Town,
) -> None:
    page, asked = Desk(Role.OPERATOR).page(ANA), Desk(Role.OPERATOR).page(ANA, act="move")

    assert 'href="?act=move#move"' in page
    assert 'name="policy"' not in page
    assert '<option value="fair-2026"' in asked
    for others in (Desk(Role.SUPPORT).page(ANA), Desk(Role.SUPPORT).page(ANA, act="move")):
        assert "?act=move" not in others
        assert 'name="policy"' not in others


def test_a_client_has_jobs_and_no_wallet(here: Town) -> None:
    page = Desk(Role.OPERATOR).page("accounts/acme/")

    assert '"/console/posts/?client=acme">Jobs <span class="count calm">1' in page
    assert "/console/accounts/acme/wallet/" not in page
    assert "Clients hold no Connects." in page


def test_the_plan_says_its_price_and_the_rules_lead_to_their_page(here: Town) -> None:
    enrol(here.freelancer, "fair-2026", notice=False)
    page = Desk(Role.SUPPORT).page(ANA)

    assert 'href="/console/rule-books/fair-2026@' in page
    assert "/console/rule-books/compare/?before=upwork-2019-05@" in page
    assert "End Basic now" not in page


def test_the_history_names_jobs_and_leads_to_everything(here: Town) -> None:
    purchase = order(here.freelancer, 10, "one")
    assert isinstance(purchase, Purchase)
    page = Desk(Role.SUPPORT).page(f"{ANA}wallet/")

    assert f'<a href="/console/posts/{here.job.public_id}/">Draw a logo</a>' in page
    assert f'href="/console/payments/purchase/{purchase.public_id}/"' in page
    assert 'href="/console/accounts/ana/wallet/" aria-current="page"' in page


def test_a_long_history_has_further_pages(here: Town) -> None:
    for number in range(60):
        grant_courtesy.grant(here.freelancer, 1, "an outage", None, f"k{number}")
    desk = Desk(Role.SUPPORT)
    first = desk.page(f"{ANA}wallet/")
    assert 'rel="next"' in first
    before = first.split("?before=")[1].split('"')[0]
    last = desk.page(f"{ANA}wallet/", before=before)

    assert "Welcome grant" not in first
    assert "Welcome grant" in last
    assert 'rel="next"' not in last
    for nonsense in ("0", "x", "-1", "9" * 40):
        desk.page(f"{ANA}wallet/", before=nonsense)


def test_what_staff_did_is_told_without_who_looked(here: Town) -> None:
    Desk(Role.SUPPORT).page(f"{ANA}wallet/")
    Desk(Role.SUPPORT).do(ANA, act="add-badge", badge="top-rated")
    desk = Desk(Role.MODERATOR)
    page = desk.page(f"{ANA}acts/")

    assert "Added a badge" in page
    assert "Looked at" not in page
    assert "Keep this view" not in desk.page(f"{ANA}acts/", act="add-badge")
    assert "Added a badge" not in desk.page("accounts/studio/acts/")
    desk.page("accounts/nobody/acts/", NOT_THERE)
    Desk(Role.POLICY).page(f"{ANA}acts/", NOT_THERE)
    text = b"".join(desk.client.get(f"/console/{ANA}acts/?as=csv")).decode()
    assert "Added a badge" in text


@pytest.mark.parametrize("role", STAFF_ROLES)
@pytest.mark.parametrize("page", [ANA, f"{ANA}wallet/", f"{ANA}acts/", "accounts/acme/"])
def test_a_page_about_an_account_takes_few_queries(
    role: Role, page: str, here: Town, django_assert_max_num_queries: Any
) -> None:
    with held_at(NOON + timedelta(hours=1)):
        for number in range(4):
            proposed(posted(here.client, f"Job {number}"), here.freelancer, f"p{number}")
        enrol(here.freelancer, "fair-2026", notice=True)
        run(NOON + timedelta(hours=1))
    desk = Desk(role)
    desk.client.get(f"/console/{page}")
    with django_assert_max_num_queries(12):
        desk.client.get(f"/console/{page}")

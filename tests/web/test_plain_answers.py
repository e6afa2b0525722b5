"""What a member reads in numbers: prices, returns, the wallet; and what to enter instead."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from connects.acts.jobs.publish import edit
from connects.acts.proposals.limit_spending import set_spending_limit
from connects.bootstrap.clock import held_at
from connects.due.run import run
from connects.market.jobs.facts import fields_of
from connects.market.jobs.models import Job
from connects.vocabulary.parties import AccountKind
from connects.web.templatetags.connects_words import pay_words
from tests.market.people import NOON, Town, posted, proposed, registered, town
from tests.web.signed_in import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


def test_a_client_reads_why_and_no_recipe_for_a_cheaper_price(here: Town) -> None:
    job = posted(here.client, "Logo", budget_cents=600_00)

    own = browser(here.client).get(f"/posts/{job.public_id}/").content.decode()
    theirs = browser(here.freelancer).get(f"/work/{job.public_id}/").content.decode()

    assert "With a budget of" not in own
    assert "On the price card, such jobs (" in own
    assert "With a budget of" in theirs


def test_what_comes_back_says_after_how_many_days_and_minutes(here: Town) -> None:
    job = posted(here.client, "Logo", budget_cents=600_00)
    moved = registered("bea", AccountKind.FREELANCER, "fair-2026")

    page = browser(moved).get(f"/work/{job.public_id}/propose/").content.decode()

    for words in ("does nothing for 21 days", "after 14 days", "within 15 minutes"):
        assert words in page
    assert "in time" not in page


def test_membership_says_what_may_come_back_and_what_this_month_has_used(here: Town) -> None:
    sent = proposed(posted(here.client, "Logo", budget_cents=600_00), here.freelancer, "logo")
    paid = here.proposal.paid + sent.paid
    set_spending_limit(here.freelancer, 40)

    page = browser(here.freelancer).get("/membership/").content.decode()

    assert f'<dt>May still come back</dt><dd class="figure m0">{paid}</dd>' in page
    assert "2 open proposals</a>" in page
    assert f"{paid} <small>of your limit of 40</small>" in page
    assert "Auto top-up is off." in page
    assert "Set up auto top-up" in page


def test_an_address_that_takes_a_form_alone_has_a_page_for_who_reads_it(here: Town) -> None:
    answer = browser(here.client).get("/account/")

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "There is nothing to read at this address" in answer.content.decode()


def test_a_form_says_what_to_enter_and_not_which_rule_was_broken(here: Town) -> None:
    job = posted(here.client, "Logo", budget_cents=600_00)

    page = browser(here.freelancer).post(
        f"/work/{job.public_id}/propose/", {"act": "send", "days": "0", "cover_letter": "Hello"}
    )
    empty = browser(here.client).post("/posts/new/", {"title": "", "kind": "barter"})

    assert "Enter 1 or more." in page.content.decode()
    assert "Fill this in." in empty.content.decode()
    assert "Choose one of those offered." in empty.content.decode()
    assert "Ensure" not in page.content.decode() + empty.content.decode()


def test_who_proposed_reads_what_they_paid_for_beside_what_the_job_says_now(here: Town) -> None:
    fields = fields_of(here.job)
    edited = edit(
        here.job,
        replace(fields, description="Only one logo now.", budget_cents=30_00),
        here.client,
    )
    assert isinstance(edited, Job)
    run(NOON)

    told = browser(here.freelancer)
    page = told.get(f"/proposals/{here.proposal.public_id}/").content.decode()
    inbox = told.get("/notices/").content.decode()

    assert f"{here.client.name} changed this job after you proposed." in page
    assert "<ins>$30 fixed price</ins>" in page
    assert f"<del>{pay_words(fields.facts(None), 'USD')}</del>" in page
    assert f'href="/proposals/{here.proposal.public_id}/">See what changed</a>' in inbox


def test_a_proposal_to_a_job_that_stayed_as_it_was_shows_no_change(here: Town) -> None:
    page = browser(here.freelancer).get(f"/proposals/{here.proposal.public_id}/")

    assert "changed this job" not in page.content.decode()


def test_a_client_answers_from_the_list_and_finds_the_proposal_under_its_tab(here: Town) -> None:
    client, there = browser(here.client), f"/posts/{here.job.public_id}/"
    listed = client.get(there).content.decode()
    done = client.post(f"/proposals/{here.proposal.public_id}/", {"act": "shortlist"}, follow=True)

    assert f'<form method="post" action="/proposals/{here.proposal.public_id}/"' in listed
    assert "1 person is waiting for a word from you" in listed
    assert 'class="note good" role="status"' in done.content.decode()
    assert here.freelancer.name in client.get(f"{there}?tab=shortlisted").content.decode()
    assert "No proposal stands here" in client.get(f"{there}?tab=gone").content.decode()


def test_bundles_and_the_balance_are_counted_in_proposals(here: Town) -> None:
    ana = browser(here.freelancer)

    assert "proposals at what you usually pay" in ana.get("/membership/buy/").content.decode()
    assert "about " in ana.get("/membership/").content.decode().partition("You have</dt>")[2][:300]


def test_nobody_chooses_e_mails_that_they_cannot_get(here: Town) -> None:
    client = browser(here.client).get("/notices/preferences/").content.decode()
    freelancer = browser(here.freelancer).get("/notices/preferences/").content.decode()

    assert "Your jobs that wait for you" in client
    assert "Connects that expire" not in client
    assert "Connects that expire" in freelancer
    assert "Your jobs that wait for you" not in freelancer


def test_an_amount_of_the_other_kind_of_pay_is_not_dropped_in_silence(here: Town) -> None:
    typed = {"title": "A shop", "kind": "hourly", "budget": "500", "hourly_min": "20"}

    page = browser(here.client).post("/posts/new/", typed).content.decode()

    assert "Leave this empty, or change how you pay." in page
    assert not Job.objects.filter(title="A shop").exists()

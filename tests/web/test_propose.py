"""Writing a letter: what is asked for, what will be refused, and what is kept."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from connects.acts.jobs.end import close
from connects.acts.proposals.limit_spending import set_spending_limit
from connects.acts.proposals.withdraw import withdraw_proposal
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.market.jobs.models import CloseReason, Job
from connects.market.proposals.models import Proposal, ProposalDraft
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, Town, posted, proposed, registered, town
from tests.web.confirming import confirm

pytestmark = pytest.mark.django_db

LETTER = "I would begin on Monday."


class Desk:
    """Ana before the form of one job."""

    def __init__(self, here: Town, job: Job) -> None:
        self.here, self.job, self.client = here, job, Client()
        user = here.user_of(here.freelancer)
        self.client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    @property
    def address(self) -> str:
        return f"/work/{self.job.public_id}/propose/"

    def page(self, address: str = "") -> str:
        return " ".join(self.client.get(address or self.address).content.decode().split())

    def sends(self, act: str, **fields: str) -> Any:
        form = {"key": "k" * 32, "max_connects": "4", "cover_letter": LETTER, "act": act, **fields}
        return self.client.post(self.address, form, follow=True)


@pytest.fixture
def desk() -> Iterator[Desk]:
    with held_at(NOON):
        here = town()
        yield Desk(here, posted(here.client, "Sing", 300_00))


def spend_all(desk: Desk) -> None:
    number = 0
    while journal().wallet(desk.here.freelancer.pk).balance:
        proposed(
            posted(desk.here.client, f"Job {number}", 30_00), desk.here.freelancer, f"k{number}"
        )
        number += 1


def test_a_price_and_days_go_with_the_letter(desk: Desk) -> None:
    page = desk.sends("send", amount="$1,250", days="21").content.decode()

    sent = Proposal.objects.get(job=desk.job)
    assert (sent.cover_letter, sent.price_cents, sent.days) == (LETTER, 1_250_00, 21)
    assert "$1,250.00" in page
    assert "21 days" in page


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("amount", "a lot"),
        ("amount", "0"),
        ("amount", "-5"),
        ("amount", "99999999999999"),
        ("days", "soon"),
        ("days", "0"),
        ("days", "9" * 400),
        ("cover_letter", "x" * 5_001),
        ("cover_letter", "nul \x00"),
    ],
)
@pytest.mark.parametrize("act", ["send", "draft", "buy"])
def test_what_cannot_be_read_is_told_at_its_field_and_nothing_is_lost(
    desk: Desk, field: str, typed: str, act: str
) -> None:
    answer = desk.sends(act, **{"amount": "250", "days": "9", field: typed})
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "There is a problem" in page
    assert f'id="id_{field}_error"' in page
    assert field == "cover_letter" or LETTER in page
    assert not Proposal.objects.filter(job=desk.job).exists()
    assert not ProposalDraft.objects.exists()


def test_a_draft_is_saved_shown_in_the_form_and_listed(desk: Desk) -> None:
    page = desk.sends("draft", amount="250", days="9").content.decode()

    assert "Your letter is kept as a draft." in page
    shown = desk.page()
    assert LETTER in shown
    assert 'value="250.00"' in shown
    assert 'value="9"' in shown
    listed = desk.page("/proposals/?tab=drafts")
    assert "Sing" in listed
    assert LETTER in listed
    assert "No draft matches “dance”" in desk.page("/proposals/?tab=drafts&q=dance")
    assert not Proposal.objects.filter(job=desk.job).exists()


def test_a_draft_is_discarded(desk: Desk) -> None:
    desk.sends("draft")
    assert "Your draft is gone." in desk.sends("discard").content.decode()
    assert "No drafts" in desk.page("/proposals/?tab=drafts")


def test_a_draft_of_a_job_that_has_closed_can_be_read_and_discarded(desk: Desk) -> None:
    desk.sends("draft")
    close(desk.job, desk.here.client, CloseReason.NOT_HIRING)

    shown = desk.page()

    assert "This job has closed." in shown
    assert LETTER in shown
    assert "Discard draft" in shown


def test_the_letter_survives_buying_connects(desk: Desk) -> None:
    spend_all(desk)
    assert "Keep the letter and buy Connects" in desk.page()

    till = desk.sends("buy")
    assert till.redirect_chain[-1][0] == "/membership/buy/"
    assert "Your letter waits" in till.content.decode()
    order = {"key": "b" * 32, "pay_with": "test-accepts"}
    paid = confirm(desk.client, "/membership/buy/10/", order, follow=True)
    back = f'href="{desk.address}"'
    assert back in paid.content.decode()

    assert LETTER in desk.page()
    assert "Send for 4 Connects" in desk.page()


def test_what_would_go_over_ones_limit_is_not_offered_and_the_limit_is_named(desk: Desk) -> None:
    set_spending_limit(desk.here.freelancer, 6)

    shown = desk.page()

    assert "Send for" not in shown
    assert "This letter costs 4, and you have 2 left of your 6 Connects for this month." in shown


def test_who_withdrew_is_offered_to_send_again_only_where_the_rules_let_them() -> None:
    with held_at(NOON):
        here = town()
        ben = registered("ben", AccountKind.FREELANCER, "peopleperhour")
    for account, again in ((here.freelancer, False), (ben, True)):
        with held_at(NOON):
            job = posted(here.client, f"Sing for {account.name}")
            withdraw_proposal(proposed(job, account, "first again"), account)
            client = Client()
            user = here.user_of(account)
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            page = client.get(f"/work/{job.public_id}/").content.decode()
            form = client.get(f"/work/{job.public_id}/propose/").content.decode()

        assert ("Propose again for free" in page) == again
        assert ("Send for free" in form) == again
        assert ("You sent a letter to this job" in form) == (not again)

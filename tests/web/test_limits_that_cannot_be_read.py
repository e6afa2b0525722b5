"""A limit is a promise to oneself: nothing but an empty field takes it away."""

from collections.abc import Iterator

import pytest

from connects.acts.accounts.set_member_terms import set_member_terms
from connects.acts.accounts.team import join_team
from connects.acts.proposals.limit_spending import set_spending_limit
from connects.acts.purchases.top_up import set_top_up
from connects.bootstrap.clock import held_at
from connects.market.earnings.models import EarningsBalance
from connects.market.people.models import Account, TeamMembership
from connects.market.purchases.models import TopUp
from tests.market.people import NOON, Town, posted, town
from tests.web.signed_in import browser

pytestmark = pytest.mark.django_db

UNREADABLE = ["abc", "-3", "5.5", "1e9", "9" * 20, "0x10", "４０", "\u200b", "\x00", "4 0", "None"]


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


@pytest.mark.parametrize("most", UNREADABLE)
def test_ones_own_limit_stays_and_is_named(here: Town, most: str) -> None:
    set_spending_limit(here.freelancer, 40)

    answer = browser(here.freelancer).post("/membership/limit/", {"most": most})

    assert answer.status_code == 409
    assert "such as 60" in answer.content.decode()
    assert "Your limit is still 40." in answer.content.decode()
    assert Account.objects.get(pk=here.freelancer.pk).spends_most == 40


def test_a_form_without_the_field_takes_no_limit_away(here: Town) -> None:
    set_spending_limit(here.freelancer, 40)

    assert browser(here.freelancer).post("/membership/limit/", {}).status_code == 409
    assert Account.objects.get(pk=here.freelancer.pk).spends_most == 40


@pytest.mark.parametrize("form", [{"most": most} for most in UNREADABLE] + [{}])
def test_a_members_limit_stays_and_is_named(here: Town, form: dict[str, str]) -> None:
    join_team(here.freelancer, here.agency)
    set_member_terms(here.agency, here.freelancer, 40, may_spend=True)

    answer = browser(here.agency).post("/team/", {"act": "limit", "handle": "ana", **form})

    assert answer.status_code == 409
    assert "The limit of Ana is still 40." in answer.content.decode()
    held = TeamMembership.objects.get(account=here.freelancer)
    assert (held.spends_most, held.may_spend) == (40, True)


@pytest.mark.parametrize("field", ["most", "below", "credits"])
@pytest.mark.parametrize("text", ["", "abc", "-3", "1e9", "\x00"])
def test_an_auto_top_up_stays_as_it_was(here: Town, field: str, text: str) -> None:
    set_top_up(here.freelancer, 10, 20, 6_00)
    form = {"act": "top-up", "most": "9.00", "below": "5", "credits": "10", field: text}

    assert browser(here.freelancer).post("/membership/billing/", form).status_code == 409

    held = TopUp.objects.get()
    assert (held.below, held.credits, held.most_cents) == (10, 20, 6_00)


def test_a_ceiling_under_one_purchase_says_what_one_costs(here: Town) -> None:
    form = {"act": "top-up", "most": "1.00", "below": "5", "credits": "10"}

    answer = browser(here.freelancer).post("/membership/billing/", form)

    assert "enter at least $1.50" in answer.content.decode()


@pytest.mark.parametrize(("text", "words"), [("abc", "an amount"), ("21", "at most $20.00")])
def test_what_is_kept_back_stays_as_it_was(here: Town, text: str, words: str) -> None:
    answer = browser(here.freelancer).post("/membership/earnings/", {"kept_back": text})

    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert not EarningsBalance.objects.filter(kept_back_cents__gt=0).exists()


def test_a_letter_over_the_limit_is_refused_with_what_is_left(here: Town) -> None:
    set_spending_limit(here.freelancer, 5)
    job = posted(here.client, "Write a handbook", 900_00)
    form = {"key": "k" * 32, "max_connects": "5", "cover_letter": "Hello"}

    answer = browser(here.freelancer).post(f"/work/{job.public_id}/propose/", form)

    assert answer.status_code == 409
    assert "This letter costs 5, and you have 1 left of your 5 Connects" in answer.content.decode()

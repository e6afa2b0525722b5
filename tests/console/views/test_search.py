"""One search finds people, jobs, proposals, payments and receipts, for those who may see them."""

import pytest

from connects.acts.credits.redeem_promo import PromoTerms, make_promo
from connects.acts.purchases.buy import order
from connects.market.invoices.models import Document
from connects.market.jobs.models import Job
from connects.market.people.models import Account
from connects.market.purchases.models import Purchase
from connects.market.rollout.models import Rollout
from connects.vocabulary.parties import Role
from tests.console.desk import Desk, audited
from tests.market.people import NOON, Town, posted, rules_change


def found(role: Role, text: str) -> str:
    """Where the search leads to, or the page of what it found."""
    answer = Desk(role).client.get("/console/search/", {"q": text})
    return answer.headers.get("Location") or answer.content.decode()


def bought(here: Town) -> Purchase:
    purchase = order(here.freelancer, 10, "one")
    assert isinstance(purchase, Purchase)
    return purchase


def test_a_name_finds_accounts_and_jobs(here: Town) -> None:
    Job.objects.filter(pk=here.job.pk).update(title="Draw Ana a logo")
    page = found(Role.SUPPORT, "an")

    assert 'href="/console/accounts/ana/"' in page
    assert f'href="/console/posts/{here.job.public_id}/"' in page
    assert "2 results for “an”" in page


@pytest.mark.parametrize("text", ["ana", "ANA", " ana "])
def test_a_handle_leads_straight_to_its_account(text: str, here: Town) -> None:
    assert found(Role.MODERATOR, text) == "/console/accounts/ana/"


def test_an_address_leads_to_its_account_for_who_may_see_addresses(here: Town) -> None:
    assert found(Role.SUPPORT, "Ana@test.example") == "/console/accounts/ana/"
    assert audited("read-people") == [("account:ana", "support", "")]
    assert "Nothing matches" in found(Role.MODERATOR, "ana@test.example")
    assert "Nothing matches" in found(Role.SUPPORT, "nobody@test.example")
    assert len(audited("read-people")) == 1


def test_numbers_lead_to_what_bears_them(here: Town) -> None:
    purchase = bought(here)
    Purchase.objects.update(provider_reference="pi_3Nabc")
    rules_change(here.operator)
    rollout = Rollout.objects.get()
    document = Document.objects.get()
    expected = {
        here.job.public_id: f"/console/posts/{here.job.public_id}/",
        f"job:{here.job.public_id}": f"/console/posts/{here.job.public_id}/",
        here.proposal.public_id: f"/console/proposals/?q={here.proposal.public_id}",
        purchase.public_id.upper(): f"/console/payments/purchase/{purchase.public_id}/",
        purchase.reference: f"/console/payments/purchase/{purchase.public_id}/",
        "pi_3Nabc": f"/console/payments/purchase/{purchase.public_id}/",
        document.label: f"/console/payments/purchase/{purchase.public_id}/",
        rollout.public_id: f"/console/rollouts/{rollout.public_id}/",
    }

    assert {text: found(Role.OPERATOR, text) for text in expected} == expected


def test_what_the_host_calls_it_is_found(here: Town) -> None:
    Account.objects.filter(pk=here.agency.pk).update(external_id="user-77")
    Job.objects.filter(pk=here.job.pk).update(external_id="post-12")

    assert found(Role.SUPPORT, "user-77") == "/console/accounts/studio/"
    assert found(Role.SUPPORT, "post-12") == f"/console/posts/{here.job.public_id}/"


def test_payments_receipts_and_codes_are_for_those_who_may_see_them(here: Town) -> None:
    purchase = bought(here)
    make_promo(
        PromoTerms(
            code="SPRING-26", connects=5, valid_from=NOON, valid_until=NOON.replace(year=2020)
        ),
        here.operator,
    )

    for text in (purchase.public_id, Document.objects.get().label, "spring-26"):
        assert "Nothing matches" in found(Role.MODERATOR, text), text
        assert found(Role.FINANCE, text).startswith("/console/"), text


@pytest.mark.parametrize("text", ["", " ", "%", "'", "\x00", "x" * 5_000, "-1", "R-0", "٣" * 16])
def test_nonsense_finds_nothing_and_breaks_nothing(text: str, here: Town) -> None:
    page = found(Role.OPERATOR, text)

    assert "/console/accounts/ana/" not in page
    assert "<h1>Search</h1>" in page


def test_a_search_takes_few_queries(here: Town, django_assert_max_num_queries: object) -> None:
    for number in range(5):
        posted(here.client, f"Logo {number}")
    desk = Desk(Role.OPERATOR)
    for text in ("logo", "draw a logo", here.job.public_id, "ana@test.example", "R-2019-000001"):
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            desk.client.get("/console/search/", {"q": text})


def test_every_page_of_the_console_has_the_search(here: Town) -> None:
    page = Desk(Role.MODERATOR).page("flagged/")

    assert 'action="/console/search/"' in page
    assert '<label class="unseen" for="search-everything">Search everything</label>' in page

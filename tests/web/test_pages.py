"""Every page answers, within its limits, for those who may see it and for nobody else."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import OperationalError
from django.test import Client

from connects.acts.notices.outbox import deliver_outbox
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.journal.proof.verify import verify
from connects.market.jobs.models import Job, JobStatus, SavedSearch
from connects.market.notices.models import AccountEmail
from connects.market.people.models import Account
from connects.market.proposals.models import Proposal
from connects.market.purchases.models import Purchase
from connects.market.trust.models import StaffAct
from tests.market.people import NOON, PASSWORD, Town, posted, registered, town
from tests.web.confirming import confirm

QUERIES_MOST = 12
BYTES_MOST = 100_000

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


def signed_in(here: Town, role: str) -> Client:
    client = Client()
    if role == "operator":
        client.force_login(here.operator, backend="django.contrib.auth.backends.ModelBackend")
    elif role != "visitor":
        user = here.user_of(getattr(here, role))
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


PAGES: list[tuple[str, Callable[[Town], str]]] = [
    ("visitor", lambda here: "/"),
    ("visitor", lambda here: "/sign-in/"),
    ("visitor", lambda here: "/sign-up/"),
    ("visitor", lambda here: "/rules/"),
    ("visitor", lambda here: "/help/"),
    ("client", lambda here: "/help/"),
    ("visitor", lambda here: "/announcements/"),
    ("visitor", lambda here: "/roots/"),
    ("freelancer", lambda here: "/roots.json?before=9"),
    ("visitor", lambda here: "/work/"),
    ("visitor", lambda here: f"/work/{here.job.public_id}/"),
    ("freelancer", lambda here: "/work/?q=logo&category=Design&kind=fixed&level=expert"),
    ("freelancer", lambda here: f"/work/{here.job.public_id}/"),
    ("freelancer", lambda here: f"/work/{here.job.public_id}/propose/"),
    ("agency", lambda here: f"/work/{here.job.public_id}/propose/"),
    ("freelancer", lambda here: "/proposals/"),
    ("freelancer", lambda here: f"/proposals/{here.proposal.public_id}/"),
    ("freelancer", lambda here: "/membership/"),
    ("freelancer", lambda here: "/membership/history.csv"),
    ("freelancer", lambda here: "/membership/buy/"),
    ("freelancer", lambda here: "/membership/buy/10/"),
    ("freelancer", lambda here: "/membership/billing/"),
    ("freelancer", lambda here: "/membership/receipts/"),
    ("freelancer", lambda here: "/membership/plan/"),
    ("freelancer", lambda here: "/membership/plan/plus/"),
    ("agency", lambda here: "/membership/plan/plus/"),
    ("freelancer", lambda here: "/membership/promo/"),
    ("freelancer", lambda here: "/membership/earnings/"),
    ("freelancer", lambda here: "/notices/"),
    ("freelancer", lambda here: "/notices/preferences/"),
    ("freelancer", lambda here: "/account/keys/"),
    ("client", lambda here: "/account/keys/"),
    ("freelancer", lambda here: "/invitations/"),
    ("freelancer", lambda here: "/people/ana/"),
    ("freelancer", lambda here: "/account/profile/"),
    ("client", lambda here: "/people/"),
    ("client", lambda here: "/people/ana/"),
    ("freelancer", lambda here: f"/work/{here.job.public_id}/flag/"),
    ("freelancer", lambda here: "/membership/statement/?month=2019-05"),
    ("freelancer", lambda here: "/membership/statement/?at=2019-05-20T12:00"),
    ("freelancer", lambda here: "/membership/statement/?at=yesterday"),
    ("freelancer", lambda here: "/membership/statement.pdf?month=2019-05"),
    ("agency", lambda here: "/team/"),
    ("client", lambda here: "/posts/"),
    ("client", lambda here: "/posts/new/"),
    ("client", lambda here: "/posts/clouds/"),
    ("client", lambda here: "/posts/clouds/add/?name=Best&q=a"),
    ("client", lambda here: f"/posts/{here.job.public_id}/invite/?q=a"),
    ("client", lambda here: f"/posts/{here.job.public_id}/invite/"),
    ("agency", lambda here: "/team/invite/?q=a"),
    ("client", lambda here: f"/posts/{here.job.public_id}/"),
    ("client", lambda here: f"/posts/{here.job.public_id}/edit/"),
    ("client", lambda here: f"/proposals/{here.proposal.public_id}/"),
    ("operator", lambda here: "/console/"),
    ("operator", lambda here: f"/console/posts/{here.job.public_id}/"),
    ("operator", lambda here: "/console/accounts/"),
    ("operator", lambda here: "/console/accounts/ana/"),
    ("operator", lambda here: "/console/accounts/ana/wallet/"),
    ("operator", lambda here: "/console/accounts/acme/"),
    ("operator", lambda here: "/console/audit/"),
    ("operator", lambda here: "/console/rollouts/"),
    ("operator", lambda here: "/console/rollouts/new/"),
    ("operator", lambda here: "/console/corrections/"),
    ("operator", lambda here: "/console/promos/"),
    ("operator", lambda here: "/console/letters/"),
    ("operator", lambda here: "/console/payments/"),
    ("operator", lambda here: "/console/books/"),
    ("operator", lambda here: "/console/books/taxes/"),
    ("operator", lambda here: "/console/flagged/"),
    ("operator", lambda here: "/console/appeals/"),
    ("operator", lambda here: "/console/announcements/"),
]


@pytest.mark.parametrize(("role", "address"), PAGES)
def test_a_page_answers_with_few_queries_and_few_bytes(
    here: Town, role: str, address: Callable[[Town], str], django_assert_max_num_queries: Any
) -> None:
    for number in range(5):  # the demo, whose every page is asked too, has hundreds
        posted(here.client, f"Job {number}")
    client = signed_in(here, role)

    page = address(here)
    with django_assert_max_num_queries(QUERIES_MOST):
        response = client.get(page)
        body = b"".join(response)  # a streamed answer does its asking here

    assert response.status_code == 200
    style = finders.find("web/style.css")
    assert isinstance(style, str)
    weight = len(gzip.compress(body)) + len(gzip.compress(Path(style).read_bytes()))
    assert weight < BYTES_MOST


STRANGERS = [
    ("visitor", lambda here: "/membership/proof.json", 302),
    ("client", lambda here: "/membership/proof.json", 404),
    ("visitor", lambda here: "/membership/", 302),
    ("visitor", lambda here: "/account/keys/", 302),
    ("operator", lambda here: "/account/keys/", 404),
    ("visitor", lambda here: "/console/", 302),
    ("client", lambda here: "/membership/", 404),
    ("client", lambda here: "/console/", 404),
    ("freelancer", lambda here: "/posts/", 404),
    ("freelancer", lambda here: f"/posts/{here.job.public_id}/", 404),
    ("stranger", lambda here: f"/posts/{here.job.public_id}/", 404),
    ("stranger", lambda here: f"/posts/{here.job.public_id}/edit/", 404),
    ("stranger", lambda here: f"/proposals/{here.proposal.public_id}/", 404),
    ("agency", lambda here: f"/proposals/{here.proposal.public_id}/", 404),
    ("freelancer", lambda here: "/work/0123456789abcdef/", 404),
    ("freelancer", lambda here: "/work/%00/", 404),
    ("freelancer", lambda here: "/payments/purchase/0123456789abcdef/", 404),
    ("freelancer", lambda here: "/payments/nothing/0123456789abcdef/", 404),
    ("freelancer", lambda here: "/membership/receipts/R-2019/1.pdf", 404),
    ("freelancer", lambda here: "/console/payments/", 404),
    ("visitor", lambda here: "/membership/billing/", 302),
    ("operator", lambda here: "/console/accounts/nobody/", 404),
    ("operator", lambda here: "/console/accounts/acme/wallet/", 404),
    ("client", lambda here: "/membership/plan/", 404),
    ("client", lambda here: "/console/rollouts/", 404),
    ("freelancer", lambda here: "/console/promos/", 404),
    ("freelancer", lambda here: "/announcements/nothing/", 404),
    ("operator", lambda here: "/console/announcements/nothing/", 404),
    ("operator", lambda here: "/console/rollouts/0123456789abcdef/", 404),
]


@pytest.mark.parametrize(("role", "address", "status"), STRANGERS)
def test_nobody_sees_what_is_not_theirs(
    here: Town, role: str, address: Callable[[Town], str], status: int
) -> None:
    assert signed_in(here, role).get(address(here)).status_code == status


@pytest.mark.parametrize("number", ["abc", "-1", "0", "9" * 30, "１", "1.5", "\x00"])
def test_a_page_number_that_makes_no_sense_is_the_nearest_page(here: Town, number: str) -> None:
    client = signed_in(here, "freelancer")

    for address in ("/work/", "/proposals/", "/notices/"):
        assert client.get(address, {"page": number, "q": number}).status_code == 200
    assert client.get("/membership/", {"before": number, "kind": number}).status_code == 200


def test_a_wrong_address_says_so_in_the_design(here: Town) -> None:
    response = signed_in(here, "freelancer").get("/no/such/page/")

    assert response.status_code == 404
    assert b"We cannot find that page" in response.content


@pytest.mark.parametrize(
    ("role", "words"), [("freelancer", "Proposals"), ("client", "My jobs"), ("operator", "Console")]
)
def test_a_wrong_address_keeps_the_menu_of_who_is_signed_in(
    here: Town, role: str, words: str
) -> None:
    page = signed_in(here, role).get("/no/such/page/").content.decode()

    assert words in page
    assert "Sign out" in page
    assert "Sign in</a>" not in page


def test_a_wrong_address_asks_nothing_of_the_database_for_a_guest(
    db: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        page = Client().get("/no/such/page/").content.decode()

    assert "Sign in</a>" in page


def test_forms_without_their_token_change_nothing(here: Town) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        here.user_of(here.client), backend="django.contrib.auth.backends.ModelBackend"
    )

    response = client.post(f"/posts/{here.job.public_id}/close/", {"reason": "not_hiring"})

    assert response.status_code == 403
    assert b"This form had expired" in response.content
    here.job.refresh_from_db()
    assert here.job.status == JobStatus.OPEN


def test_pages_allow_no_foreign_or_inline_scripts(here: Town) -> None:
    policy = Client().get("/").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def balance(account: Any) -> int:
    return journal().wallet(account.pk).balance


def test_a_double_click_pays_once(here: Town) -> None:
    job = posted(here.client, "Another")
    client = signed_in(here, "freelancer")
    form = {"key": "one-click", "max_connects": "4", "cover_letter": "Hello"}

    first = client.post(f"/work/{job.public_id}/propose/", form)
    second = client.post(f"/work/{job.public_id}/propose/", form)

    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert balance(here.freelancer) == 12


def test_a_stale_price_is_refused_and_the_letter_kept(here: Town) -> None:
    job = posted(here.client, "Another", budget_cents=900_00)
    client = signed_in(here, "freelancer")

    response = client.post(
        f"/work/{job.public_id}/propose/",
        {"key": "k", "max_connects": "4", "cover_letter": "My careful letter"},
    )

    assert response.status_code == 409
    assert b"The price is 5 now, and you agreed to 4 at most." in response.content
    assert b"My careful letter" in response.content
    assert balance(here.freelancer) == 16


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"key": "", "max_connects": "4"},
        {"key": "k" * 101, "max_connects": "4"},
        {"key": "a\x00b", "max_connects": "4"},
        {"key": "k", "max_connects": "-1"},
        {"key": "k", "max_connects": "many"},
        {"key": "k", "max_connects": "4", "cover_letter": "a\x00b"},
        {"key": "k", "max_connects": "4", "cover_letter": "x" * 5_001},
    ],
)
def test_a_forged_proposal_charges_nothing(here: Town, form: dict[str, str]) -> None:
    job = posted(here.client, "Another")

    response = signed_in(here, "freelancer").post(f"/work/{job.public_id}/propose/", form)

    assert response.status_code == 409
    assert balance(here.freelancer) == 16


def test_a_text_of_ten_megabytes_is_refused_unread(here: Town) -> None:
    response = signed_in(here, "client").post(
        "/posts/new/", {"title": "Big", "kind": "fixed", "description": "x" * 10_000_000}
    )

    assert response.status_code == 413
    assert Job.objects.count() == 1


GOOD_POST = {"title": "Write a handbook", "kind": "fixed", "budget": "$1,200"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 121),
        ("title", "a\x00b"),
        ("title", "a\x07b"),
        ("budget", "-5"),
        ("budget", "0"),
        ("budget", "1e9"),
        ("budget", "12.345"),
        ("budget", "99999999999999"),
        ("budget", "１２"),
        ("kind", "barter"),
        ("duration", "for ever"),
        ("level", "wizard"),
        ("description", "x" * 8_001),
    ],
)
def test_a_bad_post_is_not_published_and_says_which_field(
    here: Town, field: str, value: str
) -> None:
    response = signed_in(here, "client").post("/posts/new/", {**GOOD_POST, field: value})

    assert response.status_code == 200
    assert b"There is a problem" in response.content
    assert Job.objects.count() == 1


def test_a_lowest_rate_above_the_highest_is_not_published(here: Town) -> None:
    form = {"title": "Help", "kind": "hourly", "hourly_min": "40", "hourly_max": "20"}

    response = signed_in(here, "client").post("/posts/new/", form)

    assert b"under the minimum" in response.content
    assert Job.objects.count() == 1


def test_a_client_sees_the_price_and_why_before_publishing(here: Town) -> None:
    client = signed_in(here, "client")

    preview = client.post("/posts/new/", {**GOOD_POST, "preview": "1"})
    assert b"You offer $1,200." in preview.content
    assert Job.objects.count() == 1

    assert client.post("/posts/new/", GOOD_POST).status_code == 302
    assert Job.objects.get(title="Write a handbook").budget_cents == 1_200_00


def test_closing_without_a_hire_gives_back_and_tells(here: Town) -> None:
    client = signed_in(here, "client")
    assert balance(here.freelancer) == 16

    confirm(client, f"/posts/{here.job.public_id}/close/", {"reason": "not_hiring"})
    deliver_outbox(NOON)

    assert balance(here.freelancer) == 20
    inbox = signed_in(here, "freelancer").get("/notices/").content.decode()
    assert "You got 4 Connects back</a>" in inbox
    assert "the client closed the job without hiring." in inbox


def test_closing_needs_a_reason(here: Town) -> None:
    response = signed_in(here, "client").post(f"/posts/{here.job.public_id}/close/", {})

    assert response.status_code == 409
    assert b"Choose why you are closing the job" in response.content


def test_a_hire_is_the_clients_own(here: Town) -> None:
    address, act = f"/proposals/{here.proposal.public_id}/", {"act": "hire"}

    assert signed_in(here, "stranger").post(address, act).status_code == 404
    assert signed_in(here, "freelancer").post(address, act).status_code == 404
    assert confirm(signed_in(here, "client"), address, act).status_code == 302
    assert Proposal.objects.get(pk=here.proposal.pk).status == "hired"


def test_a_declined_test_card_brings_nothing(here: Town) -> None:
    client = signed_in(here, "freelancer")

    declined = confirm(client, "/membership/buy/20/", {"key": "a", "pay_with": "test-declines"})
    assert declined.status_code == 409
    assert b"The payment was declined" in declined.content
    assert balance(here.freelancer) == 16

    paid = confirm(
        client, "/membership/buy/20/", {"key": "b", "pay_with": "test-accepts"}, follow=True
    )
    assert b"20 Connects were added" in paid.content
    assert balance(here.freelancer) == 36
    client.post("/membership/buy/20/", {"key": "b", "pay_with": "test-accepts"})
    assert balance(here.freelancer) == 36
    assert Purchase.objects.filter(status="paid").count() == 1


def test_a_bundle_that_is_not_sold_is_refused(here: Town) -> None:
    client = signed_in(here, "freelancer")

    assert client.get("/membership/buy/11/").status_code == 409
    assert client.get(f"/membership/buy/{'9' * 30}/").status_code == 409


def test_the_history_downloads_as_csv(here: Town) -> None:
    response = signed_in(here, "freelancer").get("/membership/history.csv")

    lines = b"".join(response).decode().splitlines()
    assert lines[0].startswith("number,at,kind,credits,balance")
    assert [line.split(",")[2:5] for line in lines[1:]] == [
        ["signup", "20", "20"],
        ["spend", "-4", "16"],
    ]
    assert lines[2].endswith(f",Proposal,{here.job.title},0.60,USD")
    assert "." not in lines[2].split(",")[1]


def test_removing_a_post_leaves_an_audit_line_and_returns_all(here: Town) -> None:
    client = signed_in(here, "operator")
    address = f"/console/posts/{here.job.public_id}/"

    assert client.post(address, {"reason": ""}).status_code == 409
    assert confirm(client, address, {"reason": "asked for free work"}).status_code == 302

    assert balance(here.freelancer) == 20
    act = StaffAct.objects.get()
    assert (act.act, act.user, act.reason) == ("remove-job", here.operator, "asked for free work")
    visitor = signed_in(here, "visitor")
    assert visitor.get(f"/work/{here.job.public_id}/").status_code == 404


def test_a_courtesy_grant_is_made_once_and_audited(here: Town) -> None:
    client = signed_in(here, "operator")
    form = {"key": "grant-1", "credits": "5", "reason": "long wait"}

    client.post("/console/accounts/ana/", form)
    client.post("/console/accounts/ana/", form)

    assert balance(here.freelancer) == 21
    assert StaffAct.objects.count() == 1
    assert client.post("/console/accounts/ana/", {**form, "credits": "-3"}).status_code == 409


def test_signing_up_brings_the_welcome_grant(here: Town) -> None:
    client = Client()
    form = {
        "kind": "freelancer",
        "name": "Bea",
        "email": "bea@test.example",
        "password": "something long enough",
    }

    client.post("/sign-up/", form)
    client.post("/sign-in/", {"username": form["email"], "password": form["password"]})
    assert client.get("/membership/", follow=True).request["PATH_INFO"] == "/account/unconfirmed/"
    page = client.post(AccountEmail.objects.get().link, follow=True)

    assert b"20 Connects" in page.content
    assert b"too common" in Client().post("/sign-up/", {**form, "password": "password"}).content


def test_a_person_with_two_accounts_chooses_one(here: Town) -> None:
    from connects.acts.accounts.register import join
    from connects.vocabulary.parties import AccountKind, Role

    second = registered("second", AccountKind.AGENCY)
    join(here.user_of(here.freelancer), second, Role.AGENCY_MEMBER)
    client = signed_in(here, "freelancer")

    client.post("/account/", {"account": "second"})
    assert b"You are acting for Second." in client.get("/membership/").content
    # Members do not buy for an agency.
    assert client.get("/membership/buy/10/").status_code == 404
    client.post("/account/", {"account": "acme"})
    assert b"You are acting for Second." in client.get("/membership/").content


def test_the_journal_is_whole_after_all_of_this(here: Town) -> None:
    signed_in(here, "client").post(
        f"/posts/{here.job.public_id}/close/", {"reason": "hired_elsewhere"}
    )

    assert [proof.breaches for proof in verify(journal()) if proof.breaches] == []


def test_guessing_a_password_is_locked_after_ten_tries(here: Town) -> None:
    client = Client()
    form = {"username": "ana@test.example", "password": "wrong"}
    statuses = [client.post("/sign-in/", form).status_code for _ in range(10)]

    assert set(statuses[:-1]) == {200}
    right = client.post("/sign-in/", {**form, "password": PASSWORD})
    assert right.status_code == 429
    assert b"Too many tries" in right.content


def test_a_connection_that_is_lost_amid_a_proposal_leaves_nothing_behind(
    here: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = posted(here.client, "Another")

    def lost(*_: Any, **__: Any) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    # The journal has posted and the proposal's row is written by now; telling the client fails.
    monkeypatch.setattr("connects.acts.proposals.submit_many.tell_clients", lost)
    client = signed_in(here, "freelancer")
    client.raise_request_exception = False
    response = client.post(f"/work/{job.public_id}/propose/", {"key": "k", "max_connects": "4"})

    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert b"undone as a whole" in response.content
    assert b"Traceback" not in response.content
    assert balance(here.freelancer) == 16
    assert not Proposal.objects.filter(job=job).exists()


def test_a_search_is_kept_once_and_forgotten(here: Town) -> None:
    client = signed_in(here, "freelancer")
    for _ in range(2):
        kept = client.post("/work/searches/", {"name": "Logos", "query": "q=logo&sort=fewest&"})
        assert kept["Location"] == "/work/?q=logo&sort=fewest"
    body = client.get("/work/?q=logo").content.decode()
    assert body.count(">Logos</a>") == 1

    number = SavedSearch.objects.get().pk
    assert signed_in(here, "agency").post(f"/work/searches/{number}/forget/").status_code == 302
    assert SavedSearch.objects.count() == 1
    client.post(f"/work/searches/{number}/forget/")
    assert SavedSearch.objects.count() == 0


def test_a_closed_post_can_be_posted_again_from_what_it_said(here: Town) -> None:
    body = signed_in(here, "client").get(f"/posts/new/?again={here.job.public_id}").content
    assert b'value="Draw a logo"' in body
    other = signed_in(here, "stranger").get(f"/posts/new/?again={here.job.public_id}").content
    assert b"Draw a logo" not in other


def test_a_statement_is_kept_as_a_pdf_whatever_its_account_is_called(here: Town) -> None:
    Account.objects.filter(pk=here.freelancer.pk).update(name="Анна — 安娜")

    response = signed_in(here, "freelancer").get("/membership/statement.pdf?month=2019-05")

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")

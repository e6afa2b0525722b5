"""What is personal goes, and the ledger stays."""

import pytest
from django.test import Client

from connects.acts.accounts.edit_profile import ProfileForm, edit_profile
from connects.acts.credits import award_badge
from connects.acts.leaving.erase_account import erase_account
from connects.acts.proposals import client_acts
from connects.acts.purchases import buy as purchases
from connects.acts.staff import grant_courtesy
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.market.invoices.models import Document
from connects.market.jobs.models import Job
from connects.market.members.models import RuleBookEdition
from connects.market.notices.models import Notice, OutboxEvent
from connects.market.people.models import Account, User
from connects.market.profiles.models import Profile, ProfileSkill
from connects.market.proposals.models import Message, Proposal
from connects.market.rollout.models import Cohort, CohortKind, Rollout
from connects.market.trust.models import StaffAct
from connects.vocabulary.refusals import Refused
from tests.acts.leaving.town import closed, signed_in, whole
from tests.market.people import NOON, PASSWORD, Town
from tests.web.confirming import confirm

pytestmark = pytest.mark.django_db


def test_erasing_takes_what_is_personal_and_leaves_the_ledger(here: Town) -> None:
    purchases.order(here.freelancer, 10, "ten")
    client_acts.message(here.proposal, here.client, "Hello Ana")
    edit_profile(here.freelancer, ProfileForm(about="I am Ana", skills="Ana", currency="USD"))
    run(NOON)
    before = [record.hash for record in journal().records(here.freelancer.pk)]
    documents = list(Document.objects.values_list("content", flat=True))
    erased = erase_account(here.freelancer, here.operator, "asked by letter")
    assert isinstance(erased, Account), erased

    assert (erased.name, erased.handle, erased.country) == (
        "A former member",
        f"erased-{erased.pk}",
        "",
    )
    assert Proposal.objects.get(pk=here.proposal.pk).cover_letter == "[erased]"
    assert Message.objects.get().text == "Hello Ana", "what the client wrote is the client's"
    assert not Profile.objects.exists()
    assert not ProfileSkill.objects.exists()
    assert not OutboxEvent.objects.filter(account=erased).exists()
    assert not Notice.objects.filter(account=erased).exists()
    assert not User.objects.filter(email__contains="ana").exists()
    assert not User.objects.filter(name="Ana").exists()
    after = [record.hash for record in journal().records(here.freelancer.pk)]
    assert after[: len(before)] == before
    assert list(Document.objects.values_list("content", flat=True)) == documents
    assert {act.act for act in StaffAct.objects.all()} == {"close-account", "erase"}
    assert whole()


def test_in_notices_of_others_the_name_is_replaced(here: Town) -> None:
    run(NOON)
    told = str(list(OutboxEvent.objects.filter(account=here.client).values_list("parameters")))
    erase_account(here.freelancer, here.operator, "asked")
    now = str(list(OutboxEvent.objects.filter(account=here.client).values_list("parameters")))
    assert "'Ana'" not in now
    assert ("'Ana'" in told) == ("A former member" in now)


def test_a_client_s_texts_go_and_its_jobs_stay(here: Town) -> None:
    closed(here.client)
    erase_account(here.client, here.operator, "asked")
    job = Job.objects.get(pk=here.job.pk)
    assert (job.title, job.description, job.budget_cents) == ("[erased]", "", 300_00)
    assert all(revision.fields == {} for revision in job.revisions.all())
    assert not User.objects.filter(name="Acme").exists()
    assert signed_in(here, here.freelancer).get("/proposals/").status_code == 200


@pytest.mark.parametrize("role", ["support", "moderator", "finance", "policy"])
def test_only_operators_erase(here: Town, role: str) -> None:
    staff = User.objects.create_user(f"{role}@test.example", "Sam", PASSWORD, role)
    assert isinstance(erase_account(here.freelancer, staff, "asked"), Refused)
    here.freelancer.refresh_from_db()
    assert here.freelancer.closed is None


def test_the_console_asks_for_the_handle_and_a_reason(here: Town) -> None:
    client = Client()
    client.force_login(here.operator, backend="django.contrib.auth.backends.ModelBackend")
    form = {"act": "erase", "handle": "anna", "reason": "asked"}
    assert client.post("/console/accounts/ana/", form).status_code == 409
    assert (
        client.post("/console/accounts/ana/", {**form, "handle": "ana", "reason": ""}).status_code
        == 409
    )
    here.freelancer.refresh_from_db()
    assert here.freelancer.erased is None
    answer = confirm(client, "/console/accounts/ana/", {**form, "handle": "ana"})
    assert answer.headers["Location"] == f"/console/accounts/erased-{here.freelancer.pk}/"
    assert b"Erased on" in client.get(answer.headers["Location"]).content


def test_a_handle_is_erased_from_the_cohorts_that_list_it(here: Town) -> None:
    edition = RuleBookEdition.objects.latest("pk")
    rollout = Rollout.objects.create(before=edition, after=edition, notice_days=30, drafted=NOON)
    cohort = Cohort.objects.create(
        rollout=rollout,
        number=1,
        kind=CohortKind.ACCOUNTS,
        accounts=["ana", "acme"],
        effective=NOON,
    )
    erase_account(here.freelancer, here.operator, "asked")
    cohort.refresh_from_db()
    assert cohort.accounts == [f"erased-{here.freelancer.pk}", "acme"]


def test_nothing_is_granted_to_an_account_that_is_closed(here: Town) -> None:
    closed(here.freelancer)
    for answer in (
        grant_courtesy.grant(here.freelancer, 5, "sorry", here.operator, "k"),
        award_badge.add_badge(here.freelancer, "top-rated", here.operator),
    ):
        assert isinstance(answer, Refused)
        assert answer.parameters["problem"] == "closed"
    client = Client()
    client.force_login(here.operator, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/console/accounts/ana/").content
    assert b'value="enrol"' not in page
    assert b"Grant courtesy" not in page
    form = {"act": "enrol", "policy": "fair-2026", "when": "now"}
    assert client.post("/console/accounts/ana/", form).status_code == 409

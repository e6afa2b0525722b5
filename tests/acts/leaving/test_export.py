"""A person takes along all that is theirs, and nothing of others."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from connects.acts.accounts.edit_profile import ProfileForm, edit_profile
from connects.acts.accounts.make_api_key import make_key
from connects.acts.proposals import client_acts
from connects.acts.purchases import buy as purchases
from connects.market.invoices.models import Document
from connects.market.trust.models import StaffAct
from connects.vocabulary.refusals import Refused
from tests.acts.leaving.town import signed_in
from tests.market.people import Town

pytestmark = pytest.mark.django_db


def archive(client: Client) -> ZipFile:
    response = client.post("/account/data/")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/zip"
    return ZipFile(BytesIO(response.getvalue()))


def test_an_export_holds_what_is_one_s_own_as_json_and_pdf(here: Town) -> None:
    bought = purchases.order(here.freelancer, 10, "ten")
    assert not isinstance(bought, Refused)
    client_acts.message(here.proposal, here.client, "Hello, when can you begin?")
    make_key(here.user_of(here.freelancer), here.freelancer, "mine")
    edit_profile(here.freelancer, ProfileForm(title="Illustrator", currency="USD"))
    found = archive(signed_in(here, here.freelancer))
    names = set(found.namelist())
    assert found.testzip() is None
    read = {name: json.loads(found.read(name)) for name in names if name.endswith(".json")}
    assert read["person.json"][0]["email"] == "ana@test.example"
    assert [line["kind"] for line in read["ana/wallet.json"]] == ["signup", "spend", "purchase"]
    assert read["ana/proposals.json"][0]["cover_letter"] == "Hello"
    assert read["ana/messages-on-proposals.json"][0]["text"].startswith("Hello, when")
    assert read["ana/shown-profile.json"][0]["title"] == "Illustrator"
    assert read["ana/purchases.json"][0]["credits"] == 10
    receipts = [name for name in names if name.startswith("receipts/")]
    assert len(receipts) == Document.objects.filter(account=here.freelancer).count() > 0
    assert all(found.read(name).startswith(b"%PDF") for name in (*receipts, "summary.pdf"))
    assert StaffAct.objects.get(act="export-own-data").user == here.user_of(here.freelancer)


def test_an_export_holds_nothing_of_others_and_no_secrets(here: Town) -> None:
    user = here.user_of(here.client)
    key = make_key(here.user_of(here.freelancer), here.freelancer, "mine")
    assert not isinstance(key, Refused)
    found = archive(signed_in(here, here.client))
    text = "".join(found.read(name).decode("latin-1") for name in found.namelist())
    assert "ana@test.example" not in text
    assert "cover_letter" not in found.read("acme/jobs.json").decode()
    assert user.password not in text
    assert not any(name.startswith(("ana/", "studio/")) for name in found.namelist())


def test_a_member_of_an_agency_does_not_take_the_agency_along(here: Town) -> None:
    from connects.acts.accounts.team import join_team

    join_team(here.freelancer, here.agency)
    assert not any(
        name.startswith("studio/") for name in archive(signed_in(here, here.freelancer)).namelist()
    )

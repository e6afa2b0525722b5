"""What each of the long lists for staff is narrowed by."""

from datetime import timedelta

import pytest

from connects.acts.accounts.make_api_client import ClientForm, make_client
from connects.acts.accounts.revoke_api_client import revoke_client
from connects.acts.credits.redeem_promo import PromoTerms, make_promo
from connects.acts.jobs.end import close
from connects.acts.jobs.flag import flag_job
from connects.acts.rules.move_accounts import enrol
from connects.acts.staff import grant_courtesy
from connects.acts.staff.moderate import suspend
from connects.bootstrap.clock import held_at
from connects.due.run import run
from connects.market.api_clients.lists import API_CLIENTS
from connects.market.api_clients.models import ApiClient
from connects.market.corrections.lists import CORRECTIONS
from connects.market.grants.lists import promo_codes, promo_state
from connects.market.grants.models import PromoCode
from connects.market.jobs.lists import JOBS
from connects.market.jobs.models import CloseReason
from connects.market.moderation.appeal_list import APPEALS
from connects.market.moderation.lists import FLAGGED, reasons_of
from connects.market.moderation.models import Appeal, FlagReason
from connects.market.notices.lists import EMAILS
from connects.market.people.lists import ACCOUNTS, STANDINGS, standing_of
from connects.market.people.models import Account
from connects.market.proposals.lists import PROPOSALS
from connects.market.rollout.lists import ROLLOUTS, STATES, rollout_state
from connects.market.trust.lists import AUDIT
from connects.vocabulary.parties import AccountKind
from tests.market.listed import listed
from tests.market.people import NOON, Town, registered, rules_change, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db: None) -> Town:
    with held_at(NOON):
        return town()


def test_accounts_by_how_they_stand(here: Town) -> None:
    with held_at(NOON):
        suspend(here.stranger, here.operator, "a fraud")
    Account.objects.filter(pk=here.agency.pk).update(closed=NOON, suspended=NOON)

    found = {
        name: [row.handle for row in listed(ACCOUNTS, standing=name, sort="name")]
        for name in STANDINGS
    }
    assert found == {
        "active": ["acme", "ana"],
        "suspended": ["other"],
        "closed": ["studio"],
        "erased": [],
    }
    for name, handles in found.items():
        rows = Account.objects.filter(handle__in=handles)
        assert all(standing_of(row) == name for row in rows)


def test_accounts_by_the_words_of_their_names(here: Town) -> None:
    Account.objects.filter(pk=here.agency.pk).update(name="Harbour & Pine Studio")

    for text in ("harbour", "pine studio", "STUDIO harb", "Harbour & Pine"):
        assert listed(ACCOUNTS, q=text) == [here.agency], text
    assert listed(ACCOUNTS, q="harbour ana") == []
    assert listed(ACCOUNTS, q="studio") == [here.agency]
    assert listed(ACCOUNTS, q="'; drop table --") == []


def test_accounts_by_their_plan(here: Town) -> None:
    assert listed(ACCOUNTS, plan="basic", sort="name") == [here.freelancer, here.agency]
    assert listed(ACCOUNTS, plan="plus") == []


def test_jobs_by_client_state_and_proposals(here: Town) -> None:
    assert listed(JOBS, client="acme") == [here.job]
    assert listed(JOBS, client="other") == []
    assert listed(JOBS, status="open", **{"proposals-least": "1"}) == [here.job]
    assert listed(JOBS, **{"proposals-least": "2"}) == []
    assert listed(JOBS, sort="proposals") == [here.job]


def test_proposals_by_what_came_back(here: Town) -> None:
    assert listed(PROPOSALS, returned="none") == [here.proposal]
    with held_at(NOON + timedelta(hours=1)):
        close(here.job, here.client, CloseReason.NOT_HIRING)
        run(NOON + timedelta(hours=2))

    assert listed(PROPOSALS, returned="none") == []
    assert listed(PROPOSALS, returned="all") == [here.proposal]
    assert listed(PROPOSALS, q=here.proposal.public_id) == [here.proposal]
    assert listed(PROPOSALS, account="ana", job=here.job.public_id) == [here.proposal]


def test_the_queue_of_flags_says_why_and_what_is_at_stake(here: Town) -> None:
    with held_at(NOON):
        flag_job(here.job, here.agency, FlagReason.UNPAID_WORK)
        flag_job(here.job, here.freelancer, FlagReason.UNPAID_WORK)
        flag_job(here.job, registered("bo", AccountKind.FREELANCER), FlagReason.OTHER)
    (job,) = listed(FLAGGED, reason="unpaid_work")

    assert (job.flagged, job.at_stake) == (3, here.proposal.paid)
    assert reasons_of([job]) == {job.pk: ["It asks for unpaid work", "Something else"]}
    assert listed(FLAGGED, reason="duplicate") == []
    assert listed(FLAGGED, **{"stake-least": str(job.at_stake + 1)}) == []
    assert listed(FLAGGED, sort="stake") == [here.job]


def test_appeals_by_state_and_account(here: Town) -> None:
    appeal = Appeal.objects.create(
        proposal=here.proposal, account=here.freelancer, text="It was a copy.", made=NOON
    )

    assert listed(APPEALS, state="open") == [appeal]
    assert listed(APPEALS, state="granted") == []
    assert listed(APPEALS, account="ana", job=here.job.public_id) == [appeal]


def test_grants_by_who_gave_them(here: Town) -> None:
    with held_at(NOON):
        grant = grant_courtesy.grant(here.freelancer, 5, "an outage", here.operator, "one")

    assert listed(CORRECTIONS, by="olga@test.example", kind="grant") == [grant]
    assert listed(CORRECTIONS, by="sue@test.example") == []
    assert listed(CORRECTIONS, **{"connects-most": "4"}) == []


def test_the_log_by_what_it_is_about(here: Town) -> None:
    with held_at(NOON):
        suspend(here.stranger, here.operator, "a fraud")
        suspend(here.freelancer, here.operator, "another")

    assert [line.reason for line in listed(AUDIT, about="account:ana")] == ["another"]
    assert [line.reason for line in listed(AUDIT, about="account:")] == ["another", "a fraud"]
    assert listed(AUDIT, about="job:") == []
    assert len(listed(AUDIT, by="olga@test.example", act="suspend")) == 2


def test_codes_by_their_state(here: Town) -> None:
    with held_at(NOON):
        for code, first, last in (("NOW", 0, 1), ("LATER", 1, 2)):
            made = make_promo(
                PromoTerms(
                    code=code,
                    connects=5,
                    valid_from=NOON + timedelta(days=first),
                    valid_until=NOON + timedelta(days=last),
                    in_all=1,
                ),
                here.operator,
            )
            assert isinstance(made, PromoCode), made

    def states(days: int) -> dict[str, str]:
        now = NOON + timedelta(days=days)
        found = {
            name: [row.code for row in listed(promo_codes(now), state=name)]
            for name in ("valid", "coming", "over")
        }
        for row in PromoCode.objects.all():
            assert row.code in found[promo_state(row, now)]
        return {code: name for name, codes in found.items() for code in codes}

    assert states(0) == {"NOW": "valid", "LATER": "coming"}
    assert states(1) == {"NOW": "over", "LATER": "valid"}
    assert states(2) == {"NOW": "over", "LATER": "over"}
    PromoCode.objects.filter(code="NOW").update(used=1)
    assert [row.code for row in listed(promo_codes(NOON), state="used-up")] == ["NOW"]
    assert promo_state(PromoCode.objects.get(code="NOW"), NOON) == "used up"


def test_clients_by_name_with_the_keys_that_work(here: Town) -> None:
    with held_at(NOON):
        for name in ("shop", "till"):
            make_client(ClientForm(name=name, scopes=["read"], networks=[]), here.operator)
        revoke_client(ApiClient.objects.get(name="till"), here.operator)

    assert [row.name for row in listed(API_CLIENTS, state="active")] == ["shop"]
    assert [row.name for row in listed(API_CLIENTS, q="TIL")] == ["till"]
    assert [len(row.live_keys) for row in listed(API_CLIENTS, q="shop")] == [1]


def test_rollouts_by_their_state(here: Town) -> None:
    with held_at(NOON):
        rollout = rules_change(here.operator)

    assert listed(ROLLOUTS, state="running", to="fair-2026") == [rollout]
    assert [rollout_state(row) for row in listed(ROLLOUTS)] == ["scheduled"]
    with held_at(NOON + timedelta(days=40)):
        run(NOON + timedelta(days=40))
    assert {state for state in STATES if listed(ROLLOUTS, state=state)} == {"complete"}
    assert [rollout_state(row) for row in listed(ROLLOUTS)] == ["complete"]


def test_e_mails_by_address_and_state(here: Town) -> None:
    with held_at(NOON):
        enrol(registered("bo", AccountKind.FREELANCER, "upwork-2018"), "upwork-2019-05")
        run(NOON)

    (letter,) = listed(EMAILS, email="bo@test.example", about="policy-change")
    assert listed(EMAILS, state=letter.state, account="bo") == [letter]
    assert listed(EMAILS, email="nobody@test.example") == []

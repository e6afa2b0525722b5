"""A host's jobs: facts that are priced, edited, ended and invited to, under its own ids."""

from datetime import timedelta

import pytest

from connects.acts.credits import return_paid
from connects.bootstrap.clock import held_at
from connects.market.jobs.models import Job
from tests.api.calling import problem
from tests.api.hosts import Host
from tests.market.people import NOON, Town


def facts(**more: object) -> dict[str, object]:
    return {"client": "c-1", "kind": "fixed", "budget_cents": 900_00, **more}


def test_a_job_is_priced_by_its_facts_without_texts(here: Town) -> None:
    told = Host().job("9")

    assert (told["id"], told["client"], told["status"], told["revision"]) == ("9", "c-1", "open", 1)
    assert told["price"]["connects"] > 0
    assert told["price"]["inputs"]["budget_cents"] == 900_00


def test_the_length_of_a_text_that_stays_with_the_host_is_among_the_facts(here: Town) -> None:
    told = Host().job("9", description_characters=1_234)

    assert told["price"]["inputs"]["description_characters"] == 1_234


def test_a_late_sync_does_not_start_the_clients_silence_anew(here: Town) -> None:
    Host().job("9", posted_at="2019-05-01T08:00:00Z")

    job = Job.objects.get(external_id="9")
    assert (job.posted.day, job.client_active.day) == (1, 1)


def test_a_job_with_the_same_facts_is_answered_as_it_is_and_an_edit_makes_a_revision(
    here: Town,
) -> None:
    host = Host()
    first = host.job("9")

    again = host.put("jobs/9", facts())
    edited = host.put("jobs/9", facts(budget_cents=100_00), **{"if-match": "1"})
    late = host.put("jobs/9", facts(), **{"if-match": "1"})

    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (200, "true")
    assert (edited.status_code, edited.json()["revision"]) == (200, 2)
    assert edited.json()["price"]["connects"] < first["price"]["connects"]
    assert problem(late, 412)["parameters"]["revision"] == 2


def test_a_job_stays_its_clients(here: Town) -> None:
    host = Host()
    host.job("9")
    host.put("accounts/c-2", {"kind": "client"})

    told = problem(host.put("jobs/9", facts(client="c-2")), 409)

    assert (told["code"], told["parameters"]["fields"]) == ("already_different", ["client"])


def test_what_the_host_tells_of_a_client_is_marked_among_the_reasons(here: Town) -> None:
    host = Host()
    record = {"posts_ended": 20, "left_open": 10, "hires": 9}
    host.put("accounts/c-1", {"kind": "client", "client_record": record})

    told = host.put("jobs/9", facts()).json()

    (reason,) = [each for each in told["price"]["reasons"] if each["code"] == "told_by_host"]
    assert reason["parameters"] == {"posts": 20, "left_open": 10, "hires": 9}
    assert told["price"]["inputs"]["client_posts_ended"] == 20


@pytest.mark.parametrize("how", ["not_hiring", "hired_elsewhere", "filled", "removed", "expired"])
def test_a_job_that_ended_twice_alike_ended_once(here: Town, how: str) -> None:
    host = Host()
    host.job("9")

    first = host.post("jobs/9/end", {"how": how})
    again = host.post("jobs/9/end", {"how": how})

    assert first.status_code == again.status_code == 200, first.content
    assert first.json()["how"] == how
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replayed"] == "true"


def test_a_job_that_ended_does_not_end_otherwise_nor_change(here: Town) -> None:
    host = Host()
    host.job("9")
    host.post("jobs/9/end", {"how": "filled"})

    told = problem(host.post("jobs/9/end", {"how": "not_hiring"}), 409)

    assert told["parameters"]["fields"] == ["how"]
    assert problem(host.put("jobs/9", facts(budget_cents=1)), 409)["code"] == "job_closed"
    assert host.put("jobs/9", facts()).status_code == 200


def test_what_was_paid_comes_back_when_a_job_is_removed(here: Town) -> None:
    host = Host()
    host.job("9")
    host.freelancer("u-7")
    paid = host.put("proposals/p-1", {"account": "u-7", "job": "9", "max_connects": 50}).json()

    host.post("jobs/9/end", {"how": "removed"})
    return_paid.do_due(NOON, NOON)

    told = host.get("proposals/p-1").json()
    assert (told["status"], told["returned"]) == ("closed", paid["connects"])


def test_an_invitation_makes_a_proposal_free_and_is_sent_once(here: Town) -> None:
    host = Host()
    host.job("9")
    host.freelancer("u-7")

    first, again = host.put("jobs/9/invitations/u-7", {}), host.put("jobs/9/invitations/u-7", {})
    (quote,) = host.post("quotes", {"account": "u-7", "jobs": ["9"]}).json()["quotes"]

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert (quote["connects"], quote["free"]) == (0, "invited")


def test_activity_at_the_host_restarts_the_clients_silence(here: Town) -> None:
    host = Host()
    host.job("9")

    with held_at(NOON + timedelta(days=2)):
        host.put("jobs/9", facts(activity=True))

    assert Job.objects.get(external_id="9").client_active == NOON + timedelta(days=2)


WRONG = {
    "no client": ({"kind": "fixed"}, 422, "invalid"),
    "a client unknown": (facts(client="nobody"), 404, "account_unknown"),
    "a freelancer for a client": (facts(client="u-7"), 422, "wrong_kind"),
    "an id that is none": (facts(client="a b"), 422, "invalid"),
    "a budget of nothing": (facts(budget_cents=0), 422, "invalid"),
    "a day to come": (facts(posted_at="2030-01-01T00:00:00Z"), 422, "invalid"),
    "an unknown field": (facts(bugdet=1), 422, "invalid"),
    "NUL": (facts(title="a\0"), 422, "invalid"),
}


@pytest.mark.parametrize(("body", "status", "code"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_a_job_is_told(here: Town, body: object, status: int, code: str) -> None:
    host = Host()
    host.put("accounts/c-1", {"kind": "client"})
    host.freelancer("u-7")

    assert problem(host.put("jobs/9", body), status)["code"] == code
    assert not Job.objects.filter(external_id="9").exists()


def test_ids_of_another_kind_are_unknown(here: Town) -> None:
    host = Host()
    host.job("9")
    host.freelancer("u-7")

    assert problem(host.get("jobs/u-7"), 404)["code"] == "job_unknown"
    assert problem(host.get("accounts/9/wallet"), 404)["code"] == "account_unknown"
    assert problem(host.put("jobs/9/invitations/c-1", {}), 422)["code"] == "wrong_kind"
    assert problem(host.post("jobs/nowhere/end", {"how": "filled"}), 404)["code"] == "job_unknown"
    assert problem(host.post("jobs/9/end", {"how": "eaten"}), 422)["code"] == "invalid"


def test_a_job_says_which_skills_it_asks_for(here: Town) -> None:
    host = Host()
    told = host.job("9", skills=["Python", "python", " Web design "])

    assert told["skills"] == ["Python", "Web design"]
    again = host.put("jobs/9", facts(skills=["Python", "Web design"]))
    assert again.headers["Idempotent-Replayed"] == "true"
    for wrong in (["x" * 41], ["a,b"], ["a\x00"], ["x"] * 16, "Python", [1]):
        assert host.put("jobs/9", facts(skills=wrong)).status_code == 422

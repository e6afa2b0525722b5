"""A member's own program: it reads, asks and proposes as far as its key may, and the member is told."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from connects.acts.accounts.team import join_team
from connects.acts.jobs.make_cloud import make_cloud
from connects.acts.proposals.limit_spending import set_spending_limit
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.journal.proof.verify import verify
from connects.market.keys.scopes import KeyScope
from connects.market.notices.models import Notice
from connects.market.people.models import Account, TeamMembership
from connects.market.proposals.models import Proposal
from connects.statements.notices.table import notice_text
from connects.vocabulary.parties import AccountKind
from tests.api.calling import person_of, problem, program_with
from tests.api.hosts import Host
from tests.market.people import NOON, Town, posted, registered, town

pytestmark = pytest.mark.django_db

LETTER = "I have written three of these."


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


@pytest.fixture
def program(here: Town) -> Host:
    return program_with(here.freelancer)


def told(account: Account) -> list[str]:
    """What the account finds in its inbox about its programs."""
    run(NOON + timedelta(minutes=1))
    rows = Notice.objects.filter(account=account, code__startswith="program-").order_by("id")
    return [notice_text(row.code, row.parameters) for row in rows]


def sent(program: Host, job: str, key: str = "k-1", **more: Any) -> Any:
    body = {"job": job, "max_connects": 6, "cover_letter": LETTER, **more}
    return program.post("me/proposals", body, **{"Idempotency-Key": key})


def test_a_program_finds_asks_sends_withdraws_and_the_member_is_told(
    here: Town, program: Host
) -> None:
    job = posted(here.client, "Write a handbook")
    before = program.get("me/wallet").json()

    (found,) = program.get("me/jobs", words="handbook").json()["items"]
    read = program.get(f"me/jobs/{found['id']}").json()
    (quote,) = program.post("me/quotes", {"jobs": [found["id"]]}).json()["quotes"]
    made = sent(program, found["id"], quote=quote["id"], max_connects=None)
    back = program.post(f"me/proposals/{made.json()['id']}/withdraw")

    assert found["id"] == job.public_id
    assert found["connects"] == read["connects"] == quote["connects"] == made.json()["connects"]
    assert (made.status_code, made.json()["title"]) == (201, "Write a handbook")
    assert made.json()["wallet"]["balance"] == before["balance"] - quote["connects"]
    assert made.json()["may_come_back"] == quote["connects"]
    assert (back.status_code, back.json()["status"]) == (200, "withdrawn")
    row = Proposal.objects.get(public_id=made.json()["id"])
    assert (row.cover_letter, row.member) == (LETTER, person_of(here.freelancer))
    first, second = told(here.freelancer)
    assert "“a program”" in first
    assert "sent a proposal for “Write a handbook”. It cost 4 Connects." in first
    assert "withdrew your proposal for “Write a handbook”." in second
    assert [entry["kind"] for entry in program.get("me/wallet/entries").json()["items"]][:1] == [
        "spend"
    ]
    for proof in verify(journal()):
        assert proof.breaches == ()


def test_the_same_again_is_the_same_answer_and_another_body_is_refused(
    here: Town, program: Host
) -> None:
    job, other = posted(here.client, "One").public_id, posted(here.client, "Two").public_id
    quote = program.post("me/quotes", {"jobs": [job]}).json()["quotes"][0]["id"]
    first = sent(program, job, quote=quote, max_connects=None)

    with held_at(NOON + timedelta(minutes=11)):
        again = sent(program, job, quote=quote, max_connects=None)
        differs = sent(program, job, quote=quote, max_connects=None, cover_letter="Another")
        stale = sent(program, other, "k-2", quote=quote, max_connects=None)
        twice = sent(program, job, "k-3")
        unnamed = program.post("me/proposals", {"job": job, "max_connects": 6})

    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (200, "true")
    assert again.json()["id"] == first.json()["id"]
    assert problem(differs, 409)["parameters"] == {"fields": ["cover_letter"]}
    assert problem(stale, 422)["code"] == "quote_of_another"
    assert problem(twice, 409)["code"] == "already_proposed"
    assert problem(unnamed, 400)["code"] == "idempotency_key_needed"
    assert len(told(here.freelancer)) == 1
    withdrawn = program.post(f"me/proposals/{first.json()['id']}/withdraw")
    twice_withdrawn = program.post(f"me/proposals/{first.json()['id']}/withdraw")
    assert "Idempotent-Replayed" not in withdrawn.headers
    assert twice_withdrawn.headers["Idempotent-Replayed"] == "true"


def test_a_host_s_names_and_a_program_s_keys_never_meet(here: Town, program: Host) -> None:
    one, two = posted(here.client, "One").public_id, posted(here.client, "Two").public_id
    mine = sent(program, one, "p-81")
    theirs = Host().put(
        "proposals/p-81", {"account": here.freelancer.handle, "job": two, "max_connects": 6}
    )

    assert (mine.status_code, theirs.status_code) == (201, 201)
    listed = program.get("me/proposals").json()["items"]
    assert {"p-81", mine.json()["id"]} <= {each["id"] for each in listed}
    assert program.get("me/proposals/p-81").json()["job"] == two


def test_spending_limits_and_the_price_hold_for_programs(here: Town, program: Host) -> None:
    job = posted(here.client, "One").public_id
    dear = sent(program, job, max_connects=3)
    set_spending_limit(here.freelancer, 3)
    limited = sent(program, job)

    assert problem(dear, 409)["code"] == "price_changed"
    assert problem(limited, 403)["parameters"]["problem"] == "spending_limit"
    assert told(here.freelancer) == []


def test_a_member_of_a_team_proposes_for_the_agency_within_their_limit(here: Town) -> None:
    join_team(here.freelancer, here.agency)
    TeamMembership.objects.update(may_spend=False)
    job = posted(here.client, "One").public_id
    program = program_with(here.agency, user=person_of(here.freelancer))

    refused = sent(program, job)
    TeamMembership.objects.update(may_spend=True)
    grant = {"account": here.agency.handle, "credits": 10, "reason": "A test"}
    assert Host().put("grants/g-1", grant).status_code == 201
    made = sent(program, job)

    assert problem(refused, 403)["parameters"]["problem"] == "may_not_spend"
    assert made.json()["account"] == here.agency.handle
    assert made.json()["wallet"]["balance"] == 10 - made.json()["connects"]
    row = Proposal.objects.get(public_id=made.json()["id"])
    assert (row.account, row.for_agency_by) == (here.agency, here.freelancer)
    assert len(told(here.agency)) == 1
    assert told(here.freelancer) == []


def test_a_key_does_what_its_scopes_say_and_no_more(here: Town) -> None:
    job = posted(here.client, "One").public_id
    calls: dict[KeyScope, Callable[[Host], tuple[Any, ...]]] = {
        KeyScope.READ: lambda p: (p.get("me"), p.get("me/wallet"), p.get("me/proposals")),
        KeyScope.QUOTE: lambda p: (p.get("me/jobs"), p.post("me/quotes", {"jobs": [job]})),
        KeyScope.PROPOSE: lambda p: (sent(p, job), p.post("me/proposals/x/withdraw")),
    }
    for held in KeyScope:
        program = program_with(here.freelancer, held)
        for scope, call in calls.items():
            for answer in call(program):
                is_refused = answer.status_code == 403
                assert is_refused == (scope is not held), (held, answer.content)
                if is_refused:
                    assert problem(answer, 403)["parameters"] == {"scope": scope.value}


def test_what_others_have_is_not_there(here: Town) -> None:
    hidden = posted(here.client, "Hidden")
    hidden.cloud = make_cloud("Friends", here.client, [])  # type: ignore[assignment]
    hidden.save()
    other = registered("nia", AccountKind.FREELANCER)
    program = program_with(other)

    answers = [
        program.get(f"me/proposals/{here.proposal.public_id}"),
        program.post(f"me/proposals/{here.proposal.public_id}/withdraw"),
        program.get(f"me/jobs/{hidden.public_id}"),
        sent(program, hidden.public_id),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert program.get("me/proposals").json()["items"] == []
    (quote,) = program.post("me/quotes", {"jobs": [hidden.public_id]}).json()["quotes"]
    assert quote["problem"]["code"] == "job_unknown"
    assert "Hidden" not in {job["title"] for job in program.get("me/jobs").json()["items"]}


def test_lists_go_on_where_they_stopped_whatever_comes_in_between(
    here: Town, program: Host
) -> None:
    for number in range(4):
        posted(here.client, f"Job {number}")
    first = program.get("me/jobs", limit=2).json()
    posted(here.client, "Newer")
    second = program.get("me/jobs", limit=100, cursor=first["next"]).json()

    titles = [job["title"] for job in (*first["items"], *second["items"])]
    assert titles[:4] == ["Job 3", "Job 2", "Job 1", "Job 0"]
    assert second["next"] is None
    entries = program.get("me/wallet/entries", limit=1).json()
    rest = program.get("me/wallet/entries", cursor=entries["next"]).json()
    assert [each["sequence"] for each in (*entries["items"], *rest["items"])] == [2, 1]
    assert (
        problem(program.get("me/proposals", cursor=first["next"]), 422)["code"] == "cursor_unknown"
    )


def test_a_key_that_has_expired_and_a_key_of_the_other_kind_say_so(here: Town) -> None:
    program = program_with(here.freelancer, days=30)
    host = Host()

    with held_at(NOON + timedelta(days=30)):
        assert problem(program.get("me/wallet"), 401)["code"] == "key_expired"
    with held_at(NOON + timedelta(days=29)):
        assert program.get("me/wallet").status_code == 200
    assert problem(host.get("me/wallet"), 403)["code"] == "personal_key_needed"
    assert problem(program.get("accounts/x/wallet"), 403)["code"] == "server_key_needed"
    client = program_with(here.client)
    assert problem(client.get("me/wallet"), 403)["parameters"] == {"problem": "freelancers_only"}


def test_programs_call_as_often_as_people_may(here: Town, program: Host, settings: Any) -> None:
    settings.API_CALLS_A_MINUTE = 3

    answers = [program.get("me/wallet") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200] * 3 + [429]
    assert "Retry-After" in answers[-1].headers

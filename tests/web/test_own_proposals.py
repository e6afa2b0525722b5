"""My proposals: tabs that divide them, a search, what came back and what still may."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from connects.acts.credits.forecast_returns import most_of, still_back
from connects.acts.jobs.end import close
from connects.acts.notices.outbox import deliver_outbox
from connects.acts.proposals import client_acts
from connects.acts.proposals.offer import make_offer
from connects.acts.proposals.withdraw import withdraw_proposal
from connects.bootstrap.clock import held_at
from connects.due.run import run
from connects.market.jobs.models import CloseReason
from connects.market.people.models import Account, User
from connects.market.proposals.models import Proposal
from connects.market.proposals.own_list import TABS, counts_of, own_page
from connects.market.proposals.pipeline import ProposalState, state_of
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, posted, proposed, registered

pytestmark = pytest.mark.django_db


class Board:
    """A freelancer under fair rules with a proposal in each state."""

    def __init__(self) -> None:
        self.ana = registered("ana", AccountKind.FREELANCER, "fair-2026")
        self.acme = registered("acme", AccountKind.CLIENT, "fair-2026")
        self.rows: dict[str, Proposal] = {}
        for state in ProposalState:
            if state.value != "held":
                self.rows[state] = proposed(
                    posted(self.acme, f"Job {state.words}"), self.ana, f"key {state.value}"
                )
        for name, act in (
            ("opened", client_acts.open_proposal),
            ("answered", client_acts.message),
            ("shortlisted", client_acts.shortlist),
            ("offered", make_offer),
            ("hired", client_acts.hire),
            ("declined", client_acts.decline),
        ):
            assert isinstance(act(self.rows[name], self.acme), Proposal)
        withdraw_proposal(self.rows["withdrawn"], self.ana)
        close(self.rows["not_chosen"].job, self.acme, CloseReason.FILLED)
        close(self.rows["closed"].job, self.acme, CloseReason.NOT_HIRING)

    def in_tab(self, name: str) -> set[ProposalState]:
        tab = next(tab for tab in TABS if tab.name == name)
        return {state_of(row) for row in own_page(self.ana, tab, "", 1).items}


@pytest.fixture
def board() -> Iterator[Board]:
    with held_at(NOON):
        yield Board()


def test_the_list_asks_for_what_waits_for_its_reader(board: Board) -> None:
    client_acts.message(board.rows["answered"], board.acme, "When could you begin?")
    deliver_outbox(NOON)
    offers, active = (page(board.ana, f"/proposals/?tab={tab}") for tab in ("offers", "active"))

    assert offers.count(">Answer the offer<") == 1
    assert active.count(">Read and reply<") == 1
    assert ">Read and reply<" not in offers


def page(account: Account, address: str) -> str:
    client = Client()
    user = User.objects.get(memberships__account=account)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


S = ProposalState
IN_TABS = {
    "active": {S.SUBMITTED, S.OPENED, S.ANSWERED, S.SHORTLISTED, S.OFFERED},
    "interviews": {S.ANSWERED, S.SHORTLISTED},
    "offers": {S.OFFERED},
    "hired": {S.HIRED},
    "over": {S.DECLINED, S.NOT_CHOSEN, S.CLOSED},
    "withdrawn": {S.WITHDRAWN},
}


def test_each_state_stands_in_its_tab(board: Board) -> None:
    assert {tab.name: board.in_tab(tab.name) for tab in TABS if tab.name} == IN_TABS


def test_the_counts_are_those_of_the_tabs(board: Board) -> None:
    counts = counts_of(board.ana)

    assert counts[""] == len(board.rows)
    assert {name: counts[name] for name in IN_TABS} == {
        name: len(states) for name, states in IN_TABS.items()
    }
    own = ("active", "hired", "over", "withdrawn")
    assert sum(counts[name] for name in own) == counts[""]


def test_a_tab_with_counts_is_shown_and_marked(board: Board) -> None:
    shown = page(board.ana, "/proposals/?tab=over")

    assert 'href="/proposals/?tab=over" aria-current="page"' in shown
    assert "Job Declined" in shown
    assert "Job Hired" not in shown


def test_a_search_keeps_its_tab_and_says_where_nothing_fits(board: Board) -> None:
    assert "Job Hired" in page(board.ana, "/proposals/?tab=hired&q=hired")
    assert "No proposal matches “Declined”" in page(board.ana, "/proposals/?tab=hired&q=Declined")


@pytest.mark.parametrize("asked", ["?tab=nowhere", "?page=999999999999", "?q=%00%27", "?tab=%F0"])
def test_nonsense_shows_the_list(board: Board, asked: str) -> None:
    page(board.ana, f"/proposals/{asked}")


@pytest.mark.parametrize(
    ("state", "most"),
    [
        ("submitted", 2),
        ("opened", 1),
        ("answered", 0),
        ("shortlisted", 0),
        ("hired", 0),
        ("withdrawn", 0),
        ("closed", 0),
    ],
)
def test_what_may_still_come_back_follows_how_far_it_got(
    board: Board, state: str, most: int
) -> None:
    row = Proposal.objects.get(pk=board.rows[state].pk)

    assert most_of(still_back(row, NOON)) == most


def test_what_may_come_back_is_what_then_comes_back(board: Board) -> None:
    for state in ("submitted", "opened", "answered", "declined"):
        row = Proposal.objects.get(pk=board.rows[state].pk)
        told = {case.cause.value: case.connects for case in still_back(row, NOON)}
        close(row.job, board.acme, CloseReason.NOT_HIRING)
        row.refresh_from_db()
        assert row.returned == told["closed_without_hire"], state


def test_the_head_adds_up_what_is_open(board: Board) -> None:
    open_rows = [board.rows[state] for state in IN_TABS["active"]]

    shown = page(board.ana, "/proposals/")

    assert f"{sum(row.paid for row in open_rows)} Connects are in open proposals." in shown
    assert "Up to <b>4 may still come back</b>" in shown


def test_why_and_when_something_came_back_stands_beside_it(board: Board) -> None:
    shown = page(board.ana, "/proposals/?q=Closed")

    assert "the client closed the job without hiring, 20 May" in shown
    of_one = page(board.ana, f"/proposals/{board.rows['closed'].public_id}/")
    assert "the client closed the job without hiring, 20 May 2019, 12:00" in of_one


def test_what_may_come_back_is_listed_on_the_proposal(board: Board) -> None:
    shown = page(board.ana, f"/proposals/{board.rows['opened'].public_id}/")

    assert "What may still come back" in shown
    assert "1 if the client closes the job without hiring" in shown


def test_news_marks_a_proposal_until_it_is_looked_at(board: Board) -> None:
    run(NOON)
    new = '<span class="badge move">New</span>'
    assert new in page(board.ana, "/proposals/?q=Shortlisted")

    page(board.ana, f"/proposals/{board.rows['shortlisted'].public_id}/")

    assert new not in page(board.ana, "/proposals/?q=Shortlisted")
    assert new in page(board.ana, "/proposals/?q=Hired")


def test_many_proposals_are_listed_with_few_queries(
    board: Board, django_assert_max_num_queries: Any
) -> None:
    with held_at(NOON + timedelta(minutes=1)):
        for number in range(15):
            row = board.rows["submitted"]
            row.pk, row.public_id = None, f"p{number}"
            row.job, row.key = posted(board.acme, f"More {number}"), f"more {number}"
            row.save()
    client = Client()
    user = User.objects.get(memberships__account=board.ana)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with django_assert_max_num_queries(12):
        assert client.get("/proposals/?q=job").status_code == 200

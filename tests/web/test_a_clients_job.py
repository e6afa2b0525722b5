"""A client's own job: what its page says of closing, of silence and of a removal."""

from collections.abc import Iterator

import pytest

from connects.acts.jobs.end import close
from connects.acts.jobs.take_down import remove_job
from connects.acts.proposals.invite import invite_to_job
from connects.bootstrap.clock import held_at
from connects.due.run import run
from connects.market.jobs.models import CloseReason
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, Town, posted, proposed, registered, town
from tests.web.confirming import shown_in
from tests.web.signed_in import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


def page(here: Town) -> str:
    return browser(here.client).get(f"/posts/{here.job.public_id}/").content.decode()


def test_closing_without_a_reason_is_an_error_by_the_pages_title(here: Town) -> None:
    answer = browser(here.client).post(f"/posts/{here.job.public_id}/close/", {})

    assert "<title>Error: Draw a logo – Connects</title>" in answer.content.decode()
    assert 'value="not_hiring" required' in page(here)


def test_closing_what_is_closed_already_speaks_to_the_client(here: Town) -> None:
    window, address = browser(here.client), f"/posts/{here.job.public_id}/close/"
    shown = shown_in(window.post(address, {"reason": "not_hiring"}).content.decode())
    close(here.job, here.client, CloseReason.NOT_HIRING)

    late = window.post(address, {"reason": "not_hiring", "confirmed": shown})

    assert "This job is over, so nothing was changed." in late.content.decode()
    assert "Find work" not in late.content.decode().partition("<main")[2]


def test_a_job_that_was_removed_says_what_went_back(here: Town) -> None:
    remove_job(here.job, here.operator, "It asks for work without pay.")
    run(NOON)

    assert "It asks for work without pay." in page(here)
    assert f"{here.proposal.paid} Connects went back to 1 freelancer." in page(here)


def test_silence_is_announced_with_its_day_and_what_it_gives_back() -> None:
    with held_at(NOON):
        acme = registered("acme", AccountKind.CLIENT, "fair-2026")
        ana = registered("ana", AccountKind.FREELANCER, "fair-2026")
        job = posted(acme)
        sent = proposed(job, ana)
        text = browser(acme).get(f"/posts/{job.public_id}/").content.decode()

    assert "If you do nothing until 10 June 2019, we close it for you." in text
    assert f"{sent.paid} Connects go back to 1 freelancer." in text


def test_rules_that_close_nothing_for_silence_announce_no_day(here: Town) -> None:
    assert "If you do nothing" not in page(here)


def test_everyone_paid_only_where_nobody_proposed_for_free(here: Town) -> None:
    for name in ("ben", "cy"):
        paying = registered(name, AccountKind.FREELANCER, "fair-2026")
        proposed(here.job, paying)
    assert "Everyone here paid to be read." in page(here)

    invite_to_job(here.job, here.agency, here.client)
    proposed(here.job, here.agency)
    assert "Everyone here paid to be read." not in page(here)

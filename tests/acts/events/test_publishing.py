"""What has happened reaches the feed once, in an order that never changes."""

import threading
from collections import Counter

import pytest
from django.db import connection, connections, transaction

from connects.acts.events.publish import publish_events
from connects.acts.jobs.end import close
from connects.acts.leaving.erase_account import erase_account
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.ledger.commands import Reverse
from connects.market.events.event_documents import event_documents
from connects.market.events.feed import feed_page
from connects.market.events.models import FeedEvent
from connects.market.jobs.models import CloseReason
from connects.vocabulary.event_types import EVENT_TYPES, WALLET_ENTRY
from tests.journal.test_contract import NOW, frame, issue, spend
from tests.market.people import NOON, Town, town


def published() -> list[tuple[int, int]]:
    while publish_events():
        pass
    places = feed_page(0, 100_000).places
    assert [place.position for place in places] == list(range(1, len(places) + 1))
    return [place.line for place in places if place.row.type == WALLET_ENTRY]


def in_the_journal() -> Counter[tuple[int, int]]:
    return Counter((entry.wallet, entry.number) for entry, _, _ in journal().every_record())


@pytest.mark.django_db
def test_every_line_of_every_wallet_is_published_once_in_the_order_of_its_wallet() -> None:
    journal().open_wallets(range(1, 301))
    for number in range(3):
        journal().post([issue(wallet, 9, f"issue-{number}") for wallet in range(1, 301)], NOW)
        published()
    journal().post([spend(5, 1, f"spend-{number}") for number in range(9)], NOW)

    lines = published()

    assert Counter(lines) == in_the_journal()
    for wallet in (1, 5, 300):
        numbers = [number for owner, number in lines if owner == wallet]
        assert numbers == sorted(numbers)


# On SQLite whoever writes is alone: nothing commits late, and nobody else publishes meanwhile.
if connection.vendor == "postgresql":

    @pytest.mark.django_db(transaction=True)
    def test_what_commits_late_is_published_later_and_never_skipped() -> None:
        journal().open_wallets([1, 2])
        posted, published_once = threading.Event(), threading.Event()

        def post_late() -> None:
            with transaction.atomic():
                journal().post_one(issue(1, 10), NOW)
                posted.set()
                published_once.wait(20)
            connections.close_all()

        late = threading.Thread(target=post_late)
        late.start()
        posted.wait(20)
        with transaction.atomic():
            journal().post_one(issue(2, 10), NOW)
        first = published()
        published_once.set()
        late.join()

        assert first == [(2, 1)]
        assert published() == [(2, 1), (1, 1)]

    @pytest.mark.django_db(transaction=True)
    def test_one_publishes_at_a_time() -> None:
        journal().open_wallets([1])
        with transaction.atomic():
            journal().post_one(issue(1, 10), NOW)
        publish_events()
        with transaction.atomic():
            journal().post_one(spend(1, 1), NOW)
        counts: list[int] = []

        def publish_too() -> None:
            counts.append(publish_events())
            connections.close_all()

        with transaction.atomic():
            assert publish_events() == 1
            other = threading.Thread(target=publish_too)
            other.start()
            other.join()

        assert counts == [0]
        assert published() == [(1, 1), (1, 2)]


@pytest.fixture
def here(db: None) -> Town:
    with held_at(NOON):
        return town()


def told() -> list[tuple[str, dict[str, object]]]:
    while publish_events():
        pass
    documents = event_documents(feed_page(0, 100_000).places)
    return [(each["type"], each["data"]) for each in documents]


def test_a_proposals_events_are_about_who_proposed_by_the_hosts_ids(here: Town) -> None:
    proposal, job = here.proposal.public_id, here.job.public_id
    about = {"account": here.freelancer.handle, "proposal": proposal, "job": job}
    with held_at(NOON):
        close(here.job, here.client, CloseReason.NOT_HIRING)
        run(NOON)

    events = told()

    assert ("proposal.submitted", about) in events
    spent = next(data for _, data in events if data.get("kind") == "spend")
    assert spent["reference"] == {"proposal": proposal, "job": job}
    assert (
        "job.ended",
        {"account": here.client.handle, "job": job, "how": "not_hiring", "by": "client"},
    ) in events
    returned = next(data for name, data in events if name == "proposal.returned")
    assert {**about, "credits": -int(str(spent["credits"]))}.items() <= returned.items()


def test_events_tell_programs_no_names_and_no_texts(here: Town) -> None:
    documents = str(told())

    assert here.job.title not in documents
    assert here.freelancer.name not in documents.replace(here.freelancer.handle, "")


def test_events_outlive_who_they_are_about(here: Town) -> None:
    before = told()
    with held_at(NOON):
        erase_account(here.freelancer, here.operator, "asked for it")

    after = told()

    assert len(after) > len(before)
    assert [name for name, _ in after[: len(before)]] == [name for name, _ in before]
    assert "account.erased" in {name for name, _ in after}
    assert "account.suspended" not in {name for name, _ in before}


def test_a_line_tells_the_debt_after_it(db: None) -> None:
    journal().open_wallets([1])
    journal().post_one(issue(1, 10), NOW)
    journal().post_one(spend(1, 8), NOW)
    journal().post_one(Reverse(**frame(1, "back"), lot=1), NOW)
    journal().post_one(issue(1, 3, "more"), NOW)

    assert [data["debt"] for _, data in told()] == [0, 0, 8, 5]


def test_every_published_type_is_in_the_table(here: Town) -> None:
    told()

    assert set(FeedEvent.objects.values_list("type", flat=True)) <= set(EVENT_TYPES)

"""How often something may be done: counted exactly, told with the number and the wait, and forgotten."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from connects.acts.credits.redeem_promo import redeem_promo
from connects.acts.oversight.count_acts import count_act, count_acts, forget_old_counts
from connects.acts.proposals import client_acts
from connects.acts.proposals.message import answer_client, conversation
from connects.bootstrap.clock import held_at
from connects.market.limits import table
from connects.market.limits.models import ActCount
from connects.market.limits.table import Limit, numbers_from
from connects.market.people.models import Account, User
from connects.market.proposals.models import Proposal
from connects.statements.limit_words import span_text
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, PASSWORD, Town, posted, proposed, town

pytestmark = pytest.mark.django_db
HOURLY = Limit(
    name="hourly",
    by="account",
    most=3,
    within=timedelta(hours=1),
    problem=Problem.TOO_MANY_POSTS,
    noun="things",
)


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


def signed_in(account: Account) -> Client:
    client = Client()
    user = User.objects.get(memberships__account=account)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_window_begins_with_its_first_act_and_says_when_it_ends() -> None:
    begin = NOON + timedelta(minutes=17)
    assert [count_act(HOURLY, "account:1", begin) for _ in range(3)] == [None] * 3
    refused = count_act(HOURLY, "account:1", begin + timedelta(minutes=20, milliseconds=1))

    assert refused is not None
    assert refused.parameters["problem"] == "too_many_posts"
    assert refused.parameters["most"] == 3
    assert refused.retry_after_seconds == 40 * 60
    assert "3 things" in refusal_text(refused)
    assert "40 minutes" in refusal_text(refused)
    assert count_act(HOURLY, "account:2", begin) is None
    assert count_act(HOURLY, "account:1", begin + timedelta(hours=1)) is None


def test_a_clock_that_is_put_back_locks_nobody_out() -> None:
    for _ in range(4):
        count_act(HOURLY, "account:1", NOON)

    assert count_act(HOURLY, "account:1", NOON - timedelta(days=2)) is None


def test_what_one_limit_refuses_is_counted_under_none() -> None:
    for _ in range(3):
        count_act(HOURLY, "address:1", NOON)

    assert count_acts(((table.FLAGS, "account:1"), (HOURLY, "address:1")), NOON) is not None
    assert ActCount.objects.get(limit="flags").count == 0


def test_counts_are_forgotten_once_their_windows_are_over() -> None:
    count_act(HOURLY, "account:1", NOON)
    count_act(HOURLY, "account:2", NOON + timedelta(hours=2))

    assert forget_old_counts(NOON + timedelta(hours=2, minutes=1)) == 1
    assert list(ActCount.objects.values_list("who", flat=True)) == ["account:2"]


def test_an_operator_gives_other_numbers_by_the_limits_names(settings: Any) -> None:
    settings.LIMITS = numbers_from("flags=1, sign-ups=7")
    assert count_act(table.FLAGS, "account:1", NOON) is None
    assert count_act(table.FLAGS, "account:1", NOON) is not None
    for wrong in ("fags=1", "flags=0", "flags=-1", "flags=many", "flags"):
        with pytest.raises(ValueError, match="CONNECTS_LIMITS"):
            numbers_from(wrong)


def test_every_limit_has_a_name_of_its_own() -> None:
    assert len({limit.name for limit in table.LIMITS}) == len(table.LIMITS)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"),
        (60, "1 minute"),
        (61, "2 minutes"),
        (3_600, "1 hour"),
        (80_000, "23 hours"),
        (86_400, "1 day"),
    ],
)
def test_a_wait_is_told_as_people_count(seconds: int, words: str) -> None:
    assert span_text(seconds) == words


def test_a_client_writes_to_one_proposer_thirty_times_an_hour_at_the_most(here: Town) -> None:
    other = proposed(posted(here.client, "Another"), here.freelancer, "second")
    done = [client_acts.message(here.proposal, here.client, "Hello?") for _ in range(31)]

    assert isinstance(done[29], Proposal)
    assert isinstance(done[30], Refused)
    assert done[30].parameters["problem"] == "too_many_messages"
    assert len(conversation(here.proposal)) == 30
    assert isinstance(client_acts.message(other, here.client, "Hello?"), Proposal)
    assert isinstance(answer_client(here.proposal, here.freelancer, "Yes?"), Proposal)


def test_a_refused_message_changes_nothing(here: Town, settings: Any) -> None:
    settings.LIMITS = {"messages": 1}
    other = proposed(posted(here.client, "Another"), here.freelancer, "second")
    client_acts.message(here.proposal, here.client, "Hello?")

    assert isinstance(client_acts.message(other, here.client, "Hello?"), Refused)
    other.refresh_from_db()
    assert (other.opened, other.messaged) == (None, None)


def test_pages_say_429_and_when_to_come_back(here: Town) -> None:
    client, page = signed_in(here.client), f"/proposals/{here.proposal.public_id}/"
    sent = [client.post(page, {"act": "message", "text": f"Hello {n}"}) for n in range(31)]

    assert [each.status_code for each in sent[:30]] == [302] * 30
    assert sent[30].status_code == 429
    assert sent[30].headers["Retry-After"] == "3600"
    assert "30 messages" in sent[30].content.decode()


def test_wrong_promo_codes_are_few(here: Town) -> None:
    tries = [redeem_promo(here.freelancer, f"GUESS-{n}", f"key-{n}") for n in range(11)]

    problems = [each.parameters["problem"] for each in tries if isinstance(each, Refused)]
    assert problems == ["promo_unknown"] * 10 + ["too_many_tries"]


def test_sign_ups_are_counted_by_address(here: Town, settings: Any) -> None:
    settings.LIMITS, settings.TRUSTED_PROXIES = {"sign-ups": 2}, 1

    def signed_up(number: int, address: str) -> int:
        form = {
            "kind": "client",
            "name": f"Person {number}",
            "email": f"p{number}@test.example",
            "password": PASSWORD,
        }
        sent = Client().post("/sign-up/", form, headers={"X-Forwarded-For": address})
        return sent.status_code

    told = [signed_up(number, "192.0.2.7") for number in range(3)]
    assert [status == 429 for status in told] == [False, False, True]
    assert signed_up(3, "192.0.2.8") != 429
    # A household has a whole /64, so it is one address.
    told = [signed_up(10 + number, f"2001:db8::{number}") for number in range(3)]
    assert [status == 429 for status in told] == [False, False, True]


def test_a_new_client_publishes_ten_posts_a_day_and_looks_at_prices_as_often_as_they_like(
    here: Town,
) -> None:
    client = signed_in(here.client)

    def published(number: int, **more: str) -> int:
        form = {"title": f"Job {number}", "kind": "fixed", "budget": "100", **more}
        return client.post("/posts/new/", form).status_code

    assert [published(number, preview="1") for number in range(12)] == [200] * 12
    assert [published(number) for number in range(11)] == [302] * 10 + [429]
    with held_at(NOON + timedelta(days=8)):
        assert [published(number) for number in range(11)] == [302] * 11


def test_an_act_that_read_the_clock_first_and_is_counted_later_begins_no_new_window() -> None:
    taken = [
        count_act(table.REPLIES, "person:7", NOON - timedelta(milliseconds=place))
        for place in range(8)
    ]

    assert [answer is None for answer in taken] == [True] * table.REPLIES.most + [False] * 3

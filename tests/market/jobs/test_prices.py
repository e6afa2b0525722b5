"""A post's price is fixed with its revision, is the same for one as for many, and says its facts."""

from collections.abc import Iterator

import pytest

from connects.acts.jobs import publish
from connects.bootstrap.clock import held_at
from connects.market.jobs.burden import newest_posts_priced
from connects.market.jobs.facts import demand_of, estimate_of, facts_of, fields_of
from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import Job, JobPrice
from connects.market.jobs.prices import (
    connects_under,
    explained_price,
    fix_prices,
    price_for,
    priced,
    prices_for,
)
from connects.market.people.models import Account
from connects.policy.shelf import shipped
from connects.pricing.yardstick import Yardstick
from connects.vocabulary.facts import UNDER_ONE_MONTH, UNDER_THIRTY_HOURS, JobKind, Level
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, posted, registered
from tests.sent_statements import sent_statements

pytestmark = pytest.mark.django_db

OLD, FAIR = shipped("upwork-2019-05"), shipped("fair-2026")
HOURLY = JobFields(
    title="Sing",
    description="Every Friday, in tune, for a choir of sixty.",
    kind=JobKind.HOURLY,
    hourly_min_cents=20_00,
    hourly_max_cents=40_00,
    duration=UNDER_ONE_MONTH,
    hours_per_week=UNDER_THIRTY_HOURS,
    level=Level.EXPERT,
    category="Music",
    skills=("Singing",),
)


@pytest.fixture
def client() -> Iterator[Account]:
    with held_at(NOON):
        yield registered("acme", AccountKind.CLIENT)


def published(fields: JobFields, client: Account) -> Job:
    answer = publish.post(fields, client)
    assert isinstance(answer, Job), answer
    return answer


def stored(job: Job) -> set[tuple[int, str]]:
    return set(JobPrice.objects.filter(job=job).values_list("revision", "rule_book"))


def test_an_edit_begins_with_what_the_client_wrote(client: Account) -> None:
    job = published(HOURLY, client)

    assert fields_of(job) == HOURLY
    assert facts_of(job) == HOURLY.facts(client.payment_verified)


def test_one_post_costs_what_it_costs_among_many(client: Account) -> None:
    jobs = [published(HOURLY, client), *(posted(client, f"Job {n}", n * 90_00) for n in (1, 2, 9))]

    found = prices_for(jobs, FAIR)

    assert found == {job.pk: price_for(job, FAIR) for job in jobs}
    assert found == {job.pk: priced(job, FAIR) for job in jobs}
    with sent_statements() as sent:
        prices_for(jobs, FAIR)
    assert len(sent) == 1
    assert prices_for([], FAIR) == {}


def test_a_price_is_stored_when_it_is_fixed_and_once(client: Account) -> None:
    jobs = [posted(client, "Draw"), posted(client, "Sing")]
    before = stored(jobs[0])
    assert before == {(1, OLD.label)}, "it went live under its client's rules"

    prices_for(jobs, FAIR)
    assert stored(jobs[0]) == before, "asking fixes nothing"
    first = fix_prices(jobs, FAIR, NOON)
    assert stored(jobs[0]) == before | {(1, FAIR.label)}
    with sent_statements() as sent:
        assert fix_prices(jobs, FAIR, NOON) == first
    assert len(sent) == 1


def test_what_is_stored_counts_even_where_the_rules_would_say_otherwise(client: Account) -> None:
    job = posted(client)
    JobPrice.objects.filter(job=job).update(connects=9)

    assert price_for(job, OLD).connects == 9
    assert connects_under([job], [OLD, FAIR]) == {
        OLD.digest: {job.pk: 9},
        FAIR.digest: {job.pk: priced(job, FAIR).connects},
    }


def test_an_edit_has_a_price_of_its_own_and_keeps_the_earlier_one(client: Account) -> None:
    job = posted(client, budget_cents=20_00)
    cheap = price_for(job, OLD).connects
    edited = publish.edit(
        job, JobFields(title="X", kind=JobKind.FIXED, budget_cents=9_000_00), client
    )
    assert isinstance(edited, Job), edited

    assert price_for(edited, OLD).connects > cheap
    assert {revision for revision, _ in stored(edited)} == {1, 2}
    assert JobPrice.objects.get(job=job, revision=1).connects == cheap


def test_an_explained_price_has_the_facts_that_it_rests_on(client: Account) -> None:
    job = published(HOURLY, client)

    told = explained_price(job, OLD)

    assert (told.price, told.facts, told.demand) == (
        price_for(job, OLD),
        facts_of(job),
        demand_of(job),
    )
    assert estimate_of(job) is None, "no model is installed"


def test_the_fairness_report_values_all_rule_books_posts_alike(client: Account) -> None:
    posted(client, "Draw", 80_00)
    published(HOURLY, client)

    found = newest_posts_priced([OLD, FAIR], Yardstick(OLD))

    assert set(found) == {OLD.label, FAIR.label}
    old, fair = found[OLD.label], found[FAIR.label]
    assert [post.kind for post in old] == ["hourly", "fixed"], "newest first"
    assert [post.value_cents for post in old] == [post.value_cents for post in fair]
    assert old[1].value_cents == 80_00

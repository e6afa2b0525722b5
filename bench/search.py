"""How long Find Work and a post's page take on a large marketplace.

python -m tests.servers.postgres -- .venv/bin/python -m bench.search [--posts N]

Ten proposals a post. The baseline is the page of a single post, taken in the same run; medians of all
pages that are asked for.
"""

from __future__ import annotations

import argparse
import statistics
import time
from datetime import timedelta
from random import Random

from bench.due import BEGIN, CHUNK, fill
from bench.installation import prepare

PROPOSALS_EACH = 10
WORDS = (
    "logo shop garden handbook kitchen engine poster ticket harbour letter music window camera"
    " school bakery bridge market novel recipe theatre"
).split()
OTHERS = [f"word{number}" for number in range(5_000)]
CATEGORIES = ("Design", "Writing", "Programming", "Marketing", "Translation")
ALL_FILTERS = (
    "/work/?q=logo&category=Design&kind=fixed&price_least=1&price_most=4&budget_least=10"
    "&budget_most=900&hires=50&seen=30&posted=30&proposals=20&verified=1"
)
ASKED = (
    "/work/",
    "/work/?q=logo",
    "/work/?q=handbook+garden&category=Writing",
    "/work/?category=Design&kind=fixed&sort=budget",
    "/work/?sort=fewest",
    "/work/?q=har&level=expert",
    "/work/?page=200",
    "/work/?price_most=3",
    "/work/?price_least=5&sort=fewest",
    "/work/?hires=50&seen=30&verified=1",
    ALL_FILTERS,
    "/work/?price_least=999",
)


def fill_posts(posts: int, freelancers: int) -> None:
    from django.db import connection

    from connects.market.jobs.models import Job, JobPrice
    from connects.market.members.editions import edition_of
    from connects.market.members.models import Enrolment
    from connects.market.people.models import Account
    from connects.market.proposals.models import Proposal
    from connects.policy.shelf import shipped

    chance = Random(1)
    book = shipped("upwork-2019-05")
    edition = edition_of(book, BEGIN)
    clients = range(10**9, 10**9 + max(posts // 10, 1))
    Account.objects.bulk_create(
        (
            Account(
                id=n,
                handle=f"c{n}",
                name=f"Client {n}",
                kind="client",
                registered=BEGIN,
                payment_verified=n % 2 == 0,
            )
            for n in clients
        ),
        batch_size=CHUNK,
    )
    Enrolment.objects.bulk_create(
        (Enrolment(account_id=n, edition=edition, effective=BEGIN) for n in clients),
        batch_size=CHUNK,
    )
    Job.objects.bulk_create(
        (
            Job(
                id=number,
                public_id=f"{number:016x}",
                client_id=chance.choice(clients),
                title=" ".join(chance.choices(OTHERS, k=4) + chance.choices(WORDS, k=1)),
                description=" ".join(chance.choices(OTHERS, k=80) + chance.choices(WORDS, k=2)),
                kind=chance.choice(("fixed", "hourly")),
                budget_cents=chance.choice((500, 3_000, 30_000, 90_000)),
                category=chance.choice(CATEGORIES),
                level=chance.choice(("entry", "intermediate", "expert")),
                demand_index_thousandths=1_000,
                proposal_count=PROPOSALS_EACH,
                posted=BEGIN + timedelta(seconds=number),
                client_active=BEGIN,
                client_posts_ended=number % 8,
                client_hires=number % 5,
            )
            for number in range(1, posts + 1)
        ),
        batch_size=CHUNK,
    )
    JobPrice.objects.bulk_create(
        (
            JobPrice(
                job_id=number,
                revision=1,
                rule_book=book.label,
                digest=book.digest,
                connects=1 + number % 6,
                band="",
                value_cents=0,
                reasons=[],
                priced=BEGIN,
            )
            for number in range(1, posts + 1)
        ),
        batch_size=CHUNK,
    )
    for first in range(1, posts + 1, CHUNK):
        Proposal.objects.bulk_create(
            Proposal(
                job_id=job,
                account_id=1 + (job * PROPOSALS_EACH + number) % freelancers,
                paid=2,
                key=f"{job}-{number}",
                rule_book="upwork-2019-05@1",
                revision=1,
                submitted=BEGIN + timedelta(seconds=job),
            )
            for job in range(first, min(first + CHUNK, posts + 1))
            for number in range(PROPOSALS_EACH)
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--posts", type=int, default=100_000)
    posts = parser.parse_args().posts
    prepare()
    from django.db import connection
    from django.test import Client
    from django.test.utils import override_settings

    from connects.bootstrap.clock import held_at

    freelancers = 10_000
    fill(freelancers)
    fill_posts(posts, freelancers)
    print(f"{connection.vendor}, {posts:,} posts, {posts * PROPOSALS_EACH:,} proposals")
    client = Client()
    # Days after the last post, so that filters by age find something.
    today = BEGIN + timedelta(seconds=posts, days=3)
    with override_settings(ALLOWED_HOSTS=["testserver"]), held_at(today):
        for address in (f"/work/{posts // 2:016x}/", *ASKED):
            times = []
            for _ in range(15):
                began = time.perf_counter()
                assert client.get(address).status_code == 200, address
                times.append(1_000 * (time.perf_counter() - began))
            print(f"{address[:50]:<50} {statistics.median(times):>8.1f} ms", flush=True)


if __name__ == "__main__":
    main()

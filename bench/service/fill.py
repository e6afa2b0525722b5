"""A marketplace for the bench: wallets, open jobs, and a server key, printed as JSON.

python -m bench.service.fill --wallets N --jobs N
"""

from __future__ import annotations

import argparse
import json
from datetime import timedelta

from bench.due import BEGIN, CHUNK
from bench.due import fill as fill_wallets
from bench.installation import prepare

RULE_BOOK = "upwork-2019-05"
CREDITS = 10_000
CLIENT = 10**9


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--wallets", type=int, default=100_000)
    asked.add_argument("--jobs", type=int, default=10_000)
    options = asked.parse_args()
    prepare()
    fill_wallets(options.wallets, RULE_BOOK, CREDITS)
    _fill_jobs(options.jobs)
    print(json.dumps({"key": _key()}))


def _fill_jobs(jobs: int) -> None:
    from django.db import connection
    from django.db.models import CharField, F, Value
    from django.db.models.functions import Cast, Concat

    from connects.bootstrap.clock import now
    from connects.market.jobs.models import Job
    from connects.market.jobs.prices import fix_prices
    from connects.market.members.editions import edition_of
    from connects.market.members.models import Enrolment
    from connects.market.people.models import Account
    from connects.market.plans.models import Subscription
    from connects.policy.shelf import shipped

    # Nothing is due yet, or the worker would first make up for years.
    begun = now()
    Subscription.objects.update(anchor=begun, cycle_start=begun, renews=begun + timedelta(days=30))
    Account.objects.create(
        id=CLIENT, handle="client", name="Client", kind="client", registered=BEGIN
    )
    edition = edition_of(shipped(RULE_BOOK), BEGIN)
    Enrolment.objects.create(account_id=CLIENT, edition=edition, effective=BEGIN)
    Account.objects.update(external_id=Concat(Value("u-"), Cast(F("id"), CharField())))
    Job.objects.bulk_create(
        (
            Job(
                id=number,
                public_id=f"{number:016x}",
                external_id=f"j-{number}",
                client_id=CLIENT,
                title=f"Job {number}",
                description="",
                kind="fixed",
                budget_cents=(500, 3_000, 30_000, 90_000)[number % 4],
                category="Design",
                demand_index_thousandths=1_000,
                posted=begun,
                client_active=begun,
            )
            for number in range(1, jobs + 1)
        ),
        batch_size=CHUNK,
    )
    # A job is priced when it is published, under the rule book that its host's accounts have.
    published = list(Job.objects.all())
    for first in range(0, jobs, CHUNK):
        fix_prices(published[first : first + CHUNK], shipped(RULE_BOOK), BEGIN)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _key() -> str:
    from connects.acts.accounts.make_api_client import ClientForm, MadeServerKey, make_client
    from connects.market.api_clients.models import Scope

    scopes = [scope.value for scope in Scope]
    made = make_client(ClientForm(name="bench", scopes=scopes, calls_a_second=100_000), None)
    assert isinstance(made, MadeServerKey), made
    return made.secret


if __name__ == "__main__":
    main()

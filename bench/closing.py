"""How long the click takes that closes a post with many proposals, and how fast they are given back.

python -m tests.servers.postgres -- .venv/bin/python -m bench.closing [--proposals N]
"""

from __future__ import annotations

import argparse
import time
from datetime import timedelta

from bench.bare import bare_batches, bare_tables, write_bare
from bench.due import BEGIN, fill
from bench.installation import prepare
from bench.rates import per_second

NOW = BEGIN + timedelta(days=20)


def fill_proposals(proposals: int) -> int:
    """One post, and a paid proposal to it from every account; the post's id."""
    from django.db import transaction

    from connects.bootstrap.journals import journal
    from connects.ledger.commands import Spend
    from connects.market.jobs.models import Job
    from connects.market.members.editions import edition_of
    from connects.market.members.models import Enrolment
    from connects.market.people.models import Account
    from connects.market.proposals.models import Proposal
    from connects.policy.shelf import shipped

    edition = edition_of(shipped("upwork-2019-05"), BEGIN)
    client = Account.objects.create(
        id=10**9, handle="client", name="Client", kind="client", registered=BEGIN
    )
    Enrolment.objects.create(account=client, edition=edition, effective=BEGIN)
    job = Job.objects.create(
        client=client,
        title="Job",
        kind="fixed",
        budget_cents=90_000,
        demand_index_thousandths=1_000,
        posted=BEGIN,
        client_active=BEGIN,
        proposal_count=proposals,
    )
    rows = [
        Proposal(
            public_id=f"{account:016x}",
            job=job,
            account_id=account,
            paid=2,
            key="first",
            rule_book="upwork-2019-05@1",
            revision=1,
            submitted=BEGIN,
        )
        for account in range(1, proposals + 1)
    ]
    with transaction.atomic():
        spends = [
            Spend(
                wallet=row.account_id,
                key="propose:first",
                reference=f"proposal:{row.public_id}",
                rule_book=row.rule_book,
                effective=NOW,
                credits=2,
            )
            for row in rows
        ]
        for row, posted in zip(rows, journal().post(spends, NOW), strict=True):
            row.spend_entry = posted.record.entry.number  # type: ignore[union-attr]
    Proposal.objects.bulk_create(rows, batch_size=5_000)
    return job.pk


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--proposals", type=int, default=5_000)
    proposals = parser.parse_args().proposals
    prepare()
    from random import Random

    from django.db import connection

    from connects.acts.credits import return_paid
    from connects.acts.jobs import end
    from connects.bootstrap.clock import held_at
    from connects.due.run import run
    from connects.market.jobs.models import CloseReason, Job

    fill(proposals)
    bare_tables(proposals)
    limit = per_second(write_bare, bare_batches(Random(1), proposals, 1_000, 20), 1_000)
    print(f"{connection.vendor}, {proposals:,} proposals")
    job = Job.objects.select_related("client").get(pk=fill_proposals(proposals))
    with held_at(NOW):
        began = time.perf_counter()
        end.close(job, job.client, CloseReason.NOT_HIRING)
        print(f"the click that closes {1_000 * (time.perf_counter() - began):>10,.1f} ms")
    began = time.perf_counter()
    run(NOW, (return_paid,))
    rate = proposals / (time.perf_counter() - began)
    print(f"given back and told   {rate:>10,.0f} proposals a second, {rate / limit:.2f} of bare")


if __name__ == "__main__":
    main()

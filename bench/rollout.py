"""How long a rollout of many accounts takes to look ahead, to schedule, to tell and to move.

python -m tests.servers.postgres -- .venv/bin/python -m bench.rollout [--accounts N]

The accounts have sent three proposals each in the last ninety days. The baseline, taken in the same
run, is the time that writing as many bare rows takes, a row an account, with a unique key.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import timedelta
from random import Random

from bench.due import BEGIN, CHUNK, fill
from bench.installation import prepare

PROPOSALS_EACH = 3
NOW = BEGIN + timedelta(days=20)


def fill_proposals(accounts: int) -> None:
    from connects.market.jobs.models import Job
    from connects.market.people.models import Account
    from connects.market.proposals.models import Proposal

    chance = Random(1)
    client = Account.objects.create(
        id=10**9, handle="client", name="Client", kind="client", registered=BEGIN
    )
    jobs = max(accounts // 5, PROPOSALS_EACH)
    Job.objects.bulk_create(
        (
            Job(
                id=number,
                client=client,
                title=f"Job {number}",
                kind="fixed",
                budget_cents=chance.choice((500, 3_000, 30_000, 90_000)),
                demand_index_thousandths=1_000,
                posted=BEGIN,
                client_active=BEGIN,
            )
            for number in range(1, jobs + 1)
        ),
        batch_size=CHUNK,
    )
    Proposal.objects.bulk_create(
        (
            Proposal(
                job_id=1 + (account * PROPOSALS_EACH + number) % jobs,
                account_id=account,
                paid=2,
                key=f"{number}",
                rule_book="upwork-2018@1",
                revision=1,
                submitted=BEGIN + timedelta(days=number + 1),
            )
            for account in range(1, accounts + 1)
            for number in range(PROPOSALS_EACH)
        ),
        batch_size=CHUNK,
    )


def bare_rows(accounts: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare_move (id BIGINT PRIMARY KEY, at BIGINT, state TEXT)")
        for first in range(1, accounts + 1, CHUNK):
            rows = [(n, 0, "planned") for n in range(first, min(first + CHUNK, accounts + 1))]
            cursor.executemany("INSERT INTO bare_move VALUES (%s, %s, %s)", rows)


def timed(what: str, do: Callable[[], object], baseline: float | None = None) -> float:
    began = time.perf_counter()
    do()
    seconds = time.perf_counter() - began
    ratio = f", {seconds / baseline:.1f} times bare" if baseline else ""
    print(f"{what:<40} {seconds:>8.2f} s{ratio}", flush=True)
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=100_000)
    accounts = parser.parse_args().accounts
    prepare()
    from django.db import connection

    from connects.acts.rules import announce_moves, move_accounts, plan_rollout
    from connects.bootstrap.clock import held_at
    from connects.due.run import run
    from connects.market.rollout.dry_run import dry_run
    from connects.market.rollout.models import CohortKind, Rollout

    fill(accounts)
    fill_proposals(accounts)
    print(f"{connection.vendor}, {accounts:,} accounts, {accounts * PROPOSALS_EACH:,} proposals")
    bare = timed("bare rows, one an account", lambda: bare_rows(accounts))
    effective = NOW + timedelta(days=8)
    with held_at(NOW):
        rollout = plan_rollout.draft(
            plan_rollout.RolloutPlan(
                before="upwork-2018",
                after="upwork-2019-05",
                notice_days=7,
                cohorts=(
                    plan_rollout.CohortPlan(kind=CohortKind.SHARE, value="10", effective=effective),
                    plan_rollout.CohortPlan(kind=CohortKind.REST, effective=effective),
                ),
            ),
            None,
        )
        assert isinstance(rollout, Rollout), rollout
        timed("dry run", lambda: dry_run(rollout, NOW), bare)
        timed("schedule", lambda: plan_rollout.schedule(rollout, None), bare)
    timed("tell everyone", lambda: run(effective - timedelta(days=7), (announce_moves,)), bare)
    timed("move everyone", lambda: run(effective, (move_accounts,)), bare)


if __name__ == "__main__":
    main()

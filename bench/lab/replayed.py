"""How long a replay of millions of proposals takes, out of PostgreSQL.

    python -m tests.servers.postgres -- python -m bench.lab.replayed 10000000

The database is filled by statements of its own, a line beside each proposal; it is thrown away.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from datetime import UTC, datetime

from bench.installation import prepare

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
PROPOSALS_EACH = 100
POSTS_A_PROPOSAL = 10
PAID = 4
RECORDED, TRIED = "upwork-2019-05", "upwork-2023"
LARGE = ("proposals_proposal", "jobs_job", "journal_entry")

BARE = """
DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT conrelid::regclass AS t, conname FROM pg_constraint
    WHERE conrelid::regclass::text IN {tables} AND contype IN ('f', 'u', 'c') LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.t, found.conname);
  END LOOP;
  FOR found IN SELECT indexrelid::regclass AS i FROM pg_index
    WHERE indrelid::regclass::text IN {tables} AND NOT indisprimary LOOP
    EXECUTE format('DROP INDEX %s', found.i);
  END LOOP;
END $$
"""
ACCOUNTS = """
INSERT INTO people_account (id, handle, name, kind, country, registered, revision)
SELECT n, 'a' || n, 'A', 'freelancer', (ARRAY['IN','US','DE','PH'])[1 + n % 4], '{begin}', 1
FROM generate_series(1, {wallets}) n
"""
CLIENT = """
INSERT INTO people_account (id, handle, name, kind, country, registered, revision)
VALUES ({wallets} + 1, 'client', 'C', 'client', 'US', '{begin}', 1)
"""
WALLETS = """
INSERT INTO journal_wallet (id, balance, debt, last_entry, moment, head, lots, held)
SELECT n, {given} - {each} * {paid}, 0, 1 + {each}, 0, '\\x00', '[]', 0
FROM generate_series(1, {wallets}) n
"""
FIRST_LINES = """
INSERT INTO journal_entry (wallet, number, kind, credits, balance, draws, lot_credits, lot_cost_cents,
    debt_change, withheld, reference, key, digest, rule_book, effective, recorded, hash)
SELECT n, 1, 'courtesy', {given}, {given}, '[]', {given}, 0, 0, 0, 'c', 'courtesy:1', '\\x00', 'b',
    {micros}, 0, '\\x00' FROM generate_series(1, {wallets}) n
"""
LINES = """
INSERT INTO journal_entry (wallet, number, kind, credits, balance, draws, debt_change, withheld,
    reference, key, digest, rule_book, effective, recorded, hash)
SELECT w, 2 + n, 'spend', -{paid}, {given} - (n + 1) * {paid}, '[[1,-4,0]]', 0, 0,
    'proposal:' || w || '-' || n, 'propose:' || n, '\\x00', 'b',
    {micros} + (n + 1)::bigint * 259200000000 + w, 0, '\\x00'
FROM generate_series(0, {each} - 1) n, generate_series(1, {wallets}) w
"""
POSTS = """
INSERT INTO jobs_job (id, public_id, client_id, title, description, kind, budget_cents, budget_open,
    level, category, demand_index_thousandths, client_posts_ended, client_left_open, client_hires,
    estimate_model, revision, proposal_count, status, close_reason, removed_because, posted, ended,
    client_active, reminders, takes_more, owes, paid_back_to, client_record_told, priced_ahead,
    skills)
SELECT n, 'j' || n, {wallets} + 1, 'T', '', 'fixed', 1000 * (1 + n % 1500), false,
    (ARRAY['entry','intermediate','expert'])[1 + n % 3], 'C' || n % 12, 500 + n % 2 * 1000, n % 7, 0, 0,
    '', 1, 10, CASE n % 3 WHEN 0 THEN 'open' ELSE 'closed' END,
    CASE n % 3 WHEN 0 THEN '' WHEN 1 THEN 'not_hiring' ELSE 'filled' END, '', '{begin}',
    CASE n % 3 WHEN 0 THEN NULL ELSE timestamptz '{begin}' + interval '400 days' END, '{begin}',
    0, false, '', 0, false, false, '[]'
FROM generate_series(1, {posts}) n
"""
PROPOSALS = """
INSERT INTO proposals_proposal (id, public_id, job_id, account_id, cover_letter, status, paid, returned,
    return_reason, spend_entry, key, rule_book, revision, submitted, opened)
SELECT n::bigint * {wallets} + w, w || '-' || n,
    1 + (w::bigint * 10 + n * ({posts} / {each})) % {posts}, w,
    '', 'submitted', {paid}, 0, '', 2 + n, n::text, 'b', 1,
    timestamptz '{begin}' + (n + 1) * interval '3 days' + w * interval '1 microsecond',
    CASE n % 2 WHEN 0 THEN NULL ELSE timestamptz '{begin}' + (n + 2) * interval '3 days' END
FROM generate_series(0, {each} - 1) n, generate_series(1, {wallets}) w
"""


def fill(proposals: int) -> None:
    """So many proposals, of a hundredth as many accounts, to a tenth as many posts."""
    from django.db import connection

    from connects.market.members.editions import edition_of
    from connects.policy.shelf import shipped

    wallets = max(proposals // PROPOSALS_EACH, 1)
    told = {
        "begin": BEGIN.isoformat(),
        "micros": int(BEGIN.timestamp()) * 1_000_000,
        "wallets": wallets,
        "posts": max(proposals // POSTS_A_PROPOSAL, PROPOSALS_EACH),
        "each": PROPOSALS_EACH,
        "paid": PAID,
        "given": PAID * PROPOSALS_EACH + 10,
        "tables": LARGE,
    }
    edition = edition_of(shipped(RECORDED), BEGIN)
    enrolments = (
        "INSERT INTO members_enrolment (account_id, edition_id, effective)"
        f" SELECT id, {edition.pk}, registered FROM people_account WHERE kind = 'freelancer'"
    )
    with connection.cursor() as cursor:
        for statement in (BARE, ACCOUNTS, CLIENT, WALLETS, FIRST_LINES, LINES, POSTS, PROPOSALS):
            cursor.execute(statement.format(**told).replace("%", "%%"), ())
        cursor.execute(enrolments)
        cursor.execute("ANALYZE")


def main() -> None:
    proposals = int(sys.argv[1])
    prepare()
    from connects.lab.replay.reading.database import database
    from connects.lab.replay.run import Wanted, replay
    from connects.policy.shelf import shipped

    fill(proposals)
    print("filled", file=sys.stderr)
    begun = time.perf_counter()

    def says(told: str, percent: int) -> None:
        print(f"{time.perf_counter() - begun:6.1f} s {percent} % {told}", file=sys.stderr)

    with database() as source:
        replayed = replay(source, Wanted(shipped(TRIED)), says)
    seconds = time.perf_counter() - begun
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
    assert len(replayed.record.proposals["post"]) == proposals
    print(json.dumps({"replay_seconds": round(seconds, 1), "replay_gb": round(gigabytes, 2)}))


if __name__ == "__main__":
    main()

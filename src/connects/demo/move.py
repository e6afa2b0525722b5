"""The demo's move to other rules: announced, scheduled, and under way when the demo opens."""

from __future__ import annotations

from datetime import datetime, timedelta

from connects.acts.rules import announce as announcements
from connects.acts.rules import plan_rollout as rollouts
from connects.market.announcements.models import Announcement
from connects.market.people.models import Account, User
from connects.market.rollout.dry_run import dry_run
from connects.market.rollout.models import CohortKind, Rollout
from connects.vocabulary.parties import Role

FIRST_RULES = "upwork-2019-05"
NEXT_RULES = "fair-2026"

REPLIES = (
    ("Does this mean that I pay less for small jobs?", 0.2),
    ("At last something comes back when a client never answers.", 0.5),
    ("What about the Connects that I bought last week?", 1.1),
    ("When is it my turn? I have not got a letter yet.", 3.0),
)


def _operator() -> User:
    return User.objects.get(staff_role=Role.OPERATOR.value)


def announce(until: datetime) -> None:
    """Publish what is going to change."""
    answer = announcements.announce(
        announcements.AnnouncementText(
            title="Fair Connects are coming",
            introduction=(
                "From this month on the price of a proposal grows with the value of the job, and"
                " Connects come back when a client falls silent. Accounts move one after another;"
                " you are told two weeks before it is your turn. Nobody loses a Connect."
            ),
            rule_book=NEXT_RULES,
            effective=until - timedelta(days=10),
        ),
        _operator(),
    )
    assert isinstance(answer, Announcement), answer


def schedule(first: Account, until: datetime) -> None:
    """New accounts and a few chosen ones go first, then a third, then everyone else."""
    plan = rollouts.RolloutPlan(
        before=FIRST_RULES,
        after=NEXT_RULES,
        notice_days=14,
        cohorts=(
            rollouts.CohortPlan(kind=CohortKind.NEW, effective=until - timedelta(days=10)),
            rollouts.CohortPlan(
                kind=CohortKind.ACCOUNTS,
                effective=until - timedelta(days=7),
                accounts=(first.handle,),
            ),
            rollouts.CohortPlan(
                kind=CohortKind.SHARE, value="33", effective=until - timedelta(days=3)
            ),
            rollouts.CohortPlan(kind=CohortKind.REST, effective=until + timedelta(days=6)),
        ),
    )
    drafted = rollouts.draft(plan, _operator())
    assert isinstance(drafted, Rollout), drafted
    dry_run(drafted, until - timedelta(days=29))
    answer = rollouts.schedule(drafted, _operator())
    assert isinstance(answer, Rollout), answer


def reply(account: Account, words: str) -> None:
    """Say something below the announcement."""
    announcement = Announcement.objects.latest("id")
    speaker = User.objects.filter(memberships__account=account).first()
    if speaker is None:
        speaker = User.objects.create_user(f"{account.handle}@demo.example", account.name, None)
    announcements.reply_to_announcement(announcement, account, speaker, words, f"demo-{account.pk}")

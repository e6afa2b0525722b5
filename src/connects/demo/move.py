"""The demo's move to other rules: announced, scheduled, and under way when the demo opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from connects.acts.rules import announce as announcements
from connects.acts.rules import plan_rollout as rollouts
from connects.market.announcements.models import Announcement, Reply
from connects.market.people.models import Account, User
from connects.market.rollout.dry_run import dry_run
from connects.market.rollout.models import CohortKind, Rollout
from connects.vocabulary.parties import Role

FIRST_RULES = "upwork-2019-05"
NEXT_RULES = "fair-2026"


@dataclass(frozen=True, slots=True)
class Said:
    """A reply: which of the proposers says it, how many days after the announcement, and to what."""

    by: int
    words: str
    days: float
    answers: str = ""


REPLIES = (
    Said(0, "Does this mean that I pay less for small jobs?", 0.2),
    Said(1, "At last something comes back when a client never answers.", 0.5),
    Said(2, "Yes: look at the price card, up to $50 it is one Connect.", 0.6, "small jobs"),
    Said(0, "Thank you, that is half of what I pay today.", 0.7, "one Connect"),
    Said(2, "What about the Connects that I bought last week?", 1.1),
    Said(0, "They stay yours, says the answer on what happens to them.", 1.3, "bought last"),
    Said(3, "When is it my turn? I have not got an e-mail yet.", 3.0),
)
UPDATE = "The first accounts have moved, and nobody lost a Connect by it. The others follow as announced."


def _operator() -> User:
    return User.objects.get(staff_role=Role.OPERATOR.value)


def announce(until: datetime) -> None:
    """Publish what is going to change: the rollout's rules, beside those that apply until then."""
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
            rollout=Rollout.objects.latest("id"),
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
    dry_run(drafted, until - timedelta(days=31))
    answer = rollouts.schedule(drafted, _operator())
    assert isinstance(answer, Rollout), answer


def reply(account: Account, said: Said) -> None:
    """Say something below the announcement, or in answer to somebody."""
    announcement = Announcement.objects.latest("id")
    speaker = User.objects.filter(memberships__account=account).first()
    email = f"{account.handle}@demo.example"
    if speaker is None:
        speaker = User.objects.filter(email=email).first()
    if speaker is None:
        speaker = User.objects.create_user(email, account.name, None)
    answered = Reply.objects.filter(text__contains=said.answers).first() if said.answers else None
    announcements.reply_to_announcement(
        announcement,
        account,
        speaker,
        said.words,
        f"demo-{said.days}",
        answered.pk if answered else None,
    )


def tell_how_far_it_is() -> None:
    """Pin what has become of it to the top of the discussion."""
    announcements.pin_update(Announcement.objects.latest("id"), _operator(), UPDATE, "demo-update")

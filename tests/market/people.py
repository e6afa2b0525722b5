"""A small marketplace for tests, brought about by the ordinary services."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from connects.acts.accounts import register as people
from connects.acts.jobs import publish as jobs
from connects.acts.proposals import submit as proposals
from connects.acts.proposals.submission import ProposalForm
from connects.acts.rules import announce as announcements
from connects.acts.rules import plan_rollout as rollouts
from connects.bootstrap.clock import now as clock_now
from connects.market.announcements.models import Announcement
from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import Job
from connects.market.people.models import Account, User
from connects.market.proposals.models import Proposal
from connects.market.rollout.dry_run import dry_run
from connects.market.rollout.models import CohortKind, Rollout
from connects.vocabulary.facts import JobKind
from connects.vocabulary.parties import AccountKind, Role

PASSWORD = "a long test password"
NOON = datetime(2019, 5, 20, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Town:
    """One of each, who can sign in, with a job and a proposal to it."""

    freelancer: Account
    agency: Account
    client: Account
    stranger: Account
    operator: User
    job: Job
    proposal: Proposal

    def user_of(self, account: Account) -> User:
        return User.objects.get(memberships__account=account)


def registered(handle: str, kind: AccountKind, rule_book: str | None = None) -> Account:
    answer = people.register(
        people.Registration(
            name=handle.capitalize(),
            handle=handle,
            kind=kind,
            email=f"{handle}@test.example",
            password=PASSWORD,
            rule_book=rule_book,
        )
    )
    assert isinstance(answer, Account), answer
    return answer


def posted(client: Account, title: str = "Draw a logo", budget_cents: int = 300_00) -> Job:
    fields = JobFields(
        title=title, kind=JobKind.FIXED, budget_cents=budget_cents, category="Design"
    )
    answer = jobs.post(fields, client)
    assert isinstance(answer, Job), answer
    return answer


def proposed(job: Job, account: Account, key: str = "first") -> Proposal:
    answer = proposals.submit(job, account, ProposalForm(key=key, cover_letter="Hello"))
    assert isinstance(answer, Proposal), answer
    return answer


def rules_change(staff: User) -> Rollout:
    """Other rules are announced and scheduled, with a dry run and a question below."""
    now = clock_now()
    announcement = announcements.announce(
        announcements.AnnouncementText(
            title="Other rules",
            introduction="They are fairer.",
            rule_book="fair-2026",
            effective=now + timedelta(days=20),
        ),
        staff,
    )
    assert isinstance(announcement, Announcement), announcement
    announcements.reply_to_announcement(announcement, None, staff, "Ask here.", "first")
    cohort = rollouts.CohortPlan(kind=CohortKind.REST, effective=now + timedelta(days=20))
    drafted = rollouts.draft(
        rollouts.RolloutPlan(
            before="upwork-2019-05", after="fair-2026", notice_days=14, cohorts=(cohort,)
        ),
        staff,
    )
    assert isinstance(drafted, Rollout), drafted
    dry_run(drafted, now)
    answer = rollouts.schedule(drafted, staff)
    assert isinstance(answer, Rollout), answer
    return answer


def town() -> Town:
    freelancer = registered("ana", AccountKind.FREELANCER)
    agency = registered("studio", AccountKind.AGENCY)
    client = registered("acme", AccountKind.CLIENT)
    stranger = registered("other", AccountKind.CLIENT)
    operator = User.objects.create_user("olga@test.example", "Olga", PASSWORD, Role.OPERATOR.value)
    job = posted(client)
    return Town(freelancer, agency, client, stranger, operator, job, proposed(job, freelancer))

"""What the demo's freelancers and agencies tell of themselves, and what they ask for their work."""

from __future__ import annotations

from connects.acts.accounts.edit_profile import ProfileForm
from connects.demo.texts import SKILLS
from connects.market.jobs.models import Job
from connects.market.people.models import Account
from connects.market.proposals.asking import Asking
from connects.vocabulary.facts import JobKind

TITLES = {
    "Design": "Brand and interface designer",
    "Web development": "Web developer for small firms",
    "Writing": "Writer and editor",
    "Translation": "Translator, German and Spanish",
    "Marketing": "Marketing for small budgets",
    "Data": "Data analyst",
}
RATES = (18_00, 24_00, 32_00, 45_00, 60_00)
SHARES = (80, 90, 100, 110, 125)
"""What is asked, in percent of what the client named."""
DAYS = (3, 5, 7, 14, 21)


def profile_of(number: int, name: str) -> ProfileForm:
    """The profile of the account of that number: always the same."""
    category = tuple(SKILLS)[number % len(SKILLS)]
    return ProfileForm(
        title=TITLES[category],
        about=f"{name} works with small firms, in small steps, and answers the same day.",
        skills=", ".join(SKILLS[category]),
        hourly_cents=RATES[number % len(RATES)],
        currency="USD",
    )


def asking_for(job: Job, account: Account) -> Asking:
    """The price or rate that an account asks for a job, and the days that it needs."""
    at = job.pk + account.pk
    percent, days = SHARES[at % len(SHARES)], DAYS[at % len(DAYS)]
    if job.kind == JobKind.FIXED:
        cents = job.budget_cents
        return Asking(price_cents=cents and cents * percent // 100, days=days)
    least = job.hourly_min_cents or RATES[at % len(RATES)]
    return Asking(hourly_cents=least * percent // 100, days=days)

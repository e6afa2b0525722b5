"""A few months of a small marketplace, with everything in them that a replay has to know."""

from datetime import timedelta
from typing import Any

from connects.acts.credits.release_held import withdraw_held
from connects.acts.jobs.end import close
from connects.acts.jobs.take_down import remove_job
from connects.acts.money.refund import refund_payment
from connects.acts.proposals import client_acts
from connects.acts.proposals.hold import hold_proposal, submit_held
from connects.acts.proposals.invite import invite_to_job
from connects.acts.proposals.submission import ProposalForm
from connects.acts.proposals.submit import submit
from connects.acts.proposals.withdraw import withdraw_proposal
from connects.acts.purchases import buy
from connects.bootstrap.clock import held_at
from connects.due.run import run
from connects.market.jobs.models import CloseReason, Job
from connects.market.people.models import Account, User
from connects.market.proposals.models import HeldProposal, Proposal
from connects.market.purchases.models import Purchase
from connects.vocabulary.amounts import Money
from connects.vocabulary.parties import AccountKind, Role
from tests.market.people import NOON, posted, registered

BUDGETS = (40_00, 120_00, 700_00, 2_500_00)
END = NOON + timedelta(days=75)


def on_day(day: float) -> Any:
    return held_at(NOON + timedelta(days=day))


def sent(job: Job, account: Account) -> Proposal:
    answer = submit(job, account, ProposalForm(key=f"k{job.pk}", cover_letter="Hello"))
    assert isinstance(answer, Proposal), answer
    return answer


def bought(account: Account, credits: int, key: str) -> Purchase:
    answer = buy.order(account, credits, key, None)
    assert isinstance(answer, Purchase), answer
    return answer


def held(job: Job, account: Account) -> HeldProposal:
    form = ProposalForm(key=f"h{job.pk}", cover_letter="Hello")
    answer = hold_proposal(job, account, form, 9_000)
    assert isinstance(answer, HeldProposal), answer
    return answer


def published(acme: Account, zed: Account) -> list[Job]:
    jobs = []
    for number in range(8):
        with on_day(1 + number / 4):
            client = zed if number in range(2, 6) else acme
            jobs.append(posted(client, f"Job {number}", BUDGETS[number % len(BUDGETS)]))
    return jobs


def reserved(jobs: list[Job], studio: Account) -> None:
    """One is withdrawn, one runs out, one is sent."""
    withdraw_held(held(jobs[0], studio), studio)
    held(jobs[1], studio)
    submit_held(held(jobs[3], studio))


def ended(jobs: list[Job], acme: Account, mine: list[Proposal], his: list[Proposal]) -> None:
    """What the client does, who then closes two jobs; a third one is removed, and the rest is silence."""
    client_acts.open_proposal(mine[0], acme)
    client_acts.message(his[1], acme, "When could you begin?")
    client_acts.hire(mine[1], acme)
    close(jobs[0], acme, CloseReason.NOT_HIRING)
    close(jobs[1], acme, CloseReason.FILLED)
    remove_job(jobs[2], None, "Spam")


def story() -> tuple[Account, Account, Account]:
    """Ana buys and gets money back, Ben is new under fairer rules, a studio reserves."""
    with on_day(0):
        ana = registered("ana", AccountKind.FREELANCER)
        ben = registered("ben", AccountKind.FREELANCER, "fair-2026")
        studio = registered("studio", AccountKind.AGENCY)
        acme = registered("acme", AccountKind.CLIENT)
        zed = registered("zed", AccountKind.CLIENT, "fair-2026")
        finance = User.objects.create_user("fi@test.example", "Fi", None, Role.FINANCE.value)
        first, second, _ = bought(ana, 40, "a"), bought(ana, 20, "b"), bought(studio, 60, "c")
    jobs = published(acme, zed)
    with on_day(4):
        mine = [sent(job, ana) for job in jobs[:7]]
        his = [sent(job, ben) for job in jobs[:7]]
        invite_to_job(jobs[7], ben, acme)
        for account in (ben, ana):
            sent(jobs[7], account)
        reserved(jobs, studio)
        withdraw_proposal(his[6], ben)
    with on_day(6):
        ended(jobs, acme, mine, his)
        refund_payment(first, finance, "Half", Money(3_00, "USD"))
    with on_day(20):
        refund_payment(second, finance, "All of it")
    with held_at(END):
        run(END)
    return ana, ben, studio

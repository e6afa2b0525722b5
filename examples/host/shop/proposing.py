"""The order of work: hold, write our own row, submit. Whoever stops in between goes on with `settle`."""

from collections.abc import Iterable
from typing import Any

from shop.connects import Refused, call
from shop.models import Freelancer, Job, Proposal

HOLD_SECONDS = 900


def sync() -> int:
    """Tell Connects of everybody and everything; to tell it again changes nothing."""
    for freelancer in Freelancer.objects.all():
        call("PUT", f"accounts/{freelancer.pk}", {"kind": "freelancer", "name": freelancer.name})
    for job in Job.objects.all():
        call("PUT", f"accounts/{job.client}", {"kind": "client"})
        facts = {"client": job.client, "kind": "fixed", "budget_cents": job.budget_cents}
        call("PUT", f"jobs/{job.pk}", facts)
    return Freelancer.objects.count() + Job.objects.count()


def quotes(freelancer: Freelancer, jobs: Iterable[Job]) -> dict[str, Any]:
    """What a proposal to each of these jobs would cost, by the job's id; honoured for ten minutes."""
    asked = {"account": freelancer.pk, "jobs": [str(job.pk) for job in jobs]}
    return {quote["job"]: quote for quote in call("POST", "quotes", asked)["quotes"]}


def propose(name: str, freelancer: Freelancer, job: Job, letter: str) -> Proposal:
    """Send a proposal, once, whatever happens on the way. Raises Refused."""
    row = Proposal.objects.filter(pk=name).first()
    if row is None:
        quote = quotes(freelancer, [job])[str(job.pk)]
        if quote["problem"] is not None:
            raise Refused(quote["problem"])
        hold = {
            "account": freelancer.pk,
            "job": str(job.pk),
            # A retry must send the same: a quote of its own would be another body.
            "max_connects": quote["connects"],
            "hold_seconds": HOLD_SECONDS,
        }
        held = call("PUT", f"proposals/{name}", hold)
        if held.get("released") is not None:
            raise Refused.because(
                "hold_over", "This took too long. Nothing was charged; try again."
            )
        row = Proposal.objects.create(
            pk=name, freelancer=freelancer, job=job, letter=letter, connects=held["connects"]
        )
    return submit(row)


def submit(row: Proposal) -> Proposal:
    """Charge a proposal whose row is there."""
    call("POST", f"proposals/{row.pk}/submit")
    row.sent = True
    row.save(update_fields=["sent"])
    return row


def settle() -> int:
    """Submit what was held when we stopped; run it at every start.

    Where a hold is over, nothing was charged and nobody has seen the proposal, so it goes. Only Connects
    knows that: a wrong key, or a busy moment, refuses a proposal that is charged, too.
    """
    submitted = 0
    for row in Proposal.objects.filter(sent=False):
        try:
            submit(row)
        except Refused:
            if is_over(row):
                row.delete()
        else:
            submitted += 1
    return submitted


def is_over(row: Proposal) -> bool:
    """Whether the proposal was never charged, and never will be. Raises Refused."""
    try:
        return call("GET", f"proposals/{row.pk}")["released"] is not None
    except Refused as refused:
        if refused.code == "proposal_unknown":
            return True
        raise

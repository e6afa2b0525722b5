"""Two pages: the jobs with what a proposal costs, and sending one."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from shop.connects import Refused
from shop.models import Freelancer, Job, Proposal
from shop.proposing import propose, quotes


def jobs(request: HttpRequest, freelancer: str) -> HttpResponse:
    me = get_object_or_404(Freelancer, pk=freelancer)
    rows = list(Job.objects.order_by("id"))
    costs = quotes(me, rows) if rows else {}
    mine = {row.job_id: row for row in Proposal.objects.filter(freelancer=me)}
    listed = [(job, costs[str(job.pk)], mine.get(job.pk), f"p-{uuid4().hex}") for job in rows]
    return render(request, "jobs.html", {"freelancer": me, "jobs": listed})


@require_POST
def send(request: HttpRequest, freelancer: str, job: int) -> HttpResponse:
    me, row = get_object_or_404(Freelancer, pk=freelancer), get_object_or_404(Job, pk=job)
    try:
        # The form's own id: a second click, or a retry, is the same proposal.
        propose(request.POST["id"], me, row, request.POST["letter"])
    except Refused as refused:
        return HttpResponse(str(refused), status=409, content_type="text/plain")
    return redirect("jobs", freelancer)


urlpatterns = [
    path("<slug:freelancer>/", jobs, name="jobs"),
    path("<slug:freelancer>/<int:job>/", send, name="send"),
]

"""Notices about proposals, invitations and jobs: to freelancers and agencies."""

from __future__ import annotations

from connects.statements.notices.kinds import (
    PROPOSAL,
    NoticeKind,
    Page,
    about,
    for_job,
    titled,
)
from connects.statements.words import some_connects
from connects.vocabulary.refusals import Parameters
from connects.wording.messages import gettext as _
from connects.wording.messages import mark, ngettext

FREELANCER = "who proposed"
INVITED = "who was invited"


def _price_now(parameters: Parameters) -> str:
    was, now = parameters.get("was"), parameters.get("now")
    if was is None or was == now:
        return ""
    return _(" New proposals now cost {now}; yours stays at what you paid.", now=some_connects(now))


_ENDED_BECAUSE = {
    "removed_for_terms": mark(
        "You proposed to {job}, which we removed, because it broke our rules."
    ),
    "client_suspended": mark(
        "You proposed to {job}. {client} may no longer post here, so it has ended."
    ),
    "never_closed": mark("You proposed to {job}. {client} did nothing about it, so it has ended."),
}


def _ended_because(parameters: Parameters) -> str:
    words = _ENDED_BECAUSE.get(
        str(parameters.get("cause")),
        mark("You proposed to {job}. {client} closed it without hiring anybody."),
    )
    return _(words, client=_client(parameters), job=about(parameters))


def _client(parameters: Parameters) -> str:
    return str(parameters.get("client") or _("The client"))


def _new_jobs(parameters: Parameters) -> str:
    count, name = int(parameters["count"] or 0), parameters["name"]
    return ngettext(
        "A new job fits your search “{name}”",
        "{n} new jobs fit your search “{name}”",
        count,
        name=name,
    )


def _latest_found(parameters: Parameters) -> str:
    return _(
        "The latest is {job}. You can stop these alerts under Find work.", job=about(parameters)
    )


KINDS: dict[str, NoticeKind] = {
    "shortlisted": NoticeKind(
        FREELANCER,
        "work",
        lambda p: titled(_("{client} put you on the short list", client=_client(p)), p),
        lambda p: _(
            "{client} put you on the short list for {job}.", client=_client(p), job=about(p)
        ),
        PROPOSAL,
        more=for_job,
    ),
    "message": NoticeKind(
        "the other of the two",
        "work",
        lambda p: titled(_("{name} wrote to you", name=p.get("name") or _("Somebody")), p),
        lambda p: _(
            "{name} wrote to you about {job}.", name=p.get("name") or _("Somebody"), job=about(p)
        ),
        Page("proposal", mark("Read and reply"), "proposal"),
        more=lambda p: _("About {job}.", job=about(p)),
    ),
    "offer": NoticeKind(
        FREELANCER,
        "work",
        lambda p: titled(_("{client} offers you a job", client=_client(p)), p),
        lambda p: _(
            "{client} offers you {job}. You can accept or decline.", client=_client(p), job=about(p)
        ),
        Page("proposal", mark("Answer the offer"), "proposal"),
        more=lambda p: _("For {job}. You can accept or decline.", job=about(p)),
    ),
    "hired": NoticeKind(
        FREELANCER,
        "work",
        lambda p: titled(_("You are hired"), p),
        lambda p: _(
            "{client} hired you for {job}. Congratulations!", client=_client(p), job=about(p)
        ),
        PROPOSAL,
        more=lambda p: _("For {job}. Congratulations!", job=about(p)),
    ),
    "declined": NoticeKind(
        FREELANCER,
        "work",
        lambda p: titled(_("{client} declined your proposal", client=_client(p)), p),
        lambda p: _("{client} declined your proposal for {job}.", client=_client(p), job=about(p)),
        Page("proposal", mark("See what may still come back"), "proposal"),
        more=for_job,
    ),
    "reconsidered": NoticeKind(
        FREELANCER,
        "work",
        lambda p: titled(_("Your proposal is no longer declined"), p),
        lambda p: _(
            "{client} had second thoughts about {job}: your proposal is no longer declined.",
            client=_client(p),
            job=about(p),
        ),
        PROPOSAL,
    ),
    "job-reopened": NoticeKind(
        FREELANCER,
        "work",
        lambda p: titled(_("Open again"), p),
        lambda p: _(
            "{client} reopened {job}, and your proposal stands. What came back to you stays yours.",
            client=_client(p),
            job=about(p),
        ),
        PROPOSAL,
    ),
    "another-hired": NoticeKind(
        FREELANCER,
        "work",
        lambda p: titled(_("{client} hired somebody else", client=_client(p)), p),
        lambda p: _(
            "{client} hired somebody else for {job}. The job is still open, and your proposal stands.",
            client=_client(p),
            job=about(p),
        ),
        Page("proposal", mark("See what may still come back"), "proposal"),
        more=lambda p: _(
            "For {job}. The job is still open, and your proposal stands.", job=about(p)
        ),
    ),
    "not-chosen": NoticeKind(
        FREELANCER,
        "work",
        lambda p: titled(_("You were not chosen"), p),
        lambda p: _(
            "You were not chosen for {job}: {client} hired somebody else, and closed it.",
            job=about(p),
            client=_client(p),
        ),
        PROPOSAL,
        more=lambda p: _(
            "For {job}. {client} hired somebody else, and closed it.",
            job=about(p),
            client=_client(p),
        ),
    ),
    "job-closed": NoticeKind(
        FREELANCER,
        "work",
        lambda p: titled(_("Closed"), p),
        _ended_because,
        Page("proposal", mark("See what came back"), "proposal"),
    ),
    "job-changed": NoticeKind(
        FREELANCER,
        "work",
        lambda p: titled(_("{client} changed a job", client=_client(p)), p),
        lambda p: (
            _("{client} changed {job} after you proposed.", client=_client(p), job=about(p))
            + _price_now(p)
        ),
        Page("proposal", mark("See what changed"), "proposal"),
        more=lambda p: _("You proposed to {job}.", job=about(p)) + _price_now(p),
    ),
    "invited": NoticeKind(
        INVITED,
        "work",
        lambda p: titled(_("{client} invites you to a job", client=_client(p)), p),
        lambda p: _(
            "{client} invites you to propose to {job}. Your letter costs nothing.",
            client=_client(p),
            job=about(p),
        ),
        Page("job", mark("See the job"), "job"),
        more=lambda p: _("For {job}. Your letter costs nothing.", job=about(p)),
    ),
    "flag-decided": NoticeKind(
        "who flagged the job",
        "work",
        lambda p: titled(_("We decided about your flag"), p),
        lambda p: (
            _("You flagged {job}. ", job=about(p))
            + (
                _("You were right, and we removed it. Thank you.")
                if p["upheld"]
                else _("We looked at it, and it may stay. Thank you for telling us.")
            )
        ),
        Page("find-work", mark("Find work")),
    ),
    "cloud-joined": NoticeKind(
        "who joined the cloud",
        "work",
        lambda p: _("You are in a talent cloud: {name}", name=p["name"]),
        lambda p: _(
            "{client} added you to their talent cloud “{name}”. You can see its"
            " jobs, and proposing to them costs you nothing.",
            client=p["client"],
            name=p["name"],
        ),
        Page("find-work", mark("Find work")),
    ),
    "cloud-left": NoticeKind(
        "who left the cloud",
        "work",
        lambda p: _("You are no longer in a talent cloud: {name}", name=p["name"]),
        lambda p: _(
            "{client} removed you from their talent cloud “{name}”. The proposals you sent still stand.",
            client=p["client"],
            name=p["name"],
        ),
        Page("find-work", mark("Find work")),
    ),
    "search-found": NoticeKind(
        "who saved the search",
        "searches",
        lambda p: titled(_new_jobs(p), p),
        lambda p: f"{_new_jobs(p)}. {_latest_found(p)}",
        Page("saved-search", mark("See them"), "search"),
        more=_latest_found,
    ),
}

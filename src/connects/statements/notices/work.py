"""Notices about proposals and jobs: to who proposed, and to the client."""

from __future__ import annotations

from connects.statements.notices.kinds import (
    JOB_OF_CLIENT,
    PROPOSAL,
    NoticeKind,
    Page,
    about,
    some,
)
from connects.vocabulary.refusals import Parameters

FREELANCER = "who proposed"
CLIENT = "the client"
INVITED = "who was invited"


def _price_now(parameters: Parameters) -> str:
    was, now = parameters.get("was"), parameters.get("now")
    if was is None or was == now:
        return ""
    return f" New proposals now cost {some(now)}; yours stays as it was sent."


def _goes_back(parameters: Parameters) -> str:
    """What closing gives back, where it gives anything."""
    connects, people = parameters.get("connects"), parameters.get("people")
    if not connects:
        return ""
    who = f"{people} freelancer{'' if people == 1 else 's'}"
    get = "gets" if people == 1 else "get"
    return f" If you close it without hiring, {who} {get} {some(connects)} back."


def _closing(parameters: Parameters) -> str:
    if not parameters.get("closes"):
        return ""
    return " If nothing happens, we close it for you and they get Connects back."


KINDS: dict[str, NoticeKind] = {
    "proposal-received": NoticeKind(
        CLIENT,
        "work",
        "You have a new proposal",
        lambda p: f"{p['name']} sent you a proposal for {about(p)}.",
        Page("proposal", "Read the proposal", "proposal"),
    ),
    "shortlisted": NoticeKind(
        FREELANCER,
        "work",
        "You are on a shortlist",
        lambda p: f"You are on the client’s shortlist for {about(p)}.",
        PROPOSAL,
    ),
    "message": NoticeKind(
        "the other of the two",
        "work",
        "You have a message",
        lambda p: f"{p.get('name') or 'Somebody'} sent you a message about {about(p)}.",
        Page("proposal", "Read and reply", "proposal"),
    ),
    "offer": NoticeKind(
        FREELANCER,
        "work",
        "A client offers you a job",
        lambda p: f"The client of {about(p)} offers you the job. You can accept or decline.",
        Page("proposal", "Answer the offer", "proposal"),
    ),
    "offer-answered": NoticeKind(
        CLIENT,
        "work",
        "Your offer was answered",
        lambda p: f"Your offer for {about(p)} was {p['answer']}.",
        PROPOSAL,
    ),
    "hired": NoticeKind(
        FREELANCER,
        "work",
        "You are hired",
        lambda p: f"You are hired for {about(p)}. Congratulations!",
        PROPOSAL,
    ),
    "declined": NoticeKind(
        FREELANCER,
        "work",
        "A client declined your proposal",
        lambda p: f"The client of {about(p)} declined your proposal.",
        Page("proposal", "See what may still come back", "proposal"),
    ),
    "reconsidered": NoticeKind(
        FREELANCER,
        "work",
        "A client thinks about your proposal again",
        lambda p: (
            f"The client of {about(p)} changed their mind: your proposal is no longer declined."
        ),
        PROPOSAL,
    ),
    "job-reopened": NoticeKind(
        FREELANCER,
        "work",
        "A job that you proposed to is open again",
        lambda p: (
            f"{about(p)} is open again, and your proposal stands. What came back to you stays yours."
        ),
        PROPOSAL,
    ),
    "proposal-withdrawn": NoticeKind(
        CLIENT,
        "work",
        "A proposal was withdrawn",
        lambda p: f"{p['name']} withdrew the proposal that they sent you for {about(p)}.",
        JOB_OF_CLIENT,
    ),
    "invitation-declined": NoticeKind(
        CLIENT,
        "work",
        "Your invitation was declined",
        lambda p: f"{p['name']} declined your invitation to {about(p)}. You can invite others.",
        JOB_OF_CLIENT,
    ),
    "not-chosen": NoticeKind(
        FREELANCER,
        "work",
        "Somebody else was hired",
        lambda p: f"You were not chosen for {about(p)}: the client hired somebody else.",
        PROPOSAL,
    ),
    "job-closed": NoticeKind(
        FREELANCER,
        "work",
        "A job that you proposed to is closed",
        lambda p: f"You proposed to {about(p)}, which {_ended_because(p)}.",
        Page("proposal", "See what came back", "proposal"),
    ),
    "job-changed": NoticeKind(
        FREELANCER,
        "work",
        "A job that you proposed to has changed",
        lambda p: f"The client changed {about(p)} after you proposed.{_price_now(p)}",
        Page("job", "See what it says now", "job"),
    ),
    "invited": NoticeKind(
        INVITED,
        "work",
        "A client invites you",
        lambda p: f"A client invites you to propose to {about(p)}. Your answer is free.",
        Page("job", "See the job", "job"),
    ),
    "flag-decided": NoticeKind(
        "who flagged the job",
        "work",
        "We decided about a job that you flagged",
        lambda p: (
            f"You flagged {about(p)}. "
            + (
                "You were right, and we removed it. Thank you."
                if p["upheld"]
                else "We looked at it, and it may stay. Thank you for telling us."
            )
        ),
        Page("find-work", "Find work"),
    ),
    "cloud-joined": NoticeKind(
        "who joined the cloud",
        "work",
        "You are in a talent cloud",
        lambda p: (
            f"{p['client']} put you into their talent cloud “{p['name']}”. You see its jobs, and propose"
            " to them free of charge."
        ),
        Page("find-work", "Find work"),
    ),
    "cloud-left": NoticeKind(
        "who left the cloud",
        "work",
        "You are no longer in a talent cloud",
        lambda p: (
            f"{p['client']} took you out of their talent cloud “{p['name']}”. What you have sent stands."
        ),
        Page("find-work", "Find work"),
    ),
    "post-expired": NoticeKind(
        CLIENT,
        "posts",
        "Your job has ended",
        lambda p: (
            f"Your job {about(p)} was open as long as a job can be, and has ended. You can post it again."
        ),
        JOB_OF_CLIENT,
    ),
    "search-found": NoticeKind(
        "who saved the search",
        "searches",
        "New jobs for you",
        lambda p: (
            f"{_new_jobs(p['count'])} your search “{p['name']}”, the latest is {about(p)}. You can stop"
            " these alerts on the page."
        ),
        Page("saved-search", "See them", "search"),
    ),
    "post-waiting": NoticeKind(
        CLIENT,
        "posts",
        "Your job waits for you",
        lambda p: (
            f"Your job {about(p)} has {_proposals(p['proposals'])} waiting for you. Hire somebody or"
            f" close it, so that they know.{_goes_back(p)}{_closing(p)}"
        ),
        JOB_OF_CLIENT,
    ),
    "post-closed-for-silence": NoticeKind(
        CLIENT,
        "posts",
        "Your job was closed",
        lambda p: f"We closed your job {about(p)}, because nothing happened. You can reopen it.",
        JOB_OF_CLIENT,
    ),
    "post-removed": NoticeKind(
        CLIENT,
        "posts",
        "We removed your job",
        lambda p: (
            f"We removed your job {about(p)}, because it breaks our terms:"
            f" {p['reason'] or 'see the terms'}."
            " Everyone who proposed gets their Connects back. You can post it again once you have changed"
            " what breaks the terms."
        ),
        JOB_OF_CLIENT,
    ),
}


_ENDED_BECAUSE = {
    "removed_for_terms": "was removed, because it broke our rules",
    "client_suspended": "has ended, because its client may no longer post here",
    "never_closed": "has ended, because its client did nothing about it",
}


def _ended_because(parameters: Parameters) -> str:
    return _ENDED_BECAUSE.get(str(parameters.get("cause")), "is closed now: nobody was hired")


def _new_jobs(count: object) -> str:
    return "A new job fits" if count == 1 else f"{count} new jobs fit"


def _proposals(count: object) -> str:
    return f"{count} proposal{'' if count == 1 else 's'}"

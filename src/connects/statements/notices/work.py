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
from connects.statements.words import instant_text
from connects.vocabulary.refusals import Parameters

FREELANCER = "who proposed"
CLIENT = "the client"
INVITED = "who was invited"


def _price_now(parameters: Parameters) -> str:
    was, now = parameters.get("was"), parameters.get("now")
    if was is None or was == now:
        return ""
    return f" New proposals now cost {some(now)}; yours stays as it was sent."


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
    "not-chosen": NoticeKind(
        FREELANCER,
        "work",
        "Somebody else was hired",
        lambda p: f"{about(p)} is closed: the client hired somebody else.",
        PROPOSAL,
    ),
    "job-closed": NoticeKind(
        FREELANCER,
        "work",
        "A job that you proposed to is closed",
        lambda p: f"{about(p)} is closed, and nobody was hired.",
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
    "team-invited": NoticeKind(
        INVITED,
        "work",
        "An agency invites you to its team",
        lambda p: (
            f"{p['name']} invites you into its team as {_with_article(str(p['role']))}. Accept or decline"
            f" by {instant_text(p['expires'])}."
        ),
        Page("invitations", "Answer the invitation"),
    ),
    "team-invitation-answered": NoticeKind(
        "the agency",
        "work",
        "Your invitation was answered",
        lambda p: f"{p['name']} {p['answer']} your invitation into the team.",
        Page("team", "See your team"),
    ),
    "post-waiting": NoticeKind(
        CLIENT,
        "posts",
        "Your job waits for you",
        lambda p: (
            f"Your job {about(p)} has {_proposals(p['proposals'])} waiting for you. Hire somebody or"
            f" close it, so that they know.{_closing(p)}"
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


def _proposals(count: object) -> str:
    return f"{count} proposal{'' if count == 1 else 's'}"


def _with_article(role: str) -> str:
    return f"an {role}" if role[0] in "aeiou" else f"a {role}"

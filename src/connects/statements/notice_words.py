"""Words for notices: what happened, by its code; money and the ledger have their own files."""

from __future__ import annotations

from connects.statements import ledger_words, payment_words
from connects.statements.words import Words, instant_text
from connects.vocabulary.refusals import Parameters
from connects.vocabulary.returns import ReturnCause

_RETURNED_BECAUSE = {
    ReturnCause.CLOSED_WITHOUT_HIRE.value: "the client closed the job without hiring",
    ReturnCause.CLOSED_LATE.value: "the client closed the job without hiring",
    ReturnCause.CLOSED_AFTER_HIRE.value: "the client closed the job",
    ReturnCause.REMOVED_FOR_TERMS.value: "the job was removed for breaking the terms",
    ReturnCause.CLIENT_SUSPENDED.value: "the client was suspended",
    ReturnCause.NEVER_CLOSED.value: "the client fell silent",
    ReturnCause.UNREAD.value: "the client did not open your proposal in time",
    ReturnCause.INVITED_LATER.value: "you were invited after you had paid",
    ReturnCause.WITHDRAWN.value: "you changed your mind in time",
    "appeal": "your appeal was granted",
}

_GRANTED_FOR = {
    "badge": " for your badge",
    "interview": " for your interview about “{}”",
    "promo": " for the code {}",
    "courtesy": " from us: {}",
}

NOTICES: dict[str, Words] = {
    "connects-returned": lambda p: (
        f"{p['connects']} Connects came back:"
        f" {_RETURNED_BECAUSE.get(str(p['cause']), 'the job ended')}."
        f"{ledger_words.gone_at_once(p)}"
    ),
    "connects-granted": lambda p: (
        f"You got {p['connects']} Connects{_GRANTED_FOR[str(p['cause'])].format(p['about'])}."
        f" You now hold {p['balance']}.{_withheld(p['withheld'])}"
    ),
    "reward-taken-back": lambda p: (
        f"The {p['connects']} Connects for your interview about “{p['title']}” were taken back,"
        " because what the proposal cost came back to you."
    ),
    "connects-expiring": lambda p: (
        f"{p['connects']} Connects expire in {p['days']} days, on {instant_text(p['expires'])}."
    ),
    "offer": lambda p: f"The client of “{p['title']}” offers you the job. Accept it, or decline.",
    "offer-answered": lambda p: f"Your offer for “{p['title']}” was {p['answer']}.",
    "message": lambda p: f"There is a message about “{p['title']}”.",
    "appeal-decided": lambda p: f"Your appeal about “{p['title']}” was {p['state']}: {p['reason']}",
    "invited": lambda p: f"A client invites you to propose to “{p['title']}”. Your answer is free.",
    "post-waiting": lambda p: (
        f"Your job “{p['title']}” waits for you: {p['proposals']} proposals. Hire, or close it, so that"
        " the freelancers know."
        f"{' Else it is closed for you, and they get Connects back.' if p.get('closes') else ''}"
    ),
    "team-invited": lambda p: (
        f"{p['name']} invites you into its team as {_with_article(str(p['role']))}. Accept or decline"
        f" on the page Invitations by {instant_text(p['expires'])}."
    ),
    "team-invitation-answered": lambda p: (
        f"{p['name']} {p['answer']} your invitation into the team."
    ),
    "post-removed": lambda p: (
        f"We removed your job “{p['title']}”, because it breaks our terms:"
        f" {p['reason'] or 'see the terms'}."
        " Everyone who proposed gets their Connects back. You can post it again once you have changed"
        " what breaks the terms."
    ),
    "post-closed-for-silence": lambda p: (
        f"Your job “{p['title']}” was closed because nothing happened. You can open it again."
    ),
    "connects-not-rolling-over": lambda p: (
        f"{p['connects']} Connects will not roll over on {instant_text(p['when'])},"
        " unless you use them before."
    ),
    "policy-change": lambda p: (
        f"From {instant_text(p['effective'])} on other rules hold for you: {p['rule_book']}."
        " The Membership page says what changes and what becomes of your Connects."
    ),
    "policy-change-cancelled": lambda p: (
        f"The change of rules that you were told of is called off: {p['rule_book']} holds for you."
        " You keep all of your Connects."
    ),
    "membership-payment-failed": lambda p: (
        f"The payment for {p['plan']} failed. It is tried again on {instant_text(p['next_try'])}."
    ),
    "membership-ended": lambda p: (
        f"The payment for {p['plan']} failed, so the membership has ended. You keep your Connects."
    ),
    **ledger_words.NOTICES,
    **payment_words.NOTICES,
}


SUBJECTS: dict[str, str] = {
    "connects-returned": "Connects came back",
    "connects-granted": "You got Connects",
    "reward-taken-back": "The Connects for an interview were taken back",
    "offer": "A client offers you a job",
    "offer-answered": "Your offer was answered",
    "message": "You have a message",
    "invited": "A client invites you",
    "appeal-decided": "Your appeal was decided",
    "post-waiting": "Your job waits for you",
    "team-invited": "An agency invites you into its team",
    "team-invitation-answered": "Your invitation was answered",
    "post-removed": "We removed your job",
    "post-closed-for-silence": "Your job was closed",
    "connects-expiring": "Some of your Connects expire soon",
    "connects-not-rolling-over": "Some of your Connects will not roll over",
    "policy-change": "The rules change for you",
    "policy-change-cancelled": "The rules do not change for you after all",
    "membership-payment-failed": "Your membership could not be paid",
    "membership-ended": "Your membership has ended",
    **ledger_words.SUBJECTS,
    **payment_words.SUBJECTS,
}
"""The subjects of e-mails, by the codes of notices."""


def _withheld(credits: object) -> str:
    return f" {credits} more did not fit under your limit." if credits else ""


def _with_article(role: str) -> str:
    return f"an {role}" if role[0] in "aeiou" else f"a {role}"


def notice_text(code: str, parameters: Parameters) -> str:
    """A notice as a sentence; one whose code has no words of its own says that there is something new."""
    return NOTICES[code](parameters) if code in NOTICES else "There is news for your account."

"""Words for codes: refusals, notices and lines of a history; those of prices are in `price_words`.

The core speaks in codes with parameters; this is where they become English, once for every edge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from connects.ledger.entries import EntryKind
from connects.statements import ledger_words, payment_words, staff_words
from connects.statements.limit_words import too_often_text
from connects.vocabulary.refusals import Parameter, RefusalCode, Refused
from connects.vocabulary.returns import ReturnCause, Stage

Parameters = Mapping[str, Parameter]
Words = Callable[[Parameters], str]


_NOT_ALLOWED = {
    "payment_under_way": "A payment for a plan is under way. Finish it first, or let it go.",
    "plan_buys_none": "Your plan does not include buying extra Connects.",
    "clients_only": "Only clients can post jobs.",
    "freelancers_only": "Only freelancers and agencies can do this.",
    "not_yours": "This belongs to someone else.",
    "suspended": "This account is suspended.",
    "closed": "This account was closed, and that is for good.",
    "earnings_left": "There are earnings left in this account. Have them paid out first.",
    "not_closed": "Close the account first, or have its member close it.",
    "own_account": "This job belongs to an account that you act for, so you cannot work on it.",
    "removed_before": (
        "This job was removed for breaking the terms, and it still says and pays the same. Change what"
        " breaks them; the page of the removed job says what that is."
    ),
    "withdrawn": "This proposal was withdrawn, so nothing more can be done with it.",
    "hired_already": "This freelancer is hired for this job already.",
    "other_currency": "That rule book counts in another currency than this account's.",
    "agencies_only": "Only agencies can do this.",
    "frozen": "This agency's plan is frozen. Revive it first.",
    "not_frozen": "This plan is not frozen.",
    "may_not_spend": "You may not spend this agency's Connects. Ask its owner.",
    "self_invitation": "You cannot invite yourself.",
    "too_many_invitations": "This post has sent as many invitations as it may.",
    "nothing_to_appeal": "Nothing of this proposal is left to come back, or its job goes on.",
    "last_operator": "This is the last operator. Make someone else an operator first.",
    "second_person": "A second person has to decide; you were the first.",
    "not_proposed": "Nobody has proposed a decision yet.",
    "no_offer": "There is no offer to answer.",
    "client_writes_first": "You can answer once the client has written to you.",
    "not_invited_to_team": "No invitation into this team is open. Ask the agency for another one.",
    "owner_only": "Only the agency's owner can do this.",
    "above_own_limit": "You can give a member at most what the agency's owner gave you.",
    "not_invited": "You were not invited to this job.",
    "last_owner": "An agency needs an owner; make someone else one first.",
    "soft_cap": "This job has many proposals already, and its client takes no more for now.",
    "own_post": "You cannot flag your own post.",
    "spending_limit": "This would go over the monthly limit that was set for your proposals.",
    "members_only": "Only members can do this.",
    "closed_to_replies": "This discussion is closed to replies.",
    "renewal_under_way": (
        "Your month's own payment is under way. Try again when it has gone through, or cancel."
    ),
}

_PROBLEMS = {
    "required": "is needed",
    "too_long": "is too long",
    "not_an_amount": "must be an amount such as 20 or 12.50",
    "unknown": "is not one of those offered",
    "too_large": "is too large",
    "negative": "cannot be negative",
    "not_positive": "must be more than nothing",
    "below_minimum": "is under the minimum",
    "control_characters": "holds characters that cannot be shown",
    "hidden_characters": "holds characters that cannot be seen",
    "no_letter": "needs at least one letter or digit",
    "idempotency_key_reused": "was used for something else already",
    "email_taken": "is registered already",
    "handle_taken": "is taken already",
    "in_the_past": "lies in the past",
    "taken": "is taken already",
    "not_unknown": "is not one that nobody knows about",
    "not_paid": "is not one whose money is here: it was never paid, or went back already",
    "unknown_account": "is not known here",
    "in_team_already": "is in the team already",
    "not_a_team": "must be a freelancer who joins an agency",
    "no_wallet": "must be a freelancer or an agency",
    "plan_unknown": "is not one of your rule book's",
    "plan_held": "is the one that you have already",
    "plan_chosen": "is the one that you have chosen already",
    "nothing_to_cancel": "is not one that can be cancelled: you are on another one, or on a free one",
    "badge_not_held": "is not held by this account",
    "not_a_code": "must be 3 to 40 capital letters, digits and hyphens",
    "not_after_begin": "must lie after the beginning",
    "promo_unknown": "is not a promo code that is valid now",
    "promo_over": "was valid once, and is no more",
    "promo_exhausted": "has been used as often as it may be",
    "promo_used": "has been used by you as often as you may",
    "held_already": "is the rule book that holds for this account already",
    "move_pending": "is on its way to other rules already; wait for that, or move it without notice",
    "same_rule_book": "is the rule book that the accounts are under already",
    "too_many": "has too many lines",
    "too_many_cells": "has more cells than the table has columns",
    "not_a_table": "must be CSV with the columns handle, credits and reason",
    "not_an_instant": "has an end that is no date and time in UTC, such as 2026-12-31T12:00",
    "twice": "says the same as a row before it",
    "not_a_percentage": "must be a percentage such as 12.5",
    "above_a_hundred": "of all cohorts together is more than 100 percent",
    "not_a_draft": "is not a draft any more",
    "wrong_state": "is not in a state in which this can be done",
    "refund_refused": "cannot be refunded: the provider refuses. The Connects were given back",
    "not_charged_back": "was not charged back",
    "paid_from_earnings": "was paid from earnings, so that no bank or provider can move its money",
    "not_refunded": "was not refunded, or its refund came back already",
    "no_care_needed": "asks for nothing to be done",
    "too_many_methods": "is one too many: remove one of those you keep first",
    "ceiling_under_price": "is less than one purchase costs",
    "not_a_country": "must be two capital letters, such as DE",
    "unknown_field": "is not a field that is known here",
    "not_text": "must be text",
    "not_whole": "must be a whole number",
    "not_an_object": "must be a JSON object",
    "rolled_back_already": "has been rolled back already",
    "not_scheduled": "was never scheduled, so there is nothing to roll back",
}


def problem_text(code: str) -> str:
    """What is wrong with a field, to follow its name."""
    return _PROBLEMS.get(code, "is not valid")


def _not_allowed(parameters: Parameters) -> str:
    if "retry_after_seconds" in parameters:
        return f"{too_often_text(parameters)} Nothing was charged or changed."
    if parameters.get("problem") == "staff_role":
        words = f"Only {parameters['roles']} can do this."
    else:
        words = _NOT_ALLOWED.get(str(parameters.get("problem")), "This is not for your account.")
    return f"{words} Nothing was charged or changed."


def _invalid(parameters: Parameters) -> str:
    special = _SPECIAL.get(str(parameters.get("problem")))
    if special is not None:
        return f"{special(parameters)} Nothing was changed."
    words = f"{_field(parameters)} {problem_text(str(parameters.get('problem')))}"
    if parameters.get("problem") == "too_long" and "most" in parameters:
        words += f": use at most {int(parameters['most'] or 0):,} characters"
    return f"{words}. Nothing was charged or changed."


def _field(parameters: Parameters) -> str:
    return str(parameters.get("field", "This")).replace("_", " ").capitalize()


def _not_a_number(parameters: Parameters) -> str:
    least, most = int(parameters["least"] or 0), int(parameters["most"] or 0)
    return f"{_field(parameters)}: enter a whole number from {least:,} to {most:,}."


_SPECIAL: dict[str, Words] = {
    "over_the_rest": lambda p: f"That is nothing, or more than is left: {p['rest']} can go back.",
    "other_currency": lambda p: (
        f"The payment was in {p['currency']}. Enter the amount in {p['currency']}."
        if p.get("currency")
        else "This is in another currency than the account's."
    ),
    "not_a_number": _not_a_number,
    "not_a_key": lambda _: "This form was sent without its number. Reload the page and try again.",
    **ledger_words.INVALID,
    **staff_words.INVALID,
    "too_many_keys": lambda p: f"You hold {p['most']} keys, as many as you may. Revoke one first.",
}


REFUSALS: dict[RefusalCode, Words] = {
    RefusalCode.INSUFFICIENT_CONNECTS: lambda p: (
        f"This needs {p.get('needed')} Connects and you have {p.get('balance')}."
        " Nothing was charged."
    ),
    RefusalCode.BALANCE_CAP: lambda p: (
        f"You may hold at most {p.get('limit')} Connects, so there is room for {p.get('room')}"
        " more. Nothing was charged."
    ),
    RefusalCode.BUNDLE_UNKNOWN: lambda p: (
        f"{p.get('credits')} Connects are not sold as a bundle. Choose one of those offered."
    ),
    RefusalCode.PAYMENT_DECLINED: payment_words.declined_text,
    RefusalCode.PAYMENT_METHOD_UNAVAILABLE: payment_words.unavailable_text,
    RefusalCode.JOB_CLOSED: lambda _: "This job takes no more proposals. Nothing was charged.",
    RefusalCode.ALREADY_PROPOSED: lambda _: (
        "You have sent a proposal to this job already. Nothing more was charged."
    ),
    RefusalCode.PRICE_CHANGED: lambda p: (
        f"The client edited the job and a proposal now costs {p.get('connects')} Connects instead"
        f" of {p.get('max_connects')}. Nothing was charged; send it again if you agree."
    ),
    RefusalCode.NOT_MEMBER: lambda _: "Only members can do this. Nothing was charged.",
    RefusalCode.NOT_ALLOWED: _not_allowed,
    RefusalCode.RULE_BOOK_UNKNOWN: lambda p: f"There is no rule book named {p.get('name')}.",
    RefusalCode.BATCH_REFUSED: lambda _: (
        "Nothing was charged: this was asked for together with something that was refused."
    ),
    RefusalCode.BUSY: lambda _: (
        "Too much is going on at this moment. Nothing was charged; please try again shortly."
    ),
    RefusalCode.TOO_MANY_CALLS: lambda p: (
        f"More than {p.get('most')} calls within a minute. Nothing was done; call again in"
        f" {p.get('retry_after_seconds')} seconds."
    ),
    RefusalCode.INVALID: _invalid,
}


def refusal_text(refused: Refused) -> str:
    """A refusal as what was wrong and what to do."""
    return REFUSALS[refused.code](refused.parameters)


ENTRY_KINDS: dict[EntryKind, str] = {
    EntryKind.SIGNUP: "Welcome grant",
    EntryKind.PLAN: "Monthly Connects",
    EntryKind.BONUS: "Bonus",
    EntryKind.COURTESY: "Courtesy grant",
    EntryKind.PURCHASE: "Purchase",
    EntryKind.RETURN: "Came back",
    EntryKind.SPEND: "Proposal",
    EntryKind.BOOST: "Boost",
    EntryKind.EXPIRE: "Expired",
    EntryKind.FORFEIT: "Not rolled over",
    EntryKind.REVERSE: "Purchase reversed",
    EntryKind.REINSTATE: "Put back",
    EntryKind.VOID: "Taken back",
    EntryKind.WRITE_OFF: "Debt written off",
}

CAUSES: dict[ReturnCause, str] = {
    ReturnCause.CLOSED_WITHOUT_HIRE: "the client closes the job without hiring",
    ReturnCause.CLOSED_LATE: "the client closes the job without hiring, but late",
    ReturnCause.CLOSED_AFTER_HIRE: "the client hires someone else and closes the job",
    ReturnCause.REMOVED_FOR_TERMS: "the job is removed for breaking the terms",
    ReturnCause.CLIENT_SUSPENDED: "the client is suspended",
    ReturnCause.NEVER_CLOSED: "the client neither hires nor closes",
    ReturnCause.UNREAD: "the client does not open your proposal in time",
    ReturnCause.INVITED_LATER: "you are invited afterwards",
    ReturnCause.WITHDRAWN: "you withdraw it within minutes, unopened",
}

STAGES: dict[Stage, str] = {
    Stage.UNOPENED: "and has not opened your proposal",
    Stage.OPENED: "and has opened your proposal",
    Stage.ENGAGED: "after a short list or a message",
}

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
        f"{p['connects']} Connects expire in {p['days']} days, on"
        f" {datetime.fromisoformat(str(p['expires'])):%d %B %Y, %H:%M} UTC."
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
        f" on the page Invitations by {_day(p['expires'])}."
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
        f"{p['connects']} Connects will not roll over on {_day(p['when'])}, unless you use them before."
    ),
    "policy-change": lambda p: (
        f"From {_day(p['effective'])} on other rules hold for you: {p['rule_book']}."
        " The Membership page says what changes and what becomes of your Connects."
    ),
    "policy-change-cancelled": lambda p: (
        f"The change of rules that you were told of is called off: {p['rule_book']} holds for you."
        " You keep all of your Connects."
    ),
    "membership-payment-failed": lambda p: (
        f"The payment for {p['plan']} failed. It is tried again on {_day(p['next_try'])}."
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


def _day(moment: object) -> str:
    return f"{datetime.fromisoformat(str(moment)):%d %B %Y, %H:%M} UTC"


def notice_text(code: str, parameters: Parameters) -> str:
    """A notice as a sentence; one whose code has no words of its own says that there is something new."""
    return NOTICES[code](parameters) if code in NOTICES else "There is news for your account."

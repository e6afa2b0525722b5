"""The words for every `problem` of a refusal: one table, so that none is without.

Each says what to do next. What became of the request ("Nothing was charged") follows from the refusal's
own code, in `refusal_words`.
"""

from __future__ import annotations

from collections.abc import Mapping

from connects.statements.field_words import OF_FIELDS, UNHEARD_OF, field_name
from connects.statements.limit_words import too_many_invitations_text, too_often_text
from connects.statements.payment_words import other_currency_text
from connects.statements.spending_limit_words import (
    ceiling_under_price,
    most_of_own,
    not_a_limit,
    over_spending_limit,
)
from connects.statements.words import Words, instant_text
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Parameters
from connects.wording import figures
from connects.wording.messages import gettext as _
from connects.wording.messages import mark


def _field(parameters: Parameters) -> str:
    return field_name(parameters.get("field", _("This")))


def _not_a_number(parameters: Parameters) -> str:
    least, most = int(parameters["least"] or 0), int(parameters["most"] or 0)
    return _(
        "{field}: enter a whole number from {least} to {most}.",
        field=_field(parameters),
        least=figures.number(least),
        most=figures.number(most),
    )


def _unknown_parameter(parameters: Parameters) -> str:
    field, known = parameters.get("field"), parameters.get("known")
    if not known:
        return _("{field}: leave this out; this address takes no parameters.", field=field)
    return _("{field}: leave this out; this address takes only {known}.", field=field, known=known)


def _contradicts(parameters: Parameters) -> str:
    least = parameters.get("least")
    return _(
        "{field}: this ends before it begins, at {least}, so nothing can fit. Change one of the two.",
        field=_field(parameters),
        least=least,
    )


def _unknown_accounts(parameters: Parameters) -> str:
    count, named = int(parameters["count"] or 0), str(parameters["accounts"])
    others = _(" and others") if count > named.count(",") + 1 else ""
    return _(
        "Check the list: {count} of its accounts are not known here, {named}{others}.",
        count=count,
        named=named,
        others=others,
    )


PROBLEMS: Mapping[str, str | Words] = {
    Problem.EMAIL_TAKEN: (
        mark("There is an account with this e-mail address. Sign in, or set a new password.")
    ),
    Problem.UNKNOWN_PARAMETER: _unknown_parameter,
    Problem.UNKNOWN_ACCOUNT: (
        mark(
            "We could not find that person. Check the spelling, or enter the e-mail"
            " address they signed up with."
        )
    ),
    Problem.SAME_RULE_BOOK: mark(
        "These rules apply to the accounts already. Choose other rules to move to."
    ),
    Problem.NOTHING_TO_CANCEL: (
        mark(
            "There is nothing to cancel: you are on another plan, or on a free one."
            " Your Membership page says which."
        )
    ),
    Problem.PROMO_UNKNOWN: (
        mark("We do not know this code. Check it for typing errors; codes can also expire.")
    ),
    Problem.PROMO_OVER: mark("This code has expired. Enter another one."),
    Problem.PROMO_EXHAUSTED: mark(
        "This code has been used as often as it can be. Enter another one."
    ),
    Problem.PROMO_USED: mark("You have used this code as often as you can. Enter another one."),
    Problem.NOT_UNKNOWN: (
        mark(
            "We already know what became of this payment, so there is"
            " nothing to decide. Reload the page to see it."
        )
    ),
    Problem.NOT_A_DRAFT: (
        mark("This is no longer a draft. Reload the page to see how it stands, or make a new one.")
    ),
    Problem.REFUND_REFUSED: (
        mark(
            "The provider refuses this refund, so the Connects were given back."
            " Refund it on the provider's own page, or ask them why."
        )
    ),
    Problem.NOT_CHARGED_BACK: (
        mark("This payment was not charged back. Check its number, or refund it instead.")
    ),
    Problem.PAID_FROM_EARNINGS: (
        mark(
            "This was paid from earnings, so no bank or provider can move its money."
            " Grant Connects instead."
        )
    ),
    Problem.NOT_REFUNDED: (
        mark(
            "No refund of this payment is open: there was none, or it came back."
            " Check the payment's page."
        )
    ),
    Problem.NO_CARE_NEEDED: mark("This payment needs nothing. You can leave it as it is."),
    Problem.ROLLED_BACK_ALREADY: mark(
        "This has been rolled back already. You can draft a new rollout."
    ),
    Problem.NOT_SCHEDULED: (
        mark(
            "This was never scheduled, so there is nothing to roll back. You can discard the draft."
        )
    ),
    Problem.CEILING_UNDER_PRICE: lambda p: ceiling_under_price(_field(p), p),
    Problem.TOO_MANY_SKILLS: lambda p: _(
        "Name at most {most} skills, with commas between them.", most=p["most"]
    ),
    Problem.NOT_A_COUNTRY: mark("Choose a country from the list, such as Germany (DE)."),
    Problem.CONTRADICTS: _contradicts,
    Problem.NOT_A_RULE_BOOK: (
        mark(
            "This is not yet a complete set of rules. Change what the check names, then try again."
        )
    ),
    Problem.TOO_MANY_VIEWS: lambda p: _(
        "You already keep {most} views of this list. Remove one of them first.", most=p["most"]
    ),
    Problem.PAYMENT_UNDER_WAY: (
        mark(
            "A payment for a plan is under way. Wait until it has gone through, or"
            " let it go on its page."
        )
    ),
    Problem.PLAN_BUYS_NONE: (
        mark("You cannot buy more Connects on your plan. Choose another plan to buy some.")
    ),
    Problem.CLIENTS_ONLY: mark(
        "Only clients can post jobs. Switch to a client's account, or sign up as one."
    ),
    Problem.FREELANCERS_ONLY: (
        mark(
            "Only freelancers and agencies can do this. Switch to such an account, or"
            " sign up for one."
        )
    ),
    Problem.NOT_YOURS: mark("This belongs to another account. Switch accounts, or ask its owner."),
    Problem.SUSPENDED: mark(
        "This account is suspended, so this has to wait. Write to us to ask why."
    ),
    Problem.CLOSED: mark("This account was closed for good. You can open a new one."),
    Problem.EARNINGS_LEFT: mark(
        "There are earnings left in this account. Have them paid out first."
    ),
    Problem.OWN_ACCOUNT: (
        mark(
            "You act for the account that posted this job, so you cannot work on it."
            " Find another job."
        )
    ),
    Problem.REMOVED_BEFORE: (
        mark(
            "We removed this job because it broke our rules, and it still says and"
            " pays the same. Change what broke them first; the page of the removed"
            " job says what that is."
        )
    ),
    Problem.WITHDRAWN: mark(
        "This proposal was withdrawn, so there is nothing left to do. Find another one."
    ),
    Problem.NOT_SENT_YET: mark("This proposal is reserved, but not sent yet. Send it first."),
    Problem.SENT_ALREADY: mark(
        "This proposal has been sent already. Open it to see how it stands."
    ),
    Problem.HIRED_ALREADY: (
        mark("This freelancer is hired for this job already. Open the proposal to write to them.")
    ),
    Problem.AGENCIES_ONLY: mark("Only agencies can do this. Switch to your agency's account."),
    Problem.FROZEN: mark(
        "This agency's plan is frozen. Ask its owner, who can revive it on the Team page."
    ),
    Problem.NOT_FROZEN: mark("This plan is not frozen. You can go on using it."),
    Problem.MAY_NOT_SPEND: mark("This agency has not given you Connects to spend. Ask its owner."),
    Problem.SELF_INVITATION: mark("You cannot invite yourself. Choose somebody else."),
    Problem.NOTHING_TO_APPEAL: (
        mark(
            "Nothing of this proposal is left to come back, or its job goes on. You"
            " can appeal when the job has ended."
        )
    ),
    Problem.LAST_OPERATOR: mark("This is the last operator. Make someone else an operator first."),
    Problem.SECOND_PERSON: (
        mark("You made the first decision. Ask somebody else from support or trust to confirm it.")
    ),
    Problem.NOT_PROPOSED: mark("Nobody has proposed a decision yet. Propose one first."),
    Problem.NO_OFFER: mark("There is no offer to answer. Write to the client, and ask."),
    Problem.CLIENT_WRITES_FIRST: (
        mark("You can answer once the client has written to you. We will tell you when they do.")
    ),
    Problem.NOT_INVITED_TO_TEAM: mark(
        "No invitation into this team is open. Ask the agency for another one."
    ),
    Problem.OWNER_ONLY: mark("Only the agency's owner can do this. Ask them."),
    Problem.ABOVE_OWN_LIMIT: lambda p: _(
        "You can give a member at most what the agency's owner gave you{most_of_own}.",
        most_of_own=most_of_own(p),
    ),
    Problem.NOT_INVITED: mark(
        "You were not invited to this job. You can still propose, where it is open."
    ),
    Problem.LAST_OWNER: mark("An agency needs an owner. Make someone else one first."),
    Problem.SOFT_CAP: (
        mark(
            "This job has many proposals, and its client takes no more for now. Find"
            " a similar job, or try again later."
        )
    ),
    Problem.OWN_JOB_OVER: (
        mark("This job is over, so nothing was changed. You can post it again as a new job.")
    ),
    Problem.REOPENED_TOO_LATE: (
        mark("This job cannot be opened again now. You can post it again as a new job.")
    ),
    Problem.REMOVED_ALREADY: (
        mark("This job is removed already, so nothing was changed. Reload the page to see why.")
    ),
    Problem.OWN_POST: mark("This is your own job. You can edit or close it."),
    Problem.SPENDING_LIMIT: over_spending_limit,
    Problem.TOO_MANY_DRAFTS: mark("You cannot keep any more drafts. Send or discard one first."),
    Problem.MEMBERS_ONLY: mark("Only members can do this. Sign in, or sign up."),
    Problem.CLOSED_TO_REPLIES: mark(
        "This discussion takes no more replies. You can still read it."
    ),
    Problem.RENEWAL_UNDER_WAY: (
        mark(
            "The payment for your month is under way. Try again when it has gone through, or cancel it."
        )
    ),
    Problem.STAFF_ROLE: lambda p: _("Only {roles} can do this. Ask one of them.", roles=p["roles"]),
    Problem.OVER_THE_REST: lambda p: _(
        "Enter more than 0, and at most what is left: {rest}.", rest=p["rest"]
    ),
    Problem.OTHER_CURRENCY: other_currency_text,
    Problem.NOT_A_NUMBER: _not_a_number,
    Problem.NOT_A_LIMIT: not_a_limit,
    Problem.NOT_A_KEY: mark(
        "This form was sent without its number. Reload the page and try again."
    ),
    Problem.TOO_MANY_KEYS: lambda p: _(
        "You have {most} keys, the most you can have. Revoke one first.", most=p["most"]
    ),
    Problem.AMOUNT_NOT_POSITIVE: mark("Enter at least 1 Connect."),
    Problem.AMOUNT_TOO_LARGE: lambda p: _(
        "Enter fewer: at most {most} Connects can be kept.",
        most=figures.number(int(p["most"] or 0)),
    ),
    Problem.COST_OUT_OF_RANGE: mark("Enter a cost of 0 or more, and less than this."),
    Problem.EXPIRED_ALREADY: (
        mark("These Connects would have expired before they arrive. Choose a later expiry date.")
    ),
    Problem.AHEAD_OF_TIME: lambda p: _(
        "This would take effect at {effective}, more than a day from now. Check the clock.",
        effective=p["effective"],
    ),
    Problem.WALLET_UNKNOWN: mark("We cannot find a wallet for that account. Check its handle."),
    Problem.SPEND_UNKNOWN: mark(
        "We cannot find what was spent there. Choose a line of the account's history."
    ),
    Problem.NOT_A_SPEND: mark(
        "Only Connects that were spent can come back. Choose a line of spending."
    ),
    Problem.HOLD_UNKNOWN: mark(
        "We cannot find what was held there. Choose a line that holds Connects."
    ),
    Problem.HELD_NO_LONGER: lambda p: _(
        "The {held} Connects that were set aside are no longer held. Send it again.",
        held=p["held"],
    ),
    Problem.RETURNED_MORE_THAN_SPENT: lambda p: _(
        "Of the {spent} Connects that were spent, {returned} came back already."
        " Enter no more than the rest.",
        spent=p["spent"],
        returned=p["returned"],
    ),
    Problem.LOT_UNKNOWN: mark(
        "We cannot find these Connects on the account. Choose them from its history."
    ),
    Problem.LOT_CAME_BACK: mark(
        "These Connects came back. Choose the ones that were bought instead."
    ),
    Problem.LOT_REVERSED: mark(
        "These Connects were taken back already. Choose others from the history."
    ),
    Problem.MORE_THAN_ISSUED: mark("Enter fewer: there were not that many of these Connects."),
    Problem.REFUND_OUT_OF_RANGE: mark("Enter more than 0, and no more than the price."),
    Problem.NOT_A_REVERSAL: (
        mark("Nothing was taken back there. Choose a line on which Connects were taken back.")
    ),
    Problem.REVERSAL_UNDONE: mark(
        "These Connects have already been given back. Check the account's history."
    ),
    Problem.MORE_THAN_IS_LEFT: lambda p: _(
        "Enter at most {left}: no more of these Connects are left. What was spent stays spent.",
        left=p["left"],
    ),
    Problem.MORE_THAN_IS_OWED: lambda p: _(
        "Enter at most {debt}: the account owes no more Connects.", debt=p["debt"]
    ),
    Problem.UNKNOWN_ROLE: lambda p: _(
        "There is no such role. Choose one of: {roles}.", roles=p["roles"]
    ),
    Problem.NOT_AN_EMAIL: mark("Enter an e-mail address, such as ana@example.com."),
    Problem.NOT_ON_THE_STAFF: (
        mark("Nobody on the staff has this e-mail address. Check it, or add them to the staff.")
    ),
    Problem.STAFF_ALREADY: lambda p: _(
        "This person is on the staff already, as {role}. You can change their role.", role=p["role"]
    ),
    Problem.USED_OR_OLD: mark("This link no longer works. Ask an operator for a new one."),
    Problem.UNKNOWN_ACCOUNTS: _unknown_accounts,
    Problem.OVERLAPPING: lambda p: _(
        "{count} of these accounts are on their way to other rules already. Wait"
        " for that rollout, or roll it back first.",
        count=p["count"],
    ),
    Problem.LESS_THAN_NOTICE: lambda p: _(
        "Cohort {cohort} would get less notice than was promised. Choose {earliest} or later.",
        cohort=p["cohort"],
        earliest=instant_text(p["earliest"]),
    ),
    Problem.TOO_MANY_SIGN_UPS: too_often_text,
    Problem.TOO_MANY_MESSAGES: too_often_text,
    Problem.TOO_MANY_REPLIES: too_often_text,
    Problem.TOO_MANY_POSTS: too_often_text,
    Problem.TOO_MANY_FLAGS: too_often_text,
    Problem.TOO_MANY_TRIES: too_often_text,
    Problem.TOO_MANY_INVITATIONS: too_many_invitations_text,
    Problem.CEILING: mark(
        "Your auto top-up has reached its monthly ceiling. Raise it, or wait a month."
    ),
}
"""Problems that are told in sentences of their own; `field_words` has those of a field."""


def field_instruction(code: str) -> str:
    """What to enter instead, to follow a field's name."""
    return OF_FIELDS.get(code) or _(UNHEARD_OF)


def beside_field(code: str) -> str:
    """What to enter instead, as a sentence that stands beside the field."""
    said = field_instruction(code)
    return f"{said[0].upper()}{said[1:]}."


def field_problem_text(field: str, parameters: Parameters) -> str:
    """What is wrong with a field as programs name it, as a sentence."""
    if is_about_field(parameters):
        return f"{field}: {_instruction(str(parameters.get('problem')), parameters)}."
    return problem_sentence(parameters)


def is_about_field(parameters: Parameters) -> bool:
    """Whether the problem is one with a field, and has no sentence of its own."""
    return str(parameters.get("problem")) not in PROBLEMS


def problem_sentence(parameters: Parameters) -> str:
    """The problem that a refusal names, as a sentence."""
    code = str(parameters.get("problem"))
    words = PROBLEMS.get(code)
    if isinstance(words, str):
        return _(words)
    if words is not None:
        return words(parameters)
    return f"{_field(parameters)}: {_instruction(code, parameters)}."


def _instruction(code: str, parameters: Parameters) -> str:
    if code == Problem.OUT_OF_RANGE and "most" in parameters:
        return _("enter at most {most}", most=figures.number(int(parameters["most"] or 0)))
    if code == Problem.OUT_OF_RANGE and "least" in parameters:
        return _("enter at least {least}", least=figures.number(int(parameters["least"] or 0)))
    if code == Problem.TOO_MANY and "most" in parameters:
        return _("send at most {most}", most=figures.number(int(parameters["most"] or 0)))
    if code == Problem.UNKNOWN and "known" in parameters:
        return _("choose one of {known}", known=parameters["known"])
    if code == Problem.TOO_LONG and "most" in parameters:
        most = figures.number(int(parameters["most"] or 0))
        return _("use at most {most} characters", most=most)
    if code == Problem.TOO_LARGE and "at_most" in parameters:
        return _("enter at most {at_most}", at_most=parameters["at_most"])
    return field_instruction(code)

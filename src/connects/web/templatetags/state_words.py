"""The words of states, as badges show them, in the reader's language."""

from __future__ import annotations

from connects.wording.messages import gettext, mark, pgettext

WORDS = frozenset(
    (
        mark("Accepted"),
        mark("Accounted for"),
        mark("Active"),
        mark("Another amount arrived"),
        mark("Answered"),
        mark("Came back"),
        mark("Called off"),
        mark("Charged back"),
        mark("Checking the budget"),
        mark("Closed"),
        mark("Coming"),
        mark("Complete"),
        mark("Confirmed"),
        mark("Dead"),
        mark("Declined"),
        mark("Digest"),
        mark("Disabled"),
        mark("Discarded"),
        mark("Dismissed"),
        mark("Done"),
        mark("Draft"),
        mark("Erased"),
        mark("Expired"),
        mark("Failed"),
        mark("Failing"),
        mark("Finished"),
        mark("Frozen"),
        mark("Granted"),
        mark("Hired"),
        mark("Invited"),
        mark("Kept"),
        mark("Leaves jobs open"),
        mark("Moved"),
        mark("New"),
        mark("New client"),
        mark("Next"),
        mark("Not chosen"),
        mark("Not confirmed"),
        mark("Not finished"),
        mark("Offered"),
        mark("Open"),
        mark("Open more than once"),
        mark("Opened"),
        mark("Over"),
        mark("Paid"),
        mark("Paused"),
        mark("Pending"),
        mark("Planned"),
        mark("Proposed"),
        mark("Quiet"),
        mark("Refund under way"),
        mark("Refunded"),
        mark("Refused"),
        mark("Removed"),
        mark("Reserved"),
        mark("Returned"),
        mark("Rolled back"),
        mark("Rolling back"),
        mark("Running"),
        mark("Scheduled"),
        mark("Sent"),
        mark("Shortlisted"),
        mark("Stopped"),
        mark("Suspended"),
        mark("This one"),
        mark("Told"),
        mark("Under way"),
        mark("Unread"),
        mark("Upheld"),
        mark("Used up"),
        mark("Valid"),
        mark("Void"),
        mark("Waiting"),
        mark("Waits for a second person"),
        mark("Withdrawn"),
        mark("Your plan"),
        # Kinds of what a search finds, which badges show, too.
        *(mark("Account"), mark("Person"), mark("Job"), mark("Proposal"), mark("Payment")),
        *(mark("Refund or dispute"), mark("Promo code"), mark("Rollout")),
        *(mark("Receipt"), mark("Credit note"), mark("Debit note")),
    )
)
"""Marked, to be translated when they are shown."""


_OF_REPAYMENTS = {
    "Asked": mark("Asked for"),
    "Standing": mark("Went back"),
    "Undone": mark("Came back to us"),
    "Refused": mark("Refused"),
    "Unclear": mark("Needs a look"),
}


def state_words(state: str, of: str = "") -> str:
    """A state in the reader's language; `of` says whose it is, where that makes another word of it."""
    if of == "proposal":
        return _of_proposals().get(state, state)
    if of == "repayment":
        return gettext(_OF_REPAYMENTS.get(state, state))
    return gettext(state) if state in WORDS else state


def _of_proposals() -> dict[str, str]:
    """In many languages the word depends on what is sent, opened or closed."""
    return {
        "Sent": pgettext("proposal", "Sent"),
        "Opened": pgettext("proposal", "Opened"),
        "Answered": pgettext("proposal", "Answered"),
        "Shortlisted": pgettext("proposal", "Shortlisted"),
        "Offered": pgettext("proposal", "Offered"),
        "Hired": pgettext("proposal", "Hired"),
        "Declined": pgettext("proposal", "Declined"),
        "Not chosen": pgettext("proposal", "Not chosen"),
        "Closed": pgettext("proposal", "Closed"),
        "Withdrawn": pgettext("proposal", "Withdrawn"),
        "Reserved": pgettext("proposal", "Reserved"),
        "Unread": pgettext("proposal", "Unread"),
    }

"""Words for the lines of a history, and for how jobs end."""

from __future__ import annotations

from connects.ledger.entries import EntryKind
from connects.statements.words import Spoken
from connects.vocabulary.returns import ReturnCause
from connects.wording.messages import mark

ENTRY_KINDS: Spoken[EntryKind] = Spoken(
    {
        EntryKind.SIGNUP: mark("Welcome grant"),
        EntryKind.PLAN: mark("Monthly Connects"),
        EntryKind.BONUS: mark("Bonus"),
        EntryKind.COURTESY: mark("Courtesy"),
        EntryKind.PURCHASE: mark("Bought"),
        EntryKind.RETURN: mark("Came back"),
        EntryKind.SPEND: mark("Proposal"),
        EntryKind.BOOST: mark("Boost"),
        EntryKind.EXPIRE: mark("Expired"),
        EntryKind.FORFEIT: mark("Not rolled over"),
        EntryKind.REVERSE: mark("Went back with the money"),
        EntryKind.REINSTATE: mark("Put back"),
        EntryKind.VOID: mark("Taken back"),
        EntryKind.WRITE_OFF: mark("Debt written off"),
        EntryKind.HOLD: mark("Held for a proposal"),
        EntryKind.RELEASE: mark("Free again"),
    }
)

CAUSES: Spoken[ReturnCause] = Spoken(
    {
        ReturnCause.CLOSED_WITHOUT_HIRE: mark("the client closes the job without hiring"),
        ReturnCause.CLOSED_LATE: mark("the client closes the job without hiring, but late"),
        ReturnCause.CLOSED_AFTER_HIRE: mark("the client hires someone else and closes the job"),
        ReturnCause.REMOVED_FOR_TERMS: mark("we remove the job because it broke our rules"),
        ReturnCause.CLIENT_SUSPENDED: mark("we suspend the client"),
        ReturnCause.NEVER_CLOSED: mark("the client neither hires nor closes"),
        ReturnCause.UNREAD: mark("the client does not open your proposal in time"),
        ReturnCause.INVITED_LATER: mark("you are invited afterwards"),
        ReturnCause.WITHDRAWN: mark("you withdraw it within minutes, unopened"),
    }
)

CAME_BACK: Spoken[str] = Spoken(
    {
        ReturnCause.CLOSED_WITHOUT_HIRE.value: mark("the client closed the job without hiring"),
        ReturnCause.CLOSED_LATE.value: mark("the client closed the job without hiring, but late"),
        ReturnCause.CLOSED_AFTER_HIRE.value: mark("the client hired someone else"),
        ReturnCause.REMOVED_FOR_TERMS.value: mark("we removed the job because it broke our rules"),
        ReturnCause.CLIENT_SUSPENDED.value: mark("we suspended the client"),
        ReturnCause.NEVER_CLOSED.value: mark("the client neither hired nor closed"),
        ReturnCause.UNREAD.value: mark("the client did not open it in time"),
        ReturnCause.INVITED_LATER.value: mark("you were invited afterwards"),
        ReturnCause.WITHDRAWN.value: mark("you withdrew it within minutes, unopened"),
        "appeal": mark("your appeal was granted"),
    }
)
"""Why Connects of a proposal came back, by the reason that its row keeps."""

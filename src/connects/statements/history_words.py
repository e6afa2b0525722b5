"""Words for the lines of a history, and for how jobs end."""

from __future__ import annotations

from connects.ledger.entries import EntryKind
from connects.vocabulary.returns import ReturnCause, Stage

ENTRY_KINDS: dict[EntryKind, str] = {
    EntryKind.SIGNUP: "Welcome grant",
    EntryKind.PLAN: "Monthly Connects",
    EntryKind.BONUS: "Bonus",
    EntryKind.COURTESY: "Courtesy",
    EntryKind.PURCHASE: "Bought",
    EntryKind.RETURN: "Came back",
    EntryKind.SPEND: "Proposal",
    EntryKind.BOOST: "Boost",
    EntryKind.EXPIRE: "Expired",
    EntryKind.FORFEIT: "Not rolled over",
    EntryKind.REVERSE: "Went back with the money",
    EntryKind.REINSTATE: "Put back",
    EntryKind.VOID: "Taken back",
    EntryKind.WRITE_OFF: "Debt written off",
    EntryKind.HOLD: "Held for a proposal",
    EntryKind.RELEASE: "Free again",
}

CAUSES: dict[ReturnCause, str] = {
    ReturnCause.CLOSED_WITHOUT_HIRE: "the client closes the job without hiring",
    ReturnCause.CLOSED_LATE: "the client closes the job without hiring, but late",
    ReturnCause.CLOSED_AFTER_HIRE: "the client hires someone else and closes the job",
    ReturnCause.REMOVED_FOR_TERMS: "we remove the job because it broke our rules",
    ReturnCause.CLIENT_SUSPENDED: "we suspend the client",
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

CAME_BACK: dict[str, str] = {
    ReturnCause.CLOSED_WITHOUT_HIRE.value: "the client closed the job without hiring",
    ReturnCause.CLOSED_LATE.value: "the client closed the job without hiring, but late",
    ReturnCause.CLOSED_AFTER_HIRE.value: "the client hired someone else",
    ReturnCause.REMOVED_FOR_TERMS.value: "we removed the job because it broke our rules",
    ReturnCause.CLIENT_SUSPENDED.value: "we suspended the client",
    ReturnCause.NEVER_CLOSED.value: "the client neither hired nor closed",
    ReturnCause.UNREAD.value: "the client did not open it in time",
    ReturnCause.INVITED_LATER.value: "you were invited afterwards",
    ReturnCause.WITHDRAWN.value: "you withdrew it within minutes, unopened",
    "appeal": "your appeal was granted",
}
"""Why Connects of a proposal came back, by the reason that its row keeps."""

"""Words for the acts of staff in the activity log."""

from __future__ import annotations

from connects.statements.words import Spoken
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

ACTS: Spoken[str] = Spoken(
    {
        "add-badge": mark("Added a badge"),
        "add-staff": mark("Added to the staff"),
        "announce": mark("Published an announcement"),
        "ask-for-replay": mark("Had the past replayed under a rollout's rules"),
        "ask-for-study": mark("Asked the laboratory about a rollout"),
        "change-staff-role": mark("Changed a role"),
        "decide-appeal": mark("Decided on an appeal"),
        "discard-announcement": mark("Discarded the draft of an announcement"),
        "discard-rollout": mark("Discarded a rollout"),
        "dismiss-flags": mark("Dismissed flags"),
        "draft-announcement": mark("Drafted an announcement"),
        "draft-rollout": mark("Drafted a rollout"),
        "edit-announcement": mark("Edited an announcement"),
        "end-membership": mark("Ended a membership"),
        "enrol": mark("Moved to other rules"),
        "erase": mark("Erased an account"),
        "export": mark("Downloaded a list"),
        "grant": mark("Granted Connects"),
        "hide-reply": mark("Hid a reply"),
        "looked-at": mark("Reviewed a payment"),
        "make-api-client": mark("Made an API client"),
        "put-endpoint": mark("Made or changed a webhook endpoint"),
        "remove-endpoint": mark("Removed a webhook endpoint"),
        "rotate-endpoint": mark("Gave a webhook endpoint a new secret"),
        "replay-endpoint": mark("Had events delivered again"),
        "enable-endpoint": mark("Had deliveries to an endpoint go on"),
        "disable-endpoint": mark("Stopped deliveries to an endpoint"),
        "make-promo": mark("Made a promo code"),
        "make-server-key": mark("Made a server key"),
        "new-staff-link": mark("Made a sign-in link"),
        "payment-dropped": mark("Marked a payment as not charged"),
        "pin": mark("Pinned an update"),
        "propose-appeal": mark("Proposed a decision on an appeal"),
        "propose-grant": mark("Proposed a grant"),
        "propose-void": mark("Proposed to take Connects back"),
        "propose-write-off": mark("Proposed to write debt off"),
        "refund": mark("Refunded a payment"),
        "reinstate": mark("Reinstated an account"),
        "remove-badge": mark("Removed a badge"),
        "remove-job": mark("Removed a job"),
        "remove-second-factor": mark("Removed a second factor"),
        "revoke-api-client": mark("Revoked an API client"),
        "revoke-server-key": mark("Revoked a server key"),
        "roll-back": mark("Rolled a rollout back"),
        "schedule-rollout": mark("Scheduled a rollout"),
        "server-key-in-browser": mark("A server key came from a browser: revoke it"),
        "stop-promo": mark("Stopped a promo code"),
        "stop-staff": mark("Took off the staff"),
        "suspend": mark("Suspended an account"),
        "tax": mark("Set a tax rate"),
        "try-letter-again": mark("Sent an e-mail again"),
        "unlock": mark("Unlocked a sign-in"),
        "unpin": mark("Unpinned an update"),
        "upload-rule-book": mark("Uploaded a rule book"),
        "use-staff-link": mark("Set a password by a link"),
        "void": mark("Took Connects back"),
        "write-off": mark("Wrote debt off"),
    }
)


def act_words(act: str) -> str:
    """What was done, as a sentence without its object; other acts say their own names."""
    if act in ACTS:
        return ACTS[act]
    if act.startswith("read-"):
        return _(
            "Looked at {what}", what=act.removeprefix("read-").removeprefix("to-").replace("-", " ")
        )
    return act.replace("-", " ").capitalize()

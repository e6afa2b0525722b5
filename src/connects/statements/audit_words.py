"""Words for the acts of staff in the activity log."""

from __future__ import annotations

ACTS: dict[str, str] = {
    "add-badge": "Added a badge",
    "add-staff": "Added to the staff",
    "announce": "Published an announcement",
    "ask-for-study": "Asked the laboratory about a rollout",
    "change-staff-role": "Changed a role",
    "decide-appeal": "Decided on an appeal",
    "discard-announcement": "Discarded the draft of an announcement",
    "discard-rollout": "Discarded a rollout",
    "dismiss-flags": "Dismissed flags",
    "draft-announcement": "Drafted an announcement",
    "draft-rollout": "Drafted a rollout",
    "edit-announcement": "Edited an announcement",
    "end-membership": "Ended a membership",
    "enrol": "Moved to other rules",
    "erase": "Erased an account",
    "export": "Downloaded a list",
    "grant": "Granted Connects",
    "hide-reply": "Hid a reply",
    "looked-at": "Reviewed a payment",
    "make-api-client": "Made an API client",
    "put-endpoint": "Made or changed a webhook endpoint",
    "remove-endpoint": "Removed a webhook endpoint",
    "rotate-endpoint": "Gave a webhook endpoint a new secret",
    "replay-endpoint": "Had events delivered again",
    "enable-endpoint": "Had deliveries to an endpoint go on",
    "disable-endpoint": "Stopped deliveries to an endpoint",
    "make-promo": "Made a promo code",
    "make-server-key": "Made a server key",
    "new-staff-link": "Made a sign-in link",
    "payment-dropped": "Marked a payment as not charged",
    "pin": "Pinned an update",
    "propose-appeal": "Proposed a decision on an appeal",
    "propose-grant": "Proposed a grant",
    "propose-void": "Proposed to take Connects back",
    "propose-write-off": "Proposed to write debt off",
    "refund": "Refunded a payment",
    "reinstate": "Reinstated an account",
    "remove-badge": "Removed a badge",
    "remove-job": "Removed a job",
    "remove-second-factor": "Removed a second factor",
    "revoke-api-client": "Revoked an API client",
    "revoke-server-key": "Revoked a server key",
    "roll-back": "Rolled a rollout back",
    "schedule-rollout": "Scheduled a rollout",
    "stop-promo": "Stopped a promo code",
    "stop-staff": "Took off the staff",
    "suspend": "Suspended an account",
    "tax": "Set a tax rate",
    "try-letter-again": "Sent an e-mail again",
    "unlock": "Unlocked a sign-in",
    "unpin": "Unpinned an update",
    "upload-rule-book": "Uploaded a rule book",
    "use-staff-link": "Set a password by a link",
    "void": "Took Connects back",
    "write-off": "Wrote debt off",
}


def act_words(act: str) -> str:
    """What was done, as a sentence without its object; other acts say their own names."""
    if act in ACTS:
        return ACTS[act]
    if act.startswith("read-"):
        return f"Looked at {act.removeprefix('read-').removeprefix('to-').replace('-', ' ')}"
    return act.replace("-", " ").capitalize()

"""Words for the acts of staff in the activity log."""

from __future__ import annotations

from collections.abc import Mapping

from connects.statements.words import Spoken, some_connects
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

ACTS: Spoken[str] = Spoken(
    {
        "add-badge": mark("Added a badge"),
        "add-staff": mark("Added to the staff"),
        "announce": mark("Published an announcement"),
        "answer-question": mark("Answered a question"),
        "ask-for-replay": mark("Had the past replayed under a rollout's rules"),
        "ask-for-study": mark("Asked the laboratory about a rollout"),
        "begin-import": mark("Began an import"),
        "change-staff-role": mark("Changed a role"),
        "charged-back": mark("Charged back"),
        "close-account": mark("Closed an account"),
        "decide-appeal": mark("Decided on an appeal"),
        "disable-endpoint": mark("Stopped deliveries to an endpoint"),
        "discard-announcement": mark("Discarded the draft of an announcement"),
        "discard-rollout": mark("Discarded a rollout"),
        "dismiss-flags": mark("Dismissed flags"),
        "dispute-won": mark("Won a dispute"),
        "draft-announcement": mark("Drafted an announcement"),
        "draft-rollout": mark("Drafted a rollout"),
        "edit-announcement": mark("Edited an announcement"),
        "enable-endpoint": mark("Had deliveries to an endpoint go on"),
        "end-membership": mark("Ended a membership"),
        "enrol": mark("Moved to other rules"),
        "erase": mark("Erased an account"),
        "export": mark("Downloaded a list"),
        "export-own-data": mark("Downloaded their data"),
        "finish-import": mark("Finished an import"),
        "grant": mark("Granted Connects"),
        "hide-reply": mark("Hid a reply"),
        "looked-at": mark("Reviewed a payment"),
        "make-api-client": mark("Made an API client"),
        "make-promo": mark("Made a promo code"),
        "make-server-key": mark("Made a server key"),
        "new-staff-link": mark("Made a sign-in link"),
        "paid-back-twice": mark("Paid back twice"),
        "payment-dropped": mark("Marked a payment as not charged"),
        "payment-mismatched": mark("Another amount was paid"),
        "payment-unknown": mark("A payment has no known end"),
        "pin": mark("Pinned an update"),
        "propose-appeal": mark("Proposed a decision on an appeal"),
        "propose-grant": mark("Proposed a grant"),
        "propose-void": mark("Proposed to take Connects back"),
        "propose-write-off": mark("Proposed to write debt off"),
        "put-endpoint": mark("Made or changed a webhook endpoint"),
        "refund": mark("Refunded a payment"),
        "refund-came-back": mark("A refund came back"),
        "refund-failed": mark("A refund failed"),
        "refund-refused": mark("The provider refused a refund"),
        "refunded": mark("Refunded a payment"),
        "refunded-at-provider": mark("Refunded at the provider"),
        "read-account-link": mark("Saw the link in an e-mail about access"),
        "read-emails": mark("Read e-mails to members"),
        "read-payments": mark("Looked at payments"),
        "read-people": mark("Looked at e-mail addresses"),
        "read-to-decide-appeals": mark("Read an appeal"),
        "read-to-run-rollouts": mark("Downloaded what a rollout does to each account"),
        "read-wallets": mark("Looked at what an account holds"),
        "reinstate": mark("Reinstated an account"),
        "remove-badge": mark("Removed a badge"),
        "remove-endpoint": mark("Removed a webhook endpoint"),
        "remove-job": mark("Removed a job"),
        "remove-second-factor": mark("Removed a second factor"),
        "reopen-flags": mark("Opened flags again"),
        "repayment-unclear": mark("A repayment is unclear"),
        "replay-endpoint": mark("Had events delivered again"),
        "revoke-api-client": mark("Revoked an API client"),
        "revoke-server-key": mark("Revoked a server key"),
        "roll-back": mark("Rolled a rollout back"),
        "rotate-endpoint": mark("Gave a webhook endpoint a new secret"),
        "schedule-rollout": mark("Scheduled a rollout"),
        "server-key-in-browser": mark("A server key came from a browser: revoke it"),
        "stop-promo": mark("Stopped a promo code"),
        "stop-staff": mark("Took off the staff"),
        "suspend": mark("Suspended an account"),
        "tax": mark("Set a tax rate"),
        "try-letter-again": mark("Sent an e-mail again"),
        "undo-import": mark("Undid an import"),
        "unlock": mark("Unlocked a sign-in"),
        "unpin": mark("Unpinned an update"),
        "upload-rule-book": mark("Uploaded a rule book"),
        "use-staff-link": mark("Set a password by a link"),
        "void": mark("Took Connects back"),
        "write-off": mark("Wrote debt off"),
    }
)


_REASONS = frozenset(
    (
        mark("it came after its payer had let go of it"),
        mark("the bank took it back"),
        mark("the bank gave it back"),
        mark("it was given back there"),
        mark("the member's bank did not take it"),
        mark("gone"),
        mark("failing"),
    )
)
"""What the marketplace itself gave as its reasons."""


def reason_words(role: str, reason: str) -> str:
    """Why something was done; what staff typed is in their own words."""
    return _(reason) if role == "marketplace" and reason in _REASONS else reason


def act_words(act: str) -> str:
    """What was done, as a sentence without its object; other acts say their own names."""
    if act in ACTS:
        return ACTS[act]
    if act.startswith("read-"):
        return _(
            "Looked at {what}", what=act.removeprefix("read-").removeprefix("to-").replace("-", " ")
        )
    return act.replace("-", " ").capitalize()


def amount_words(parameters: Mapping[str, object]) -> str:
    """How many Connects, or how much money, an act was about; "" where it was about neither."""
    credits = parameters.get("credits")
    if isinstance(credits, int):
        return some_connects(credits)
    return str(parameters.get("amount") or "")

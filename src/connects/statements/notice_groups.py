"""Groups of notices, which a person may want by e-mail at once, daily or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    AT_ONCE = "at_once"
    DIGEST = "digest"
    NEVER = "never"


HOW_WORDS = {
    How.AT_ONCE: "at once",
    How.DIGEST: "once a day, together",
    How.NEVER: "not by letter",
}


@dataclass(frozen=True, slots=True)
class NoticeGroup:
    """Notices of one kind. `may_be_off` is False where a person owes it to themselves to know."""

    name: str
    title: str
    codes: frozenset[str]
    may_be_off: bool = True

    @property
    def choices(self) -> tuple[How, ...]:
        return tuple(How) if self.may_be_off else (How.AT_ONCE, How.DIGEST)


GROUPS = (
    NoticeGroup(
        "rules",
        "Changes of the rules",
        frozenset({"policy-change", "policy-change-cancelled"}),
        may_be_off=False,
    ),
    NoticeGroup(
        "money",
        "Membership and payments",
        frozenset(
            {
                "membership-payment-failed",
                "membership-ended",
                "payment-received",
                "payment-going-back",
                "membership-ended-early",
                "membership-lapsed",
                "purchase-reversed",
                "refund-came-back",
                "dispute-won",
                "topped-up",
                "top-up-waits",
                "top-up-stopped",
                "top-up-ceiling",
                "earnings-withdrawn",
            }
        ),
        may_be_off=False,
    ),
    NoticeGroup(
        "losses",
        "Connects that expire or do not roll over",
        frozenset(
            {
                "connects-expiring",
                "connects-not-rolling-over",
                "connects-waiting",
                "waiting-connects",
                "waiting-connects-lapsed",
            }
        ),
    ),
    NoticeGroup(
        "returns",
        "Connects that you get or get back, and appeals",
        frozenset(
            {
                "connects-returned",
                "connects-granted",
                "reward-taken-back",
                "connects-coming",
                "connects-voided",
                "debt-written-off",
                "appeal-decided",
            }
        ),
    ),
    NoticeGroup(
        "work",
        "Invitations, messages and offers",
        frozenset(
            {
                "invited",
                "message",
                "offer",
                "offer-answered",
                "team-invited",
                "team-invitation-answered",
            }
        ),
    ),
    NoticeGroup(
        "posts",
        "Your posts that wait for you",
        frozenset({"post-waiting", "post-closed-for-silence", "post-removed"}),
    ),
)


LETTERS_ONLY = frozenset({"payment-received"})
"""What needs no place among the notices: the list of receipts has it already."""


def group_of(code: str) -> NoticeGroup | None:
    """The group of a code; None for a code without one."""
    return next((group for group in GROUPS if code in group.codes), None)

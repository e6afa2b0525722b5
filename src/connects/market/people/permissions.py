"""Permissions of staff: one table, for acts, the console and the operators' page alike.

A new act is a member of `Act` and a row of `PERMISSIONS`. Nothing else compares roles: acts ask
`denied`, pages and buttons `may`. Operators may do everything, so rows name only the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from connects.market.people.models import STAFF_ROLES, User
from connects.vocabulary.parties import Role
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed


class Act(StrEnum):
    """Something that members of staff do or read."""

    USE_CONSOLE = "use-console"
    READ_JOBS = "read-jobs"
    READ_FLAGS = "read-flags"
    DECIDE_FLAGS = "decide-flags"
    DECIDE_APPEALS = "decide-appeals"
    READ_ACCOUNTS = "read-accounts"
    READ_PEOPLE = "read-people"
    READ_PROPOSALS = "read-proposals"
    READ_ACCOUNT_ACTS = "read-account-acts"
    READ_WALLETS = "read-wallets"
    SUSPEND_ACCOUNTS = "suspend-accounts"
    GRANT_CONNECTS = "grant-connects"
    TAKE_BACK_CONNECTS = "take-back-connects"
    READ_CORRECTIONS = "read-corrections"
    CHANGE_BADGES = "change-badges"
    MOVE_ACCOUNTS = "move-accounts"
    READ_PAYMENTS = "read-payments"
    REFUND_PAYMENTS = "refund-payments"
    END_MEMBERSHIPS = "end-memberships"
    READ_EMAILS = "read-emails"
    RESEND_EMAILS = "resend-emails"
    READ_ROLLOUTS = "read-rollouts"
    RUN_ROLLOUTS = "run-rollouts"
    READ_RULE_BOOKS = "read-rule-books"
    UPLOAD_RULE_BOOKS = "upload-rule-books"
    READ_PROMOS = "read-promos"
    MAKE_PROMOS = "make-promos"
    READ_ANNOUNCEMENTS = "read-announcements"
    ANNOUNCE = "announce"
    MODERATE_REPLIES = "moderate-replies"
    REPLY_AS_STAFF = "reply-as-staff"
    READ_BOOKS = "read-books"
    SET_TAXES = "set-taxes"
    READ_MARKET = "read-market"
    UNLOCK_SIGN_INS = "unlock-sign-ins"
    READ_ACCESS_LINKS = "read-access-links"
    ERASE_PEOPLE = "erase-people"
    MANAGE_STAFF = "manage-staff"
    MANAGE_API_CLIENTS = "manage-api-clients"
    READ_AUDIT = "read-audit"


@dataclass(frozen=True, slots=True)
class Permission:
    """What an act is, in words, and the roles that may do it."""

    words: str
    roles: frozenset[Role]


def _for(words: str, *roles: Role) -> Permission:
    """A row of the table; operators are always in it."""
    return Permission(words, frozenset({Role.OPERATOR, *roles}))


PERMISSIONS: Mapping[Act, Permission] = {
    Act.USE_CONSOLE: _for(
        "See the first page of the console, search it, and keep views of its lists", *STAFF_ROLES
    ),
    Act.READ_JOBS: _for("See every job, private and removed ones too", *STAFF_ROLES),
    Act.READ_FLAGS: _for("See flags, and the evidence on a job", Role.MODERATOR, Role.SUPPORT),
    Act.DECIDE_FLAGS: _for("Remove a job, or dismiss its flags", Role.MODERATOR),
    Act.DECIDE_APPEALS: _for(
        "Read appeals and decide on them, two people together", Role.MODERATOR, Role.SUPPORT
    ),
    Act.READ_ACCOUNTS: _for("See accounts: name, standing, badges and rules", *STAFF_ROLES),
    Act.READ_PEOPLE: _for(
        "See who acts for an account, with their e-mail addresses", Role.SUPPORT, Role.FINANCE
    ),
    Act.READ_ACCOUNT_ACTS: _for(
        "See what staff did to an account, and why", Role.MODERATOR, Role.SUPPORT, Role.FINANCE
    ),
    Act.READ_PROPOSALS: _for(
        "See who proposed to which job, what was paid and what came back",
        Role.MODERATOR,
        Role.SUPPORT,
        Role.FINANCE,
    ),
    Act.READ_WALLETS: _for(
        "See what an account holds, and its history", Role.SUPPORT, Role.FINANCE
    ),
    Act.SUSPEND_ACCOUNTS: _for("Suspend and reinstate accounts", Role.MODERATOR),
    Act.GRANT_CONNECTS: _for(
        "Grant courtesy Connects, or agree to a colleague's grant", Role.SUPPORT
    ),
    Act.TAKE_BACK_CONNECTS: _for(
        "Take back Connects that are left, write off debt, or agree to either", Role.SUPPORT
    ),
    Act.READ_CORRECTIONS: _for(
        "See corrections, and those that wait for a second person", Role.SUPPORT, Role.FINANCE
    ),
    Act.CHANGE_BADGES: _for("Add and remove badges", Role.SUPPORT),
    Act.MOVE_ACCOUNTS: _for("Move one account to other rules", Role.POLICY),
    Act.READ_PAYMENTS: _for("See payments, receipts and refunds", Role.SUPPORT, Role.FINANCE),
    Act.REFUND_PAYMENTS: _for(
        "Refund a payment, ask its provider again, or mark it as not charged",
        Role.SUPPORT,
        Role.FINANCE,
    ),
    Act.END_MEMBERSHIPS: _for(
        "End a membership now, with or without money back", Role.SUPPORT, Role.FINANCE
    ),
    Act.READ_EMAILS: _for("Read e-mails to members, with their addresses", Role.SUPPORT),
    Act.RESEND_EMAILS: _for("Send a failed e-mail again", Role.SUPPORT),
    Act.READ_ROLLOUTS: _for("See rollouts and their dry runs", Role.POLICY, Role.SUPPORT),
    Act.RUN_ROLLOUTS: _for(
        "Draft, schedule, pause and roll back rollouts; download their accounts", Role.POLICY
    ),
    Act.READ_RULE_BOOKS: _for("Read and compare rule books", *STAFF_ROLES),
    Act.UPLOAD_RULE_BOOKS: _for(
        "Upload rule books, so that accounts can be moved to them", Role.POLICY
    ),
    Act.READ_PROMOS: _for("See promo codes", Role.POLICY, Role.SUPPORT, Role.FINANCE),
    Act.MAKE_PROMOS: _for("Make promo codes and stop them", Role.POLICY),
    Act.READ_ANNOUNCEMENTS: _for("See announcements in the console", Role.POLICY, Role.MODERATOR),
    Act.ANNOUNCE: _for("Publish announcements", Role.POLICY),
    Act.MODERATE_REPLIES: _for(
        "Pin updates, hide replies, and close discussions", Role.POLICY, Role.MODERATOR
    ),
    Act.REPLY_AS_STAFF: _for("Reply below announcements as staff", *STAFF_ROLES),
    Act.READ_BOOKS: _for("See closed months and reconciled days", Role.FINANCE),
    Act.SET_TAXES: _for("Set tax rates", Role.FINANCE),
    Act.READ_MARKET: _for("See the fairness and demand reports", Role.POLICY),
    Act.UNLOCK_SIGN_INS: _for("See locked sign-ins, and unlock them", Role.SUPPORT),
    Act.READ_ACCESS_LINKS: _for(
        "Read a link that confirms an address or sets a password, to hand it on without a mail server"
    ),
    Act.ERASE_PEOPLE: _for("Close an account and erase what is personal in it"),
    Act.MANAGE_STAFF: _for("Add members of staff, change their role, and stop them"),
    Act.MANAGE_API_CLIENTS: _for(
        "Make API clients and webhook endpoints, and make and revoke server keys"
    ),
    Act.READ_AUDIT: _for("Read the activity log of staff", Role.FINANCE),
}


_PLURALS = {
    Role.MODERATOR: "moderators",
    Role.SUPPORT: "support",
    Role.FINANCE: "finance",
    Role.POLICY: "policy staff",
    Role.OPERATOR: "operators",
}


def is_staff(user: User) -> bool:
    """Whether the person has a staff role, whichever."""
    return bool(user.is_active and user.staff_role)


def may(user: User, act: Act) -> bool:
    """Whether a person may do this, by their staff role."""
    return is_staff(user) and user.staff_role in PERMISSIONS[act].roles


def permissions_of(user: User) -> dict[str, bool]:
    """What a person may do as a member of staff, by the name that templates ask for: `grant_connects`."""
    return {act.name.lower(): may(user, act) for act in Act}


def denied(staff: User | None, act: Act) -> Refused | None:
    """The refusal for a person who may not do this; None: they may, or the marketplace itself acts."""
    if staff is None or may(staff, act):
        return None
    return not_allowed(Problem.STAFF_ROLE, roles=roles_words(act))


def roles_words(act: Act) -> str:
    """The roles that may do this, as a list in words: `support, finance and operators`."""
    *others, last = [_PLURALS[role] for role in STAFF_ROLES if role in PERMISSIONS[act].roles]
    return f"{', '.join(others)} and {last}" if others else last

"""Words for problems that staff meet: with people of the staff, and with rollouts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from connects.vocabulary.refusals import Parameter

INVALID: dict[str, Callable[[Mapping[str, Parameter]], str]] = {
    "unknown_role": lambda p: f"There is no such role. Choose one of: {p['roles']}.",
    "not_an_email": lambda _: "Enter an e-mail address, such as ana@example.com.",
    "not_on_the_staff": lambda _: "Nobody on the staff has this e-mail address.",
    "staff_already": lambda p: f"This person is on the staff already, as {p['role']}.",
    "used_or_old": lambda _: "This link does not work any more. Ask an operator for a new one.",
    "unknown_accounts": lambda p: (
        f"{p['count']} of the accounts in the list are not known: {p['accounts']}"
        f"{' and others' if int(p['count'] or 0) > str(p['accounts']).count(',') + 1 else ''}."
    ),
    "overlapping": lambda p: (
        f"{p['count']} of these accounts are on their way to other rules already."
        " Wait for that rollout, or roll it back first."
    ),
    "less_than_notice": lambda p: (
        f"Cohort {p['cohort']} would have less than the promised notice;"
        f" the earliest date is {datetime.fromisoformat(str(p['earliest'])):%d %B %Y, %H:%M} UTC."
    ),
}

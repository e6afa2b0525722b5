"""What a personal key may be allowed to do: one table, for the page, the API and its document."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from connects.wording.messages import mark


class KeyScope(StrEnum):
    """What a member's own program may do for the account that its key acts for."""

    READ = "read"
    QUOTE = "quote"
    PROPOSE = "propose"


KEY_SCOPES: Mapping[KeyScope, str] = {
    KeyScope.READ: mark("Read your balance, your history and your proposals"),
    KeyScope.QUOTE: mark("Find jobs, and ask what a proposal to them would cost"),
    KeyScope.PROPOSE: mark("Send proposals that you pay for, and withdraw them"),
}
"""Each scope in words, for the person who makes a key."""

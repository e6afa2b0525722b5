"""The test method: it says yes or no as it is told, and no money moves."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from connects.billing.port import Answer, Charge, Declined, Paid


@dataclass(frozen=True, slots=True)
class TestMethod:
    """A provider without a bank behind it; `declines` makes it refuse every charge."""

    declines: bool = False

    def charge(self, charge: Charge) -> Answer:
        if self.declines:
            return Declined("test_card_declines")
        return Paid("test_" + hashlib.sha256(charge.key.encode()).hexdigest()[:24])

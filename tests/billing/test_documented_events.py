"""Every message that the gateways understand is one that the documentation says to subscribe to."""

import pytest

from connects.billing import paypal_reading, stripe_reading
from tests.architecture.sources import ROOT

PAYMENTS = (ROOT / "docs" / "payments.md").read_text()


@pytest.mark.parametrize("event", [*stripe_reading.EVENTS, *paypal_reading.EVENTS])
def test_an_event_that_is_understood_is_documented(event: str) -> None:
    assert f"`{event}`" in PAYMENTS

from collections.abc import Iterator

import pytest

from tests.billing.tills import PayPalTill, StripeTill, TestTill, Till, TillElsewhere
from tests.servers.web_server import running_afresh


@pytest.fixture
def stripe_till() -> Iterator[StripeTill]:
    till = StripeTill(running_afresh("tests.servers.stripe"))
    yield till
    till.close()


@pytest.fixture
def paypal_till() -> Iterator[PayPalTill]:
    till = PayPalTill(running_afresh("tests.servers.paypal"))
    yield till
    till.close()


@pytest.fixture(params=["stripe", "paypal"])
def elsewhere(request: pytest.FixtureRequest) -> TillElsewhere:
    """A provider that is asked over the network."""
    till: TillElsewhere = request.getfixturevalue(f"{request.param}_till")
    return till


@pytest.fixture(params=["test", "stripe", "paypal"])
def till(request: pytest.FixtureRequest) -> Till:
    """Any provider."""
    if request.param == "test":
        return TestTill()
    found: Till = request.getfixturevalue(f"{request.param}_till")
    return found

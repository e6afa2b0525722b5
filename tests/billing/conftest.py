from collections.abc import Iterator

import pytest

from tests.billing.tills import PayPalTill, StripeTill, TestTill, Till, TillElsewhere
from tests.servers.web_server import StandIn, running


@pytest.fixture(scope="session")
def stripe_stand_in() -> Iterator[StandIn]:
    with running("tests.servers.stripe") as stand_in:
        yield stand_in


@pytest.fixture
def stripe_till(stripe_stand_in: StandIn) -> Iterator[StripeTill]:
    stripe_stand_in.tell("reset")
    till = StripeTill(stripe_stand_in)
    yield till
    till.close()


@pytest.fixture(scope="session")
def paypal_stand_in() -> Iterator[StandIn]:
    with running("tests.servers.paypal") as stand_in:
        yield stand_in


@pytest.fixture
def paypal_till(paypal_stand_in: StandIn) -> Iterator[PayPalTill]:
    paypal_stand_in.tell("reset")
    till = PayPalTill(paypal_stand_in)
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

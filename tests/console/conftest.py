from collections.abc import Iterator

import pytest

from connects.bootstrap.clock import held_at
from tests.market.people import NOON, Town, town


@pytest.fixture
def here(db: None) -> Iterator[Town]:
    """A small marketplace, in which it is noon until the test is over."""
    with held_at(NOON):
        yield town()

from collections.abc import Iterator

import pytest

from connects.bootstrap.clock import held_at
from tests.market.people import NOON, Town, town
from tests.servers.shared_database import address

__all__ = ["address"]


@pytest.fixture
def here(db: None) -> Iterator[Town]:
    with held_at(NOON):
        yield town()

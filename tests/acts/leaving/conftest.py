from collections.abc import Iterator

import pytest

from connects.bootstrap.clock import held_at
from tests.market.people import NOON, Town, town


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()

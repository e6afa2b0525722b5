from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation.commands import Installation
from tests.upgrade.databases import ALL, Unpack


@pytest.fixture
def installed(unpack: Unpack, tmp_path: Path) -> Iterator[Installation]:
    """The newest filled database, as it was filled; not brought up to date."""
    folder = tmp_path / "var"
    folder.mkdir()
    with unpack(ALL[-1], folder) as url:
        yield Installation(url, folder)

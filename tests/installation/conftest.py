from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation.commands import Installation
from tests.upgrade.databases import ALL, Unpack, copied


@pytest.fixture
def older(unpack: Unpack, tmp_path: Path) -> Iterator[Installation]:
    """The newest filled database, as it was filled; not brought up to date."""
    folder = tmp_path / "var"
    folder.mkdir()
    with unpack(ALL[-1], folder) as url:
        yield Installation(url, folder)


@pytest.fixture(scope="session")
def up_to_date(unpack: Unpack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The same, brought up to date once for all, since that takes longest; it is only copied."""
    folder = tmp_path_factory.mktemp("up-to-date")
    with unpack(ALL[-1], folder) as url:
        installed = Installation(url, folder)
        installed.is_brought_up_to_date()
        yield installed


@pytest.fixture
def installed(up_to_date: Installation, tmp_path: Path) -> Iterator[Installation]:
    """A filled database that is up to date, of the test's own."""
    with copied(up_to_date.url, up_to_date.var, tmp_path / "var") as url:
        yield Installation(url, tmp_path / "var")

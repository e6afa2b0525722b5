"""A fixture: a database that other processes can reach, too."""

from collections.abc import Iterator

import pytest
from django.db import connection, connections

from tests.servers.migrated import put_migrated


@pytest.fixture
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A DATABASE_URL under which other processes reach the data of this test."""
    if connection.vendor == "postgresql":
        parts = connection.settings_dict
        yield (
            f"postgresql://{parts['USER']}:{parts['PASSWORD']}@{parts['HOST']}:{parts['PORT']}"
            f"/{parts['NAME']}"
        )
        return
    # The tests' SQLite is in memory, where no other process can look; this one is a file.
    file = put_migrated(tmp_path_factory.mktemp("shared"))
    before = connection.settings_dict["NAME"]
    connections["default"].close()
    kept = connection.connection
    connection.connection = None
    connection.settings_dict["NAME"] = str(file)
    yield f"sqlite:///{file}"
    if connection.connection is not None:
        connection.connection.close()
    connection.connection = kept
    connection.settings_dict["NAME"] = before

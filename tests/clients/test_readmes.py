"""What a client's README shows is what its page shows, where a test runs it."""

import re

import pytest

from tests.architecture.sources import ROOT

PAGE = (ROOT / "docs" / "clients.md").read_text()


@pytest.mark.parametrize("client", ["python", "typescript"])
def test_the_example_is_the_beginning_of_one_that_is_run(client: str) -> None:
    readme = (ROOT / "clients" / client / "README.md").read_text()

    (example,) = re.findall(rf"```{client}\n(.+?)```", readme, re.DOTALL)

    assert f"```{client}\n{example}" in PAGE

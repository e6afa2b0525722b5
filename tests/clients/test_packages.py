"""What each client's package holds besides its code: a README that is run, its types, the licence."""

import json
import re
import tomllib

import pytest

from tests.architecture.sources import ROOT

PAGE = (ROOT / "docs" / "clients.md").read_text()


@pytest.mark.parametrize("client", ["python", "typescript"])
def test_the_example_is_the_beginning_of_one_that_is_run(client: str) -> None:
    readme = (ROOT / "clients" / client / "README.md").read_text()

    (example,) = re.findall(rf"```{client}\n(.+?)```", readme, re.DOTALL)

    assert f"```{client}\n{example}" in PAGE


@pytest.mark.parametrize("client", ["python", "typescript"])
def test_each_client_is_packed_with_the_projects_licence(client: str) -> None:
    packed = (ROOT / "clients" / client / "LICENSE").read_bytes()

    assert packed == (ROOT / "LICENSE").read_bytes()


def test_both_clients_have_one_version_and_licence_and_pack_their_types() -> None:
    python = tomllib.loads((ROOT / "clients/python/pyproject.toml").read_text())["project"]
    node = json.loads((ROOT / "clients/typescript/package.json").read_text())

    assert (python["version"], python["license"]) == (node["version"], node["license"])
    assert python["license-files"] == ["LICENSE"]
    assert (ROOT / "clients/python/connects_client/py.typed").is_file()
    for exported in node["exports"].values():
        for path in exported.values():
            assert path.split("/")[1] in node["files"], path
        assert (ROOT / "clients/typescript" / exported["source"]).is_file()

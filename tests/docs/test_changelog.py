"""The changelog has an entry for the version that this tree is, and a place for what comes next."""

import re

from click.testing import CliRunner

from connects import __version__
from connects.cli.main import main
from tests.architecture.sources import ROOT

RELEASE = re.compile(r"^## \[(?P<name>[^\]]+)\](?: - (?P<day>\d{4}-\d{2}-\d{2}))?$", re.MULTILINE)


def test_the_newest_release_is_the_version_of_this_tree() -> None:
    unreleased, newest, *_ = RELEASE.finditer((ROOT / "CHANGELOG.md").read_text())

    assert unreleased["name"] == "Unreleased"
    assert unreleased["day"] is None
    assert newest["name"] == __version__
    assert newest["day"] is not None


def test_the_command_says_the_version() -> None:
    assert CliRunner().invoke(main, ["--version"]).output.endswith(f"version {__version__}\n")


def test_each_release_begins_with_what_an_upgrade_asks_for() -> None:
    _, *releases = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text(), flags=re.MULTILINE)

    for release in releases[1:]:
        assert re.findall(r"^### (.+)$", release, re.MULTILINE)[0].startswith("Upgrading")

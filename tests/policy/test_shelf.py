"""Rule books are found by name, by name and version, or by the path to a file."""

from pathlib import Path

import pytest

from connects.policy.parse import RuleBookProblems, load_rule_book
from connects.policy.shelf import (
    RuleBookUnknown,
    find,
    is_shipped,
    shipped,
    shipped_labels,
    shipped_names,
    shipped_text,
)
from tests.policy.tables import written


def test_a_file_of_ones_own_is_found_by_its_path(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(written("upwork-2018", {"name": "mine", "version": 3}))

    assert find(str(mine)).label == "mine@3"
    assert load_rule_book(mine) == find(str(mine))


def test_the_problems_of_a_file_name_that_file(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(written("upwork-2018", {"version": 0}))

    with pytest.raises(RuleBookProblems) as caught:
        find(str(mine))

    assert caught.value.problems[0].file == str(mine)


def test_a_name_that_ships_comes_before_a_file_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "upwork-2018").write_text(written("upwork-2018", {"title": "Another"}))
    monkeypatch.chdir(tmp_path)

    assert find("upwork-2018") == shipped("upwork-2018")


@pytest.mark.parametrize("name", ["", ".", "/", "no/such/file.toml", "x" * 5_000, "a\0b"])
def test_what_is_neither_a_name_nor_a_file_is_unknown(name: str) -> None:
    with pytest.raises(RuleBookUnknown) as caught:
        find(name)

    assert len(str(caught.value)) < 500


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    large = tmp_path / "large.toml"
    large.write_text("# " + "x" * 1_000_000)

    with pytest.raises(RuleBookProblems, match="more than 1,000,000 bytes"):
        find(str(large))


def test_labels_name_every_version_and_names_only_the_newest() -> None:
    assert set(shipped_names()) <= {label.partition("@")[0] for label in shipped_labels()}
    assert all(is_shipped(name) for name in (*shipped_names(), *shipped_labels()))
    assert not is_shipped("upwork-2018@99")
    assert not is_shipped("mine.toml")


@pytest.mark.parametrize("name", shipped_names())
def test_the_newest_version_has_two_names_and_one_text(name: str) -> None:
    label = shipped(name).label

    assert shipped_text(label) == shipped_text(name)
    assert shipped(label) is shipped(name)


@pytest.mark.parametrize("name", ["upwork-2017", "upwork-2018@99"])
def test_an_unknown_name_is_answered_with_those_that_ship(name: str) -> None:
    with pytest.raises(RuleBookUnknown) as caught:
        shipped_text(name)

    assert name in str(caught.value)
    assert all(known in str(caught.value) for known in shipped_names())

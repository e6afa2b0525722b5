"""What was ever shipped stays readable, unchanged: accounts live under it, and stories name it."""

import hashlib
from pathlib import Path

import pytest

from connects.policy import shelf
from connects.policy.shelf import RuleBookUnknown, find, shipped, shipped_labels, shipped_names

DIGESTS = Path(__file__).with_name("shipped_versions.sha256")


def digests() -> dict[str, str]:
    return {
        f"{book.label}": hashlib.sha256(shelf.shipped_text(book.label).encode()).hexdigest()
        for book in map(shipped, shipped_labels())
    }


def test_a_version_that_was_shipped_never_changes() -> None:
    lines = (line.split() for line in DIGESTS.read_text().splitlines())
    kept = {label: digest for digest, label in lines}

    changed = {label for label, digest in kept.items() if digests().get(label) != digest}
    new = {f"{digest}  {label}" for label, digest in digests().items() if label not in kept}

    assert not changed, (
        f"{sorted(changed)} changed: keep the old text as policies/NAME@VERSION.toml and give the"
        " new one the next version"
    )
    assert not new, f"add to {DIGESTS.name}: {sorted(new)}"


@pytest.mark.parametrize("label", shipped_labels())
def test_every_version_is_found_by_its_label(label: str) -> None:
    assert find(label).label == label
    assert shipped(label).digest == find(label).digest


@pytest.mark.parametrize("name", shipped_names())
def test_a_name_without_a_version_is_the_newest(name: str) -> None:
    versions = [shipped(label).version for label in shipped_labels() if shipped(label).name == name]

    assert shipped(name).version == max(versions)
    assert sorted(versions) == list(range(1, max(versions) + 1))


@pytest.mark.parametrize(
    "name", ["upwork-2018@9", "upwork-2018@", "upwork-2018@x", "@1", "upwork-2018@" + "9" * 5000]
)
def test_a_version_that_never_shipped_is_unknown(name: str) -> None:
    with pytest.raises(RuleBookUnknown):
        find(name)


@pytest.mark.parametrize("name", shipped_names())
def test_sources_are_something_that_a_member_can_look_up(name: str) -> None:
    text = shelf.shipped_text(name)

    assert "RULES" not in text
    assert "source = " in text

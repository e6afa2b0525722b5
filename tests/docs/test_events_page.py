"""The page of events lists the types that there are, with their data."""

import re
from pathlib import Path

from connects.acts.events.deliver import BACK_OFF
from connects.vocabulary.event_types import EVENT_TYPES, WALLET_ENTRY

PAGE = (Path(__file__).resolve().parents[2] / "docs/events.md").read_text()
ROW = re.compile(r"^\| `([a-z_.]+)` \| (.+?) \| (.+) \|$", re.MULTILINE)


def test_exactly_the_types_that_there_are_are_listed_with_their_data() -> None:
    listed = {
        name: (when, set(re.findall(r"`(\w+)`", data))) for name, when, data in ROW.findall(PAGE)
    }

    assert listed == {
        name: (kind.when, set(kind.passes_on) if name != WALLET_ENTRY else set())
        for name, kind in EVENT_TYPES.items()
    }


def test_the_retries_are_those_that_are_made() -> None:
    said = "5 seconds, 5 and 30 minutes, 2, 5, 10, 14, 20 and 24 hours"

    assert said in PAGE
    assert [int(wait.total_seconds()) for wait in BACK_OFF] == [
        *(5, 5 * 60, 30 * 60),
        *(hours * 3_600 for hours in (2, 5, 10, 14, 20, 24)),
    ]

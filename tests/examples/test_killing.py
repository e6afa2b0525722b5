"""No proposal without its charge and no charge without its proposal, whoever is killed, and when."""

from pathlib import Path

import pytest

from tests.examples.killing import VICTIMS, killed_at_random

pytestmark = pytest.mark.faults

KILLS = 20


def test_whoever_is_killed_amid_a_proposal_it_is_charged_once_or_not_at_all(tmp_path: Path) -> None:
    wrong, struck, sent = killed_at_random(KILLS, 20190520, tmp_path)

    assert wrong == []
    assert struck.keys() == set(VICTIMS)
    assert struck.total() == KILLS
    assert 0 < sent <= KILLS

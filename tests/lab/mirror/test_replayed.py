"""What the market's arrays did to a sample of wallets is what the site's own movements do."""

from dataclasses import replace

import pytest

pytest.importorskip("numba")

from connects.journal.post import Journal
from connects.lab.kernel import state as st
from connects.lab.measures import Played
from connects.lab.mirror.replayed import Mirror
from connects.lab.population.agents import population
from connects.lab.run import START, Arm, play, prepared
from connects.policy.shelf import shipped, shipped_names
from tests.journal.memory_store import MemoryStore

SMALL = population("upwork-2023").sized(300)
SIMULATED = [name for name in shipped_names() if name != "freelancer-com"]


def mirrored(name: str, played: Played) -> Mirror:
    _, posts = prepared(Arm(name, shipped(name)), SMALL, played.days)
    return Mirror(Journal(MemoryStore()), played, shipped(name), posts, START)


def sampled(name: str, days: int = 120) -> Played:
    return play(Arm(name, shipped(name)), SMALL, seed=5, days=days, sample=0.1)


@pytest.mark.parametrize("name", SIMULATED)
def test_the_sites_own_movements_lead_to_the_same_wallets(name: str) -> None:
    mirror = mirrored(name, sampled(name))

    assert mirror.first_difference() is None
    assert mirror.events > 500


def test_what_lasts_a_year_ends_alike() -> None:
    mirror = mirrored("upwork-2019-05", sampled("upwork-2019-05", days=420))

    assert mirror.first_difference() is None


@pytest.mark.parametrize("column", [st.L_A, st.L_BALANCE, st.L_ENTRY, st.L_FACTS])
def test_an_error_in_a_table_or_an_array_is_named(column: int) -> None:
    played = sampled("upwork-2023", days=30)
    log = played.log.copy()
    place = next(i for i, line in enumerate(log) if line[st.L_KIND] == st.L_PROPOSE and i > 40)
    log[place, column] += 64**2 * 4 * 2 * 9 if column == st.L_FACTS else 1

    told = mirrored("upwork-2023", replace(played, log=log)).first_difference()

    assert told is not None
    assert told.startswith(f"event {place + 1}, wallet {log[place, st.L_WALLET]}")

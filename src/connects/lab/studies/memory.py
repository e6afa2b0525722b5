"""Whether a study's runs fit into this machine's memory, asked before anything is played."""

from __future__ import annotations

from connects.lab.kernel import state as st
from connects.lab.setting import REWARD_DAYS_MOST, rooms_for
from connects.lab.studies.machine import memory_available, room_of_a_process
from connects.lab.studies.planned import Planned

WALLET_NUMBERS = 8 + 16 * 6
"""Of a wallet, 32 bits each: its own row, and room for 16 lots."""
DRAW_NUMBERS = 8
PROCESS_BYTES = 250_000_000
"""What Python with the laboratory takes before a market is drawn."""


class TooLarge(ValueError):
    """A study whose runs do not fit into memory."""


def bytes_a_run(plan: Planned) -> int:
    """About what one run's arrays take."""
    people, days = plan.population, plan.study.days
    freelancers = people.freelancers * (1 + people.arrivals_per_year * days / 365)
    posts, proposals = rooms_for(people, days)
    agent = 8 * (st.TRAITS + st.AGENT_STATE + st.AGENT_TALLY + 6)
    agent += 4 * (WALLET_NUMBERS + REWARD_DAYS_MOST)
    proposal = 4 * (st.PROPOSAL + DRAW_NUMBERS)
    post = 4 * st.POST + 40 + 4 * len(people.categories)
    return int(freelancers * agent + posts * post + proposals * proposal)


def check_memory(plan: Planned, processes: int) -> None:
    """Raise TooLarge where so many runs at once need more than there is."""
    available = memory_available()
    each = bytes_a_run(plan) + PROCESS_BYTES
    own = room_of_a_process()
    if own is not None and bytes_a_run(plan) > own:
        raise TooLarge(
            f"A run needs about {bytes_a_run(plan) / 1e9:.1f} GB, and a process may take"
            f" {max(own, 0) / 1e9:.1f} GB more (ulimit -v): raise the limit, or play fewer"
            " freelancers, or fewer days. Nothing was played."
        )
    at_once = min(processes, len(plan.runs))
    if available is None or each * at_once <= available:
        return
    fit = available // each
    advice = f"--processes {fit} fits" if fit else "play fewer freelancers, or fewer days"
    raise TooLarge(
        f"{at_once} runs at once need about {each * at_once / 1e9:.1f} GB, and"
        f" {available / 1e9:.1f} GB are free: {advice}. Nothing was played."
    )

"""The market's arrays: freelancers, clients, posts, proposals, and what is counted."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from connects.lab.kernel.columns import Wallets, Whole

Real = npt.NDArray[np.float64]
Small = npt.NDArray[np.int32]
"""Whole numbers of which there are many."""

# A freelancer's traits: whole numbers that never change ...
CATEGORY, ACCOUNT_KIND, PLAN_HELD, COUNTRY, GROUP, JOINED = range(6)
TRAITS = 6
# ... and what changes. SEEN is the number of the next post that they have not seen, ANSWERED that of
# the last one to which they proposed because they were invited.
(
    HIRES,
    SENT,
    BUSY_UNTIL,
    SEEN,
    MONTH_CENTS,
    LEFT,
    SIGNALS,
    NEXT_CYCLE,
    ANCHOR,
    MONTH,
    TREATED,
    SINCE_HIRE,
    ANSWERED,
) = range(13)
AGENT_STATE = 13
# What is counted of a freelancer after the warm-up.
(
    A_PROPOSALS,
    A_HIRES,
    A_SPENT,
    A_RETURNED,
    A_CENTS,
    A_OUTSIDE,
    A_UNPAID,
    A_FIRST_HIRE,
    A_GRANTED,
    A_EXPIRED,
    A_FORFEITED,
    A_REWARDED,
    A_SIGNALS_OFFERED,
    A_SIGNALS_USED,
) = range(14)
AGENT_TALLY = 14

# A client.
C_CATEGORY, C_ENDED, C_LEFT_OPEN, C_HIRES, C_GONE = range(5)
CLIENT_STATE = 5

# A post: two lines of the processor's cache. The first 12 are what freelancers read.
(
    P_TYPE,
    P_DAY,
    P_OUTCOME,
    P_COUNT,
    P_HEAD,
    P_WILL,
    P_GROUP,
    P_DEMAND,
    P_BUCKET,
    P_LEFT_OPEN,
    P_ENDED,
    P_INVITED,
    P_ACTIVE,
    P_SPENT,
    P_PAID_COUNT,
    P_CLIENT,
    P_CATEGORY,
    P_END,
    P_HIRED,
    P_LOOK,
    P_OPENED,
    P_NEXT_DUE,
    P_FIRST_DAY,
    P_DECLINED,
    P_OUTSIDE,
    P_BACK,
    P_NEWCOMERS,
    P_FIT,
    P_BOOSTED,
    P_SIGNALLED,
    P_SIGNALLED_HIRE,
    P_DISTANCE,
) = range(32)
POST = 32

SERIOUS, LOOKING, GHOST = range(3)
OPEN, HIRED, CLOSED, SILENT, REMOVED, FORGOTTEN = range(6)

# A proposal.
(
    R_AGENT,
    R_DAY,
    R_PAID,
    R_DRAWS,
    R_STAGE,
    R_RETURNED,
    R_FLAGS,
    R_NEXT,
    R_REWARD,
    R_REWARD_LOT,
) = range(10)
PROPOSAL = 10
UNOPENED, OPENED, ENGAGED = range(3)
INVITED_FLAG, SIGNALLED_FLAG, BOOSTED_FLAG, OUTSIDE_FLAG, REWARDED_FLAG, WOULD_SIGNAL_FLAG = (
    1,
    2,
    4,
    8,
    16,
    32,
)

# The clock and the pools.
DAY, POSTS, PROPOSALS_USED, PROPOSALS_FREE, LOG_USED, FAILED, SEED, WARM_UP, COUNTING = range(9)

# Daily counters.
(
    D_POSTS,
    D_PROPOSALS,
    D_HIRES,
    D_SPENT,
    D_RETURNED,
    D_REVENUE,
    D_BOUGHT,
    D_PLAN_CENTS,
    D_UNPAID,
    D_ACTIVE,
    D_EXPIRED,
    D_BREAKAGE,
    D_SEEN,
    D_DECLINED,
    D_INVITED,
    D_REWARDED,
    D_ENTRIES,
    D_JOINED,
    D_LEFT,
    D_OPENED,
) = range(20)
DAILY = 20

# A line of a sampled wallet's log.
(
    L_KIND,
    L_DAY,
    L_WALLET,
    L_POST,
    L_A,
    L_B,
    L_C,
    L_CREDITS,
    L_BALANCE,
    L_ENTRY,
    L_FACTS,
    L_STANDING,
) = range(12)
LOG = 12
L_REGISTER, L_CYCLE, L_BUY, L_PROPOSE, L_RETURN, L_REWARD, L_TAKE_BACK = range(7)


class Agents(NamedTuple):
    """Freelancers: traits, then what they learn and hold, then what is counted.

    `learned` is the sum of the chances that they saw in their proposals; `rewards` the interview
    rewards of the last days, one row a day.
    """

    skill: Real
    effort: Real
    activity: Real
    ceiling: Real
    traits: Whole
    state: Whole
    learned: Real
    tally: Whole
    rewards: Small


class Clients(NamedTuple):
    """Clients: how often they post, how likely they are never to look, and what became of it."""

    rate: Real
    ghost: Real
    state: Whole


class Market(NamedTuple):
    """Everything that changes, and the `knobs` of behaviour.

    `due` has the first post whose next step falls on a day; posts link to the next. `board` has for
    each category the numbers of its posts, in order, `window` the first one that is still shown.
    `members` are the freelancers of each category; `worth` is what a kind of post leaves to its winner,
    `appeal` how attractive one post is beside its kind, `noise` the dollars of chance in deciding on it,
    `shares` the cumulated shares of categories in posts, `fits` by post the sum of the matches of those
    who came on their own, and their number.
    `clock` holds the day and the pools.
    """

    wallets: Wallets
    agents: Agents
    clients: Clients
    posts: Small
    need: Real
    appeal: Real
    noise: Real
    worth: Real
    proposals: Small
    board: Small
    board_count: Whole
    window: Whole
    due: Whole
    shares: Real
    members: Whole
    member_count: Whole
    clock: Whole
    daily: Whole
    log: Whole
    sampled: Whole
    demand: Whole
    knobs: Real
    scores: Real
    listed: Whole
    fits: Real

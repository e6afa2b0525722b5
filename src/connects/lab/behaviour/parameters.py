"""The parameters of behaviour: what each means, how far it may go, and where its value is from.

None of them speaks of rules: those come from the rule book. "calibrated" values were found together, by
`connects lab fit`: with them the market has the figures of real posts that stand in `studies.moments`.
No figure sets one of them alone; the source names what it has most to do with. The published field
results that `connects lab check` compares with are not among those figures.
"""

from __future__ import annotations

from difflib import get_close_matches
from math import isnan
from typing import NamedTuple


class Parameter(NamedTuple):
    """One number of behaviour."""

    name: str
    meaning: str
    least: float
    most: float
    default: float
    source: str


PARAMETERS = (
    # Freelancers.
    Parameter(
        "attention",
        "posts that a freelancer reads in a visit",
        1,
        60,
        11.83,
        "calibrated: proposals a post",
    ),
    Parameter(
        "newest_first",
        "how far newer posts are read more (1: all alike)",
        1,
        4,
        1.902,
        "calibrated: proposals a post",
    ),
    Parameter(
        "thickness",
        "how attention grows with the market's size (0: not at all, 1: as it does)",
        0,
        1,
        0.5,
        "assumed",
    ),
    Parameter(
        "chance_base",
        "log odds of a hire for a typical freelancer who proposes alone",
        -6,
        0,
        -2.712,
        "calibrated: proposals a post",
    ),
    Parameter(
        "chance_fit", "what a better match adds to the log odds of a hire", 0, 3, 0.8, "assumed"
    ),
    Parameter(
        "chance_crowd",
        "what the logarithm of the list's length takes from the log odds of a hire",
        0,
        2,
        0.45,
        "assumed",
    ),
    Parameter(
        "chance_record",
        "what a full record adds to the log odds of a hire",
        0,
        3,
        1.3,
        "Pallais 2014: sign",
    ),
    Parameter(
        "prior", "weight of what was believed before own results, in hires", 0.1, 50, 2, "assumed"
    ),
    Parameter("gain", "dollars that a $100 job leaves to who does it", 1, 100, 25, "assumed"),
    Parameter(
        "gain_power",
        "how what a job leaves grows with its value (0: not at all, 1: as it does)",
        0,
        1,
        0.2881,
        "calibrated: crowded large jobs",
    ),
    Parameter(
        "appeal_spread",
        "how unlike posts of one kind are",
        0,
        3,
        1.801,
        "calibrated: proposals a post",
    ),
    Parameter(
        "effort",
        "dollars' worth of work in a proposal, median",
        0,
        20,
        1.577,
        "calibrated: proposals a post",
    ),
    Parameter(
        "effort_spread",
        "how unlike freelancers' effort is (spread of its logarithm)",
        0,
        2,
        0.45,
        "assumed",
    ),
    Parameter(
        "choice_noise", "dollars of chance in deciding on a $100 job", 0.05, 5, 0.9, "assumed"
    ),
    Parameter(
        "noise_power",
        "how chance in deciding grows with what the job leaves (0: not at all, 1: as it does)",
        0,
        1,
        0.1162,
        "calibrated: proposals a post; contextual utility, Wilcox 2011",
    ),
    Parameter(
        "held_weight",
        "how much of a Connect's price is felt where it was granted",
        0,
        1,
        0.6,
        "assumed",
    ),
    Parameter(
        "unearned",
        "how many times as much a bought Connect is felt before the first hire",
        1,
        5,
        1.8,
        "assumed",
    ),
    Parameter(
        "void_belief",
        "share of posts that freelancers believe to end without a hire",
        0,
        1,
        0.55,
        "1 − hires",
    ),
    Parameter(
        "outside_share", "share of visits that go on to another category", 0, 1, 0.2, "assumed"
    ),
    Parameter(
        "outside_penalty", "how much worse the match is in another category", 0, 4, 1.1, "assumed"
    ),
    Parameter("activity", "visits a day, mean", 0.01, 1, 0.4356, "calibrated: proposals a post"),
    Parameter(
        "activity_shape",
        "shape of the gamma distribution of visits",
        0.2,
        10,
        0.8418,
        "calibrated: proposals a post",
    ),
    Parameter(
        "ceiling",
        "dollars a month that a freelancer would spend on Connects, median",
        0,
        500,
        90,
        "assumed",
    ),
    Parameter("leaves", "chance a month to leave after nothing but losses", 0, 1, 0.06, "assumed"),
    Parameter(
        "invited_accepts",
        "chance that an invited freelancer answers who is not busy",
        0,
        1,
        0.45,
        "assumed",
    ),
    # Clients.
    Parameter("ghosts", "share of posts whose client never looks", 0, 0.95, 0.5, "50 to 60 %"),
    Parameter("looking", "share of posts whose client only looks around", 0, 1, 0.08, "assumed"),
    Parameter("look_days", "days until clients look, median", 0.5, 20, 2.5, "assumed"),
    Parameter("opens", "proposals that a client opens, mean", 1, 60, 25, "assumed"),
    Parameter(
        "crowding", "length of a list at which two of three clients give up", 5, 1e6, 60, "assumed"
    ),
    Parameter("signal_noise", "noise in what a proposal says of its author", 0, 5, 1.0, "assumed"),
    Parameter("order_noise", "noise in the order of the list", 0, 5, 1.0, "assumed"),
    Parameter("prominence", "what a top place adds in the order", 0, 100, 1.0, "assumed"),
    Parameter("record_weight", "what a full record is worth to clients", 0, 4, 0.9, "assumed"),
    Parameter(
        "reservation",
        "least worth of whom a client hires",
        -5,
        5,
        0.1645,
        "calibrated: hires; not identified",
    ),
    Parameter("signal_worth", "what clients add for a scarce signal", 0, 3, 0.2, "assumed"),
    Parameter(
        "forgets",
        "share of clients without a hire who do not close their post",
        0,
        1,
        0.4,
        "assumed",
    ),
    Parameter(
        "invites", "share of posts with invitations", 0, 1, 0.3699, "calibrated: invitations"
    ),
    Parameter("removed", "share of posts removed for the terms", 0, 0.5, 0.02, "assumed"),
    Parameter("level_weight", "how much a wrong level takes from the match", 0, 2, 0.7, "assumed"),
)
"""In the order of the kernel's knobs."""

SWITCHES = (
    Parameter("price_seen", "how much of the price is perceived", 0, 1, 1, "switch"),
    Parameter("returns_seen", "how much of what comes back is expected", 0, 1, 1, "switch"),
    Parameter("value_seen", "whether the job's value is seen", 0, 1, 1, "switch"),
    Parameter("record_learned", "whether a hire counts in the record", 0, 1, 1, "switch"),
    Parameter("busy", "whether who was hired is busy", 0, 1, 1, "switch"),
    Parameter("soft_cap", "proposals at which a post takes no more", 0, 1e6, 0, "treatment"),
    Parameter("soft_cap_days", "days after which a post takes no more", 0, 1e6, 0, "treatment"),
    Parameter(
        "soft_cap_halved",
        "whether the soft cap is for one half of the posts alone",
        0,
        1,
        0,
        "treatment",
    ),
    Parameter("placebo", "share of proposals given a top place at random", 0, 1, 0, "treatment"),
    Parameter("placebo_counts", "whether the client sees those places first", 0, 1, 1, "treatment"),
    Parameter("promoted", "share of freelancers whom lists show higher", 0, 1, 0, "treatment"),
    Parameter("promotion", "how much higher lists show the promoted", 0, 10, 0, "treatment"),
    Parameter("recommended", "freelancers recommended to be invited", 0, 20, 0, "treatment"),
    Parameter("capacity_shown", "whether clients see who is busy", 0, 1, 0, "treatment"),
    Parameter("letters", "what a letter still says of its author", 0, 1, 1, "treatment"),
    Parameter("level_shown", "whether the wanted level is stated", 0, 1, 0, "treatment"),
    Parameter("signals", "free signals a week", 0, 20, 0, "treatment"),
    Parameter("signal_says", "whether clients believe signals", 0, 1, 1, "switch"),
    Parameter("proposals_are_activity", "whether proposals keep a post open", 0, 1, 0, "treatment"),
    Parameter("random_hires", "share of newcomers hired once at random", 0, 1, 0, "treatment"),
    Parameter("thick", "the market, in sizes of the calibrated one", 0.1, 10, 1, "treatment"),
    Parameter("shared_posts", "whether both halves see the same posts", 0, 1, 1, "switch"),
    Parameter("position_counts", "whether the order of the list matters", 0, 1, 1, "switch"),
)

ALL = PARAMETERS + SWITCHES
PLACE = {parameter.name: place for place, parameter in enumerate(ALL)}


class ParameterProblem(ValueError):
    """A parameter that is not known, or out of its bounds; all of them at once."""


class Behaviour:
    """How people act: the parameters, with what differs from their defaults.

    Raises ParameterProblem with every name that is not known and every value out of its bounds.
    """

    def __init__(self, **changes: float) -> None:
        problems = [_problem(name, value) for name, value in changes.items()]
        found = [problem for problem in problems if problem]
        if found:
            raise ParameterProblem("\n".join(found))
        self.changes = {name: float(value) for name, value in changes.items()}

    def changed(self, **changes: float) -> Behaviour:
        """The same with these changes."""
        return Behaviour(**{**self.changes, **changes})

    def value(self, name: str) -> float:
        """The value of that parameter."""
        return self.changes.get(name, ALL[PLACE[name]].default)

    def values(self) -> tuple[float, ...]:
        """All values, in the order of the kernel's knobs."""
        return tuple(self.value(parameter.name) for parameter in ALL)


def _problem(name: str, value: object) -> str | None:
    if name not in PLACE:
        near = get_close_matches(name, PLACE, 3)
        which = f"such as {', '.join(near)}" if near else "of those that docs/lab.md lists"
        return f"{name}: expected a parameter of behaviour, {which}, found an unknown name"
    parameter = ALL[PLACE[name]]
    if not isinstance(value, int | float) or isinstance(value, bool) or isnan(value):
        return f"{name}: expected a number, found {value!r}"
    if not parameter.least <= value <= parameter.most:
        return f"{name}: expected {parameter.least:g} to {parameter.most:g}, found {value:g}"
    return None

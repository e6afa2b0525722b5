"""A study of two arms and one measure, as `connects lab compare` finds it."""

from connects.studies.market.results import ArmFound, Difference, Estimate, Found, Group, JobGroup

PEOPLE = Group(
    grouping="all",
    name="freelancers",
    people=400,
    proposals=Estimate(mean=20, low=18, high=22),
    hires=Estimate(mean=0.5, low=0.4, high=0.6),
    dollars=Estimate(mean=9, low=8, high=10),
)
JOBS = JobGroup(
    name="most valuable third",
    jobs=100,
    fill=Estimate(mean=0.3, low=0.2, high=0.4),
    proposals=Estimate(mean=16, low=15, high=17),
)
NONE = Estimate(mean=0, low=0, high=0)


def arm(name: str, difference: Difference | None = None) -> ArmFound:
    """An arm in which 600 proposals come from newcomers."""
    return ArmFound(
        name=name,
        rules=f"The rules of {name}",
        measures={"newcomer_proposals": Estimate(mean=600, low=500, high=700)},
        differences={} if difference is None else {"newcomer_proposals": difference},
        groups=(PEOPLE,),
        jobs=(JOBS,),
    )


def study(difference: Difference) -> Found:
    """Two arms that differ by so much."""
    return Found(
        title="2 rule books on one market",
        population="A market",
        freelancers=400,
        clients=80,
        days=90,
        warm_up_days=30,
        first_seed=1,
        seeds=3,
        against="now",
        metrics=("newcomer_proposals",),
        arms=(arm("now"), arm("then", difference)),
        inputs="0" * 64,
    )

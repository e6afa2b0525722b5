"""A study's report: one HTML file of words, tables and plots, made from its findings alone."""

from __future__ import annotations

from collections.abc import Sequence

from connects.studies.market import words
from connects.studies.market.forest import Dot, forest
from connects.studies.market.measures import MEASURES
from connects.studies.market.results import ArmFound, Found, Group
from connects.studies.plots import Line, lines
from connects.studies.report_page import figure, heading, page, paragraph, table
from connects.wording.figures import signed

HOW_TO_READ = (
    "What is compared here are arms: the same market under rules or behaviour of its own. Each is played"
    " several times. What is chance in one play (who looks when, which letter pleases) follows from a"
    " number, its seed, and under one seed all arms have the same people, jobs and chances, so that they"
    " differ only by what is said of them. What stands in brackets holds the mean with a chance of 95 %,"
    " over seeds of this model: it says nothing about how well the model fits a marketplace."
)
BELIEVE = (
    "Prices, wallets, refusals, what comes back and what is paid follow the rule books exactly, given"
    " what people do. What people do is modelled: believe directions and the order of rules from better"
    " to worse where the check of that mechanism passes (the command connects lab check says which do),"
    " sizes only roughly, and nothing about single members."
)


def report(found: Found) -> str:
    """The whole file."""
    others = [arm for arm in found.arms if arm.name != found.against]
    summed = words.summed(found)
    body = [
        paragraph(words.played(found)),
        paragraph(HOW_TO_READ, quiet=True),
        heading("What is compared"),
        table(
            "What is compared",
            ("arm", "rules"),
            [(arm.name, arm.rules) for arm in found.arms],
            ["rules"],
        ),
        *_in_short(found, others),
        heading("What each arm came to"),
        *([paragraph(summed)] if summed else []),
        table("What each arm came to", ("measure", *_names(found.arms)), _measures(found)),
    ]
    if found.swept is not None:
        body += _sweep(found)
    if others:
        body += _differences(found, others)
    body += _people(found, others) + _jobs(found, others) + _naive(found)
    body += [heading("What can be believed"), paragraph(BELIEVE)]
    body.append(paragraph(f"Digest of all inputs: {found.inputs}", quiet=True))
    return page(found.title, body)


def _names(arms: Sequence[ArmFound]) -> list[str]:
    return [arm.name for arm in arms]


def _in_short(found: Found, others: Sequence[ArmFound]) -> list[str]:
    if not others:
        return []
    body = [heading(f"In short, against “{found.against}”")]
    for arm in others:
        body.append(heading(arm.name, 3))
        body += [
            paragraph(sentence[0].upper() + sentence[1:]) for sentence in words.told(found, arm)
        ]
    return body


def _measures(found: Found) -> list[list[str]]:
    return [
        [
            MEASURES[metric].words,
            *(words.with_interval(metric, arm.measures.get(metric)) for arm in found.arms),
        ]
        for metric in found.metrics
    ]


def _sweep(found: Found) -> list[str]:
    """A line for each measure over the values, where those are numbers."""
    swept = found.swept
    assert swept is not None
    try:
        values = [float(value) for value in swept.values]
    except ValueError:
        return []
    if len(values) < 3 or values != sorted(values):
        return []
    body = [
        heading(f"Over {swept.name}"),
        paragraph("Each upright axis begins where its line does, not at 0.", quiet=True),
    ]
    for metric in found.metrics:
        points = [
            (value, MEASURES[metric].plotted(arm.measures[metric].mean))
            for value, arm in zip(values, found.arms, strict=True)
            if metric in arm.measures
        ]
        name, ends = MEASURES[metric].axis, (swept.values[0], f"{swept.values[-1]} ({swept.name})")
        drawn = lines(name, [Line("", points)], ends, name, from_zero=False, x_marks=values[1:-1])
        body.append(figure(f"{name}, over {swept.name}", drawn))
    return body


def _differences(found: Found, others: Sequence[ArmFound]) -> list[str]:
    body = [
        heading(f"Differences from “{found.against}”"),
        paragraph(
            f"In percent of what “{found.against}” came to, not in percentage points: a fill rate that"
            " goes from 40 % to 42 % changes by +5 %. What is not in percent is added. Lines are the"
            " intervals; one that crosses 0 means that so many seeds cannot tell the arms apart."
        ),
    ]
    for metric in found.metrics:
        dots = []
        for arm in others:
            each = arm.differences.get(metric)
            shown = each is not None and MEASURES[metric].in_percent
            if each is not None and shown and each.percent is not None and not each.is_none:
                percent = each.percent
                dots.append(
                    Dot(
                        arm.name,
                        percent.mean,
                        f"{signed(percent.mean, 1)} %",
                        percent.low,
                        percent.high,
                    )
                )
        name = MEASURES[metric].words
        if dots:
            body += [heading(name, 3), figure(name, forest(name, dots, "change, %"))]
    rows = [
        [
            MEASURES[metric].words,
            *(words.change_of(metric, arm.differences.get(metric)) for arm in others),
        ]
        for metric in found.metrics
    ]
    body += [heading("All differences", 3)]
    body.append(table("All differences", ("measure", *_names(others)), rows))
    return body


def _people(found: Found, others: Sequence[ArmFound]) -> list[str]:
    """Winners and losers among freelancers."""
    body = [
        heading("Who wins, who loses"),
        paragraph(
            "Hires and dollars paid (for Connects and plans) are those of one freelancer, on average,"
            " over the days that are counted."
        ),
    ]
    base = found.arm(found.against)
    body += [
        heading(base.name, 3),
        table(
            f"Freelancers under {base.name}",
            ("freelancers", "people", "proposals", "hires", "dollars paid"),
            [
                [
                    _called(group),
                    f"{group.people:,.0f}",
                    words.interval(group.proposals, 1),
                    words.interval(group.hires, 3),
                    words.interval(group.dollars),
                ]
                for group in base.groups
                if group.people
            ],
        ),
    ]
    for arm in others:
        columns = ("freelancers", "hires, change", "dollars paid, change", "dollars paid, added")
        rows = [
            [
                _called(group),
                words.change(group.hires_change),
                words.change(group.dollars_change),
                words.added(group.dollars_change),
            ]
            for group in arm.groups
            if group.people
        ]
        body += [heading(arm.name, 3), table(f"Freelancers under {arm.name}", columns, rows)]
    return body


def _called(group: Group) -> str:
    """A group's name, where alone it would not say what it is of."""
    if group.grouping == "account" and group.name == "freelancers":
        return "single freelancers"
    return f"countries: {group.name}" if group.grouping == "country" else group.name


def _jobs(found: Found, others: Sequence[ArmFound]) -> list[str]:
    base = found.arm(found.against)
    columns = [
        "jobs by value",
        f"jobs, {base.name}",
        f"proposals per job, {base.name}",
        f"fill rate, {base.name}",
        *(f"fill rate, {arm.name}, change" for arm in others),
    ]
    rows = [
        [
            group.name,
            f"{group.jobs:,.0f}",
            words.interval(group.proposals, 1),
            words.with_interval("hires_per_post", group.fill),
            *(words.change(arm.jobs[place].fill_change) for arm in others),
        ]
        for place, group in enumerate(base.jobs)
    ]
    return [heading("Clients’ jobs"), table("Clients’ jobs", columns, rows)]


def _naive(found: Found) -> list[str]:
    """What a test by account would have said, for the arms that are one."""
    rows = [
        [
            arm.name,
            words.change(arm.naive.hires),
            words.change(arm.naive.proposals),
            words.change(arm.naive.dollars),
        ]
        for arm in found.arms
        if arm.naive is not None
    ]
    if not rows:
        return []
    columns = ("arm", "hires per head", "proposals per head", "dollars per head")
    return [
        heading("What a test by account would have said"),
        paragraph(
            "Here some accounts live under the second rules beside the others, for the same jobs, as in"
            " an ordinary A/B test. This is the second half against the first. It overstates: what one"
            " half loses, the other wins."
        ),
        table("Second half against first", columns, rows),
    ]

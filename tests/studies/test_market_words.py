"""A study's findings in words: what the seeds can tell, and what stays the same."""

import re

from connects.studies.market.report import report
from connects.studies.market.results import Difference, Estimate
from connects.studies.market.words import added, change, interval, told, with_interval
from tests.studies.small_study import NONE, study

MORE = Estimate(mean=50, low=10, high=90)


def said(percent: Estimate) -> list[str]:
    found = study(Difference(absolute=MORE, percent=percent, up=3))
    return told(found, found.arm("then"))


def test_a_difference_is_told_only_where_the_interval_that_is_shown_leaves_out_nothing() -> None:
    assert said(Estimate(mean=9.5, low=-2.6, high=21.6)) == [
        "No difference that 3 seeds could tell: proposals by newcomers."
    ]
    assert said(Estimate(mean=9.5, low=2.6, high=16.4)) == [
        "proposals by newcomers: +9.5 % (+2.6 to +16.4), more in 3 of 3 seeds."
    ]


def test_what_is_the_same_under_every_seed_is_no_change() -> None:
    same = Difference(absolute=NONE, percent=NONE, up=0)

    assert (change(same), added(same)) == ("no change", "no change")
    assert "<svg" not in report(study(same))
    assert "<svg" in report(study(Difference(absolute=MORE, percent=MORE, up=3)))
    assert change(Difference(absolute=MORE, percent=MORE, up=3)) == "+50.0 % (+10.0 to +90.0)"


def test_less_is_written_with_a_minus_sign_and_never_with_a_hyphen() -> None:
    less = Estimate(mean=-9.5, low=-16.4, high=-0.04)
    found = Difference(absolute=less, percent=less, up=0)

    assert change(found) == "−9.5 % (−16.4 to 0.0)"
    assert added(found) == "−9.50 (−16.40 to −0.04)"
    assert interval(less, 1) == "−9.5 (−16.4 to 0.0)"
    assert with_interval("revenue", less) == "−$10 (−$16 to $0)"
    assert re.findall(r"[ >(]-[$\d]", report(study(found))) == []

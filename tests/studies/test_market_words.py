"""A study's findings in words: what the seeds can tell, and what stays the same."""

from connects.studies.market.report import report
from connects.studies.market.results import Difference, Estimate
from connects.studies.market.words import added, change, told
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

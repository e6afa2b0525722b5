"""Whether the installed model's intervals still hold: its estimates against what clients stated.

Every post is estimated when its price is fixed, though most state their amount. Where too few or too
many of the amounts lie within their intervals, the market has moved away from what the model learned.
"""

from __future__ import annotations

from connects.estimate.coverage import Coverage
from connects.estimate.posts import BELIEVED_OVER
from connects.market.jobs.models import Job
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import JobKind
from connects.wording.figures import number, percent
from connects.wording.messages import gettext as _

NEWEST = 1_000
"""So many of the newest posts are looked at."""


def estimate_coverage() -> Coverage:
    """Of the newest posts that the last model estimated and that state their amount, those held."""
    rows = Job.objects.order_by("-pk").values_list(
        *("kind", "budget_cents", "budget_open", "hourly_min_cents", "hourly_max_cents"),
        *("estimate_low_cents", "estimate_high_cents", "estimate_model"),
    )[:NEWEST]
    held = posts = 0
    last = ""
    for kind, budget, is_open, least, most, low, high, model in rows:
        last = last or model
        stated = _stated(JobKind(kind), None if is_open else budget, least, most)
        if stated is None or not model or model != last:
            continue
        posts += 1
        held += low <= stated <= high
    return Coverage(held, posts)


def _stated(
    kind: JobKind, budget: Cents | None, least: Cents | None, most: Cents | None
) -> Cents | None:
    """What an estimate is held against: a budget that is no token, or the middle of a range."""
    if kind is JobKind.FIXED:
        return budget if budget is not None and budget > BELIEVED_OVER else None
    ends = [end for end in (least, most) if end is not None]
    return sum(ends) // len(ends) if ends else None


def coverage_words(found: Coverage) -> str:
    """What was found, in one sentence."""
    low, high = found.interval
    return _(
        "of the last {posts} estimated posts whose clients stated an amount, {share} lay within their"
        " interval of 80 % (the true share: {low} to {high})",
        posts=number(found.posts),
        share=percent(round(found.share, 2)),
        low=percent(round(low, 2)),
        high=percent(round(high, 2)),
    )

"""Demand in small categories, drawn towards the average of the whole marketplace.

A category with three jobs and twelve proposals is not four times as sought after as others: it is
three jobs. Its index is therefore mixed with the average as if so many average jobs were added to it
(empirical Bayes, proposals taken as Poisson and categories' rates as Gamma).
"""

from __future__ import annotations

from collections.abc import Sequence

from connects.vocabulary.facts import Demand

AVERAGE_THOUSANDTHS = 1_000
WEIGHT_MOST = 10_000


def shrunk(demand: Demand, average_jobs: int) -> int:
    """The index in thousandths, as if `average_jobs` jobs of average demand were in the category.

    An index that was set by hand stands for itself.
    """
    if demand.jobs is None or demand.jobs + average_jobs == 0:
        return demand.index_thousandths
    weighed = demand.index_thousandths * demand.jobs + AVERAGE_THOUSANDTHS * average_jobs
    return weighed // (demand.jobs + average_jobs)


def suggested_weight(counts: Sequence[tuple[int, int]]) -> int | None:
    """How many average jobs the categories themselves ask for, from their (jobs, proposals).

    The mean rate over the variance between categories that is more than chance; 10,000 where they
    differ by chance alone, None where there are fewer than two categories with jobs.
    """
    told = [(jobs, proposals) for jobs, proposals in counts if jobs]
    all_jobs, all_proposals = sum(jobs for jobs, _ in told), sum(p for _, p in told)
    if len(told) < 2 or not all_proposals:
        return None
    mean = all_proposals / all_jobs
    seen = sum(jobs * (proposals / jobs - mean) ** 2 for jobs, proposals in told)
    by_chance = mean * (len(told) - 1)
    scale = all_jobs - sum(jobs**2 for jobs, _ in told) / all_jobs
    between = (seen - by_chance) / scale if scale else 0.0
    if between <= 0:
        return WEIGHT_MOST
    return min(round(mean / between), WEIGHT_MOST)

"""What a study found, in sentences and cells; the report and the console say the same."""

from __future__ import annotations

from connects.studies.market.measures import MEASURES
from connects.studies.market.results import ArmFound, Difference, Estimate, Found
from connects.wording.figures import decimals, signed


def with_interval(metric: str, found: Estimate | None) -> str:
    """A mean with its interval, as the measure is written."""
    if found is None:
        return "nothing to measure"
    written = MEASURES[metric].written
    if found.low is None or found.high is None:
        return written(found.mean)
    return f"{written(found.mean)} ({written(found.low)} to {written(found.high)})"


def change(found: Difference | None) -> str:
    """By how much it changes, in percent with its interval."""
    if found is None or found.percent is None:
        return "no share can be said"
    if found.is_none:
        return "no change"
    percent = found.percent
    if percent.low is None or percent.high is None:
        return f"{signed(percent.mean, 1)} %"
    low, high = signed(percent.low, 1), signed(percent.high, 1)
    return f"{signed(percent.mean, 1)} % ({low} to {high})"


def change_of(metric: str, found: Difference | None) -> str:
    """How a measure changes, in percent, or by how much where that would mislead."""
    return change(found) if MEASURES[metric].in_percent else added(found)


def added(found: Difference | None, unit: str = "") -> str:
    """What is added, with its interval."""
    if found is None:
        return "–"
    if found.is_none:
        return "no change"
    each = found.absolute
    if each.low is None or each.high is None:
        return f"{signed(each.mean, 2)}{unit}"
    low, high = signed(each.low, 2), signed(each.high, 2)
    return f"{signed(each.mean, 2)}{unit} ({low} to {high})"


def interval(found: Estimate, digits: int = 2) -> str:
    """A mean with its interval, as a plain number."""
    if found.low is None or found.high is None:
        return decimals(found.mean, digits)
    low, high = decimals(found.low, digits), decimals(found.high, digits)
    return f"{decimals(found.mean, digits)} ({low} to {high})"


def played(found: Found) -> str:
    """What was played, in a sentence."""
    first, last = found.first_seed, found.first_seed + found.seeds - 1
    seeds = f"seeds {first} to {last}" if found.seeds != 1 else f"seed {first}"
    return (
        f"{found.population}: {found.freelancers:,} freelancers, {found.clients:,} clients,"
        f" {found.days} days of which the first {found.warm_up_days} are not counted, {seeds}."
    )


def summed(found: Found) -> str:
    """Which measures are sums, and of what; nothing where none is."""
    sums = [MEASURES[metric].words for metric in found.metrics if MEASURES[metric].is_sum]
    if not sums:
        return ""
    newcomer = " A newcomer is whoever joined while the market was played."
    return (
        f"Sums over the whole market and the {found.days - found.warm_up_days} days that are counted:"
        f" {'; '.join(sums)}.{newcomer if 'newcomer' in ''.join(sums) else ''}"
    )


def told(found: Found, arm: ArmFound) -> list[str]:
    """An arm beside the one that it is compared with: what the seeds can tell, and what they cannot."""
    moved, same = [], []
    for metric in found.metrics:
        each = arm.differences.get(metric)
        if each is None:
            continue
        words = MEASURES[metric].words
        if _is_told(metric, each):
            way = "more" if each.absolute.mean > 0 else "less"
            moved.append(
                f"{words}: {change_of(metric, each)}, {way} in {_seeds(each.up, found, way)}"
            )
        else:
            same.append(words)
    sentences = [f"{each}." for each in moved]
    if same:
        sentences.append(f"No difference that {found.seeds} seeds could tell: {'; '.join(same)}.")
    return sentences


def _is_told(metric: str, found: Difference) -> bool:
    """Whether the seeds can tell it, by the interval that is shown as well."""
    in_percent = found.percent if MEASURES[metric].in_percent else None
    shown = in_percent or found.absolute
    return found.absolute.is_told_from_zero and shown.is_told_from_zero


def _seeds(up: int, found: Found, way: str) -> str:
    count = up if way == "more" else found.seeds - up
    return f"{count} of {found.seeds} seeds"

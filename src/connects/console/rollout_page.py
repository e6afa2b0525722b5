"""What the page of a rollout shows: where each cohort stands, what has come of it, and what was tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from connects.console.charts import pairs_of_bars
from connects.console.cohort_steps import steps_of
from connects.console.study import shown_study
from connects.market.desk.rollout_effects import effects_of, emails_lost
from connects.market.members.editions import book_of
from connects.market.rollout.lab_jobs import latest_lab_jobs
from connects.market.rollout.models import LabJob, LabJobKind, Rollout, RolloutState
from connects.market.rollout.progress import progress_of, state_words
from connects.market.rollout.replays import sums_of
from connects.wording.messages import gettext as _


def rollout_context(rollout: Rollout, now: datetime) -> dict[str, object]:
    """All that the page shows of a rollout."""
    progress = progress_of(rollout)
    titles = {each.cohort.number: each.cohort.words for each in progress}
    jobs = latest_lab_jobs(rollout)
    ahead = rollout.state in (RolloutState.SCHEDULED, RolloutState.PAUSED)
    return {
        "rollout": rollout,
        "titles": {"before": book_of(rollout.before).title, "after": book_of(rollout.after).title},
        "state": state_words(rollout, progress),
        "steps": steps_of(progress, now),
        "moved": sum(each.moved for each in progress),
        "accounts": sum(each.accounts for each in progress),
        "effects": effects_of(rollout, progress, now) if ahead else None,
        "emails_lost": emails_lost(rollout) if ahead else 0,
        "study": shown_study(jobs.get(LabJobKind.STUDY)),
        **_dry_run(rollout, titles),
        **_replay(jobs.get(LabJobKind.REPLAY), titles),
    }


def _dry_run(rollout: Rollout, titles: Mapping[int, str]) -> dict[str, object]:
    report = rollout.dry_run
    if not report:
        return {"report": None}
    cohorts = _titled(report["cohorts"], titles)
    return {
        "report": report,
        "made": datetime.fromisoformat(report["made"]),
        "forecasts": cohorts,
        "held": sum(row["held"] for row in cohorts),
        "lost": sum(row["lost"] for row in cohorts),
    }


def _titled(rows: Sequence[Mapping[str, Any]], titles: Mapping[int, str]) -> list[dict[str, Any]]:
    """Rows about cohorts with who the cohort is, in the reader's language.

    Reports of an earlier release kept the words themselves, in the language of who asked for them.
    """
    return [{**row, "title": titles.get(row["number"], row.get("title", ""))} for row in rows]


def _replay(job: LabJob | None, titles: Mapping[int, str]) -> dict[str, object]:
    past = None if job is None else sums_of(job)
    if past is None:
        return {"replay": job}
    return {
        "replay": job,
        "replayed": datetime.fromisoformat(past.made),
        "past": _titled(past.cohorts, titles),
        "changes": _titled(past.changes or (), titles),
        "deciles": past.deciles,
        "chart": pairs_of_bars(
            [
                (_("Decile {n}", n=row["decile"]), row["paid"], row["would_pay"])
                for row in past.deciles
            ]
        ),
    }

"""What the proposals of the last ninety days cost, and would have cost under a rollout's rules.

The laboratory replays them with exact wallets (`connects.lab.replay`), and hands over what each account
paid and would have paid. `replay_sums` adds that up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from connects.market.rollout.lab_jobs import answered_lab_job
from connects.market.rollout.models import LabJob, LabJobKind, LabJobState, Rollout
from connects.vocabulary.amounts import Connects

WINDOW_DAYS = 90


@dataclass(slots=True)
class Cost:
    """Proposals of the last ninety days: how many, what was paid and came back, and what would have.

    `refused` are those that could not have been sent.
    """

    proposals: int = 0
    paid: Connects = 0
    returned: Connects = 0
    would_pay: Connects = 0
    would_return: Connects = 0
    refused: int = 0

    def add(self, other: Cost) -> None:
        """Add what another one came to."""
        for name, amount in asdict(other).items():
            setattr(self, name, getattr(self, name) + amount)

    @property
    def rise(self) -> Connects:
        """How much more would have been paid and not come back."""
        return (self.would_pay - self.would_return) - (self.paid - self.returned)


def costs_of(rollout: Rollout) -> dict[int, Cost]:
    """What each account's proposals came to, by its id; empty where nothing has been replayed."""
    done = answered_lab_job(rollout, LabJobKind.REPLAY)
    told: Mapping[str, Any] = (done.findings or {}).get("costs", {}) if done is not None else {}
    return {int(account): Cost(**cost) for account, cost in told.items()}


@dataclass(frozen=True, slots=True)
class Sums:
    """What a replay came to: when it was made, by cohort, by decile, and how many pay less or more.

    Replays of an earlier release did not count who would have paid less and more.
    """

    made: str
    cohorts: list[dict[str, int]]
    deciles: list[dict[str, int]]
    changes: list[dict[str, float]] | None


def sums_of(job: LabJob) -> Sums | None:
    """The sums of a replay, read without what each account came to; None until there are some."""
    rows = LabJob.objects.filter(pk=job.pk, state=LabJobState.DONE)
    told = rows.values_list(
        "findings__made", "findings__cohorts", "findings__deciles", "findings__changes"
    ).first()
    return None if told is None else Sums(*told)

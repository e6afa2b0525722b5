"""Rollouts."""

from __future__ import annotations

from django.urls import reverse

from connects.console.tables.columns import Column, Table
from connects.market.rollout.lists import ROLLOUTS, rollout_state
from connects.market.rollout.models import Rollout
from connects.wording.messages import mark


def _rollout(row: Rollout) -> str:
    return reverse("console-rollout", args=[row.public_id])


ROLLOUT_TABLE: Table[Rollout] = Table(
    name="rollouts",
    title=mark("Rollouts"),
    address="console-rollouts",
    listing=ROLLOUTS,
    columns=(
        Column(
            "rollout",
            mark("Rollout"),
            lambda row: f"{row.before.name} → {row.after.name}",
            _rollout,
        ),
        Column("state", mark("State"), rollout_state, is_state=True),
        Column("drafted", mark("Drafted (UTC)"), lambda row: row.drafted),
        Column("scheduled", mark("Scheduled (UTC)"), lambda row: row.scheduled),
        Column("notice", mark("Days of notice"), lambda row: row.notice_days, is_number=True),
        Column("id", mark("Id"), lambda row: row.public_id, is_usual=False),
    ),
    empty=mark("No rollout matches."),
)

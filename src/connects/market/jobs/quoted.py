"""Jobs by what a host calls them, with what a quote asks of them."""

from __future__ import annotations

from collections.abc import Sequence

from connects.market.by_lists import ByLists
from connects.market.external_ids import by_name, called
from connects.market.jobs.models import Job
from connects.market.many_rows import read_row

_COLUMNS = (
    "id",
    "external_id",
    "public_id",
    "client_id",
    "status",
    "cloud_id",
    "revision",
    "proposal_count",
)


def jobs_to_quote(names: Sequence[str]) -> dict[str, Job]:
    """The jobs that a host calls so, by that name, with one query; the rest is read when asked for."""
    rows = _CALLED.rows(names)
    return by_name(
        (read_row(Job, dict(zip(_COLUMNS, row, strict=True))) for row in rows), "public_id"
    )


_CALLED = ByLists(
    lambda names: called(Job.objects.all(), names, "public_id").values_list(*_COLUMNS), str
)

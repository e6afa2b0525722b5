"""An account's inbox."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from connects.market.notices.models import Notice
from connects.market.pages import Page, page_of
from connects.market.people.models import Account


def inbox(account: Account, number: int, codes: Collection[str] = ()) -> Page[Notice]:
    """Notices with the events that they tell of, what was delivered last first; of some codes, or all."""
    rows = Notice.objects.filter(account=account).select_related("event")
    if codes:
        rows = rows.filter(code__in=codes)
    return page_of(rows.order_by("-id"), number)


@dataclass(frozen=True, slots=True)
class AboutJob:
    """Notices of one page that are about the same job, the newest first.

    What is about no job, or the only one about its job, stands alone.
    """

    newest: Notice
    earlier: tuple[Notice, ...] = ()

    @property
    def unread(self) -> int:
        return sum(notice.read is None for notice in (self.newest, *self.earlier))


def proposals_in(notices: Iterable[Notice]) -> set[str]:
    """The proposals that notices are about and whose job they do not name."""
    return {
        _proposal(notice)
        for notice in notices
        if notice.parameters.get("proposal") and not notice.parameters.get("job")
    }


def by_job(notices: Iterable[Notice], jobs: Mapping[str, str]) -> list[AboutJob]:
    """Notices with those about one job together, where its newest stands.

    `jobs` are the jobs of the proposals that notices are about, by their names.
    """
    groups: dict[str, list[Notice]] = {}
    for notice in notices:
        job = str(notice.parameters.get("job") or jobs.get(_proposal(notice), ""))
        groups.setdefault(job or f"notice {notice.pk}", []).append(notice)
    return [AboutJob(newest, tuple(earlier)) for newest, *earlier in groups.values()]


def _proposal(notice: Notice) -> str:
    return str(notice.parameters.get("proposal") or "").removeprefix("proposal:")

"""The publisher: moves what has happened out into the feed, and gives each event its position.

A row's automatic id is not the order of commits: who pages by it skips what commits late. So one
publisher at a time, behind a locked row, takes whatever has been committed and is still marked, and only
then gives positions. They have no gaps, become visible in their order, and only they are cursors. What
commits late is found by its mark the next time, however long it took.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction

from connects.journal.marks import Span, spans_of
from connects.journal.models import BatchMark
from connects.market.events.models import FeedEvent, FeedHead
from connects.market.events.subjects import subjects_of
from connects.market.many_rows import new_row, save_new
from connects.market.notices.models import OutboxEvent
from connects.vocabulary.event_types import TYPE_OF_CODE, WALLET_ENTRY

MARKS_MOST = 500
SPANS_MOST = 5_000
EVENTS_MOST = 500
HEAD = 1


def publish_events() -> int:
    """Publish a batch of what waits; return how many rows of the feed it became.

    None where nothing waits, or another publisher is at it.
    """
    if not _is_waiting():
        return 0
    FeedHead.objects.get_or_create(pk=HEAD)
    with transaction.atomic():
        head = FeedHead.objects.select_for_update(skip_locked=True).filter(pk=HEAD).first()
        if head is None:
            return 0
        marks, spans = _marked()
        happened = list(OutboxEvent.objects.filter(unpublished=True).order_by("id")[:EVENTS_MOST])
        rows = [
            *_line_events(spans, head.position),
            *_market_events(happened, head.position + sum(span.lines for span in spans)),
        ]
        if rows:
            save_new(rows)
            head.position = rows[-1].position
            head.save(update_fields=["position"])
        BatchMark.objects.filter(pk__in=marks).delete()
        OutboxEvent.objects.filter(pk__in=[each.pk for each in happened]).update(unpublished=False)
        return len(rows)


def _is_waiting() -> bool:
    return BatchMark.objects.exists() or OutboxEvent.objects.filter(unpublished=True).exists()


def _marked() -> tuple[list[int], list[Span]]:
    """The oldest marks, and their spans. Those of one wallet are in the order of its lines.

    A wallet's next line is written once the one before is committed, so its mark has the higher id, and
    who sees it sees the earlier one, too.
    """
    marks: list[int] = []
    spans: list[Span] = []
    for mark in BatchMark.objects.order_by("id")[:MARKS_MOST]:
        if len(spans) >= SPANS_MOST:
            break
        marks.append(mark.pk)
        spans += spans_of(mark.spans)
    return marks, spans


def _line_events(spans: Iterable[Span], position: int) -> Iterator[FeedEvent]:
    for span in spans:
        position += span.lines
        yield _row(
            position,
            type=WALLET_ENTRY,
            account=span.wallet,
            number=span.last,
            lines=span.lines,
        )


def _market_events(happened: Sequence[OutboxEvent], position: int) -> Iterator[FeedEvent]:
    subjects = subjects_of(happened)
    for place, event in enumerate(happened, position + 1):
        account, data = subjects.told(event)
        yield _row(
            place,
            type=TYPE_OF_CODE[event.code],
            account=account,
            data=data,
            happened=event.happened,
        )


def _row(position: int, **values: Any) -> FeedEvent:
    return new_row(FeedEvent, {"position": position, **values})

"""Sending what is due: several lanes to each endpoint, in each of which one delivery follows another.

A round of deliveries costs a handful of statements however many there are, so a lane takes as many as its
receiver has shown that it answers within half a second, and twice as many the next time. What a lane has
no time for, or what follows a delivery that was not taken, is given back unsent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime
from itertools import zip_longest
from time import monotonic

from connects.acts.events.deliver import (
    Parcel,
    claim_deliveries,
    enqueue_deliveries,
    note_answers,
)
from connects.acts.events.send import Answer, send_webhook
from connects.market.events.models import WebhookEndpoint

LANES_MOST = 8
"""So many requests at a time an endpoint gets."""
LANE_MOST = 64
LANE_SECONDS = 0.5
THREADS = 32

Send = Callable[[str, Mapping[str, str], bytes], Answer]


class Deliverer:
    """Sends what is due, on threads of its own, which do nothing but wait for receivers."""

    def __init__(self, send: Send = send_webhook, threads: int = THREADS) -> None:
        self._send = send
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="webhook")
        self._lanes: dict[Future[list[Answer]], list[Parcel]] = {}
        self._paces: dict[int, int] = {}

    def turn(self, now: datetime) -> int:
        """Note what came back, and send what is due; return how many of both there were."""
        count = self._note_answers(now)
        sent, idle = self._send_due(now)
        # The feed itself is the queue: of what is far ahead, no lane has need yet.
        if idle and enqueue_deliveries(idle, now):
            sent += self._send_due(now)[0]
        return count + sent

    def settle(self, now: datetime) -> int:
        """Take turns until nothing is due and nothing is in flight; return how many were sent."""
        count = 0
        while self.turn(now) or self._lanes:
            wait(self._lanes)
            count += self._note_answers(now)
        return count

    def close(self) -> None:
        """Send no more. What is in flight is claimed, and the next worker sends it again."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _send_due(self, now: datetime) -> tuple[int, list[int]]:
        """How many were sent, and the endpoints that could have got more."""
        count, idle = 0, list[int]()
        endpoints = WebhookEndpoint.objects.filter(disabled=None)
        for endpoint in sorted(endpoints, key=lambda each: self._in_flight(each.pk)):
            lanes = self._free_lanes(endpoint)
            most = lanes * (1 if endpoint.failing_since else self._paces.get(endpoint.pk, 1))
            if most <= 0:
                continue
            parcels = claim_deliveries(endpoint, most, now)
            for lane in (parcels[first::lanes] for first in range(min(lanes, len(parcels)))):
                self._lanes[self._pool.submit(_send_in_turn, self._send, lane)] = lane
            count += len(parcels)
            if len(parcels) < most:
                idle.append(endpoint.pk)
        return count, idle

    def _free_lanes(self, endpoint: WebhookEndpoint) -> int:
        """How many lanes can be opened; none waits for a thread, since its claim would run out."""
        most = 1 if endpoint.failing_since else LANES_MOST
        return min(most - self._in_flight(endpoint.pk), self._threads - len(self._lanes))

    def _in_flight(self, endpoint: int) -> int:
        return sum(lane[0].endpoint.pk == endpoint for lane in self._lanes.values())

    def _note_answers(self, now: datetime) -> int:
        done = [future for future in self._lanes if future.done()]
        sent: dict[int, list[tuple[Parcel, Answer | None]]] = defaultdict(list)
        for future in done:
            lane, answers = self._lanes.pop(future), future.result()
            self._note_pace(lane, len(answers))
            sent[lane[0].endpoint.pk] += zip_longest(lane, answers)
        for each in sent.values():
            note_answers(each, now)
        return sum(answer is not None for each in sent.values() for _, answer in each)

    def _note_pace(self, lane: Sequence[Parcel], sent: int) -> None:
        endpoint = lane[0].endpoint.pk
        if sent < len(lane):
            self._paces[endpoint] = sent
        elif sent >= self._paces.get(endpoint, 1):
            self._paces[endpoint] = min(2 * sent, LANE_MOST)


def _send_in_turn(send: Send, lane: Sequence[Parcel]) -> list[Answer]:
    """The answers of those that were sent, which are the first ones, and at least one."""
    answers: list[Answer] = []
    until = monotonic() + LANE_SECONDS
    for parcel in lane:
        answers.append(send(parcel.endpoint.url, parcel.headers, parcel.body))
        if not answers[-1].is_taken or monotonic() >= until:
            break
    return answers

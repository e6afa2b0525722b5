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

from connects.acts.events.deliver import note_answers
from connects.acts.events.parcels import Parcel
from connects.acts.events.send import Answer, Connections
from connects.acts.events.take import take_parcels
from connects.market.events.feed import feed_position
from connects.market.events.models import Ordering, WebhookEndpoint

LANES_MOST = 8
"""So many requests at a time an endpoint gets."""
LANE_MOST = 64
LANE_SECONDS = 0.5
THREADS = 32

Send = Callable[[str, Mapping[str, str], bytes], Answer]


class Deliverer:
    """Sends what is due, on threads of its own, which do nothing but wait for receivers."""

    def __init__(self, send: Send | None = None, threads: int = THREADS) -> None:
        self._connections = Connections()
        self._send = send or self._connections.send
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="webhook")
        self._lanes: dict[Future[list[Answer]], list[Parcel]] = {}
        self._paces: dict[int, int] = {}

    def turn(self, now: datetime) -> int:
        """Note what came back, and send what is due; return how many of both there were."""
        return self._note_answers(now) + self._send_due(now)

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
        self._connections.close()

    def _send_due(self, now: datetime) -> int:
        """Send what each endpoint can take; return how many are sent now, or have to wait for those."""
        count = 0
        endpoints = WebhookEndpoint.objects.filter(disabled=None)
        by_need = sorted(endpoints, key=lambda each: self._in_flight(each.pk))
        head = feed_position() if by_need else 0
        for endpoint in by_need:
            lanes = self._free_lanes(endpoint)
            most = lanes * (1 if endpoint.failing_since else self._paces.get(endpoint.pk, 1))
            if most <= 0:
                continue
            taken = take_parcels(endpoint, most, head, now)
            for lane in _lanes_of(taken.parcels, lanes):
                self._lanes[self._pool.submit(_send_in_turn, self._send, lane)] = lane
            count += len(taken.parcels) + taken.waiting
        return count

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
            self._paces[endpoint] = min(sent, LANE_MOST)
        elif sent >= self._paces.get(endpoint, 1):
            self._paces[endpoint] = min(2 * sent, LANE_MOST)


def _lanes_of(parcels: Sequence[Parcel], most: int) -> list[list[Parcel]]:
    """The parcels in so many lanes of much the same length; what has an order is in one of them."""
    lanes: list[list[Parcel]] = [[] for _ in range(min(most, len(parcels)))]
    lane_of: dict[int, list[Parcel]] = {}
    for parcel in parcels:
        lane = lane_of.get(parcel.delivery.account) or min(lanes, key=len)
        lane.append(parcel)
        if parcel.endpoint.ordering == Ordering.ACCOUNT:
            lane_of[parcel.delivery.account] = lane
    return [lane for lane in lanes if lane]


def _send_in_turn(send: Send, lane: Sequence[Parcel]) -> list[Answer]:
    """The answers of those that were sent, which are the first ones, and at least one."""
    answers: list[Answer] = []
    until = monotonic() + LANE_SECONDS
    for parcel in lane:
        answers.append(send(parcel.endpoint.url, parcel.headers, parcel.body))
        if not answers[-1].is_taken or monotonic() >= until:
            break
    return answers

"""Guests: people who look around at the speed of people, and how long they waited for each page."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

import httpx

THINK_SECONDS = (1.0, 4.0)
GIVE_UP_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody with a browser: who they are to the site, and the pages that they go through."""

    name: str
    address: str
    cookie: str
    pages: Sequence[str]


@dataclass
class Waits:
    """Seconds that each page took, and what came in place of a page."""

    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        """The wait that this share of all pages did not exceed, in seconds; 0 where there were none."""
        ordered = sorted(self.seconds)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0


def open_once(site: str, guests: Sequence[Guest]) -> None:
    """Open every page once, as the first of each kind: a server that has just started knows none."""
    seen: set[str] = set()
    with httpx.Client(base_url=site, timeout=GIVE_UP_SECONDS) as browser:
        for guest in guests:
            for page in guest.pages:
                if page not in seen:
                    seen.add(page)
                    browser.get(page, headers={"Cookie": guest.cookie})


def look_around(site: str, guests: Sequence[Guest], seed: int, seconds: float) -> Waits:
    """Let all of them go through their pages for so long; what they saw."""
    return asyncio.run(_all(site, guests, seed, time.monotonic() + seconds))


async def _all(site: str, guests: Sequence[Guest], seed: int, end: float) -> Waits:
    waits = Waits()
    async with httpx.AsyncClient(base_url=site, timeout=GIVE_UP_SECONDS) as browser:
        walks = [
            _one(browser, guest, Random(f"{seed} {guest.name}"), end, waits) for guest in guests
        ]
        await asyncio.gather(*walks)
    return waits


async def _one(
    browser: httpx.AsyncClient, guest: Guest, chance: Random, end: float, waits: Waits
) -> None:
    headers = {"X-Forwarded-For": guest.address, "Cookie": guest.cookie}
    await asyncio.sleep(chance.uniform(0, THINK_SECONDS[1]))
    while time.monotonic() < end:
        page = chance.choice(guest.pages)
        began = time.monotonic()
        try:
            answer = await browser.get(page, headers=headers)
        except httpx.HTTPError as error:
            waits.failures.append(f"{guest.name}: {page}: {type(error).__name__}")
        else:
            if answer.status_code != 200:
                waits.failures.append(f"{guest.name}: {page}: {answer.status_code}")
        waits.seconds.append(time.monotonic() - began)
        await asyncio.sleep(chance.uniform(*THINK_SECONDS))

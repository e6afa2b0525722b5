"""What needs someone, in words and worst first, from what was counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Need:
    """One kind of thing that waits: how many, what else there is to say, where to begin."""

    icon: str
    kind: str
    number: int
    words: str
    more: str
    badge: str
    address: str
    button: str


def needs_of(counts: Mapping[str, int]) -> list[Need]:
    """All that waits, worst first; nothing for what is none."""
    found = [
        _flags(counts),
        _payments(counts),
        _appeals(counts),
        _corrections(counts),
        _emails(counts),
        _access_emails(counts),
        _rollouts_paused(counts),
        _rollouts(counts),
    ]
    worst = {"bad": 0, "wait": 1, "move": 2}
    return sorted((need for need in found if need.number), key=lambda need: worst[need.kind])


def _some(number: int, noun: str, nouns: str = "") -> str:
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def _flags(counts: Mapping[str, int]) -> Need:
    number, late = counts.get("flags", 0), counts.get("flags_late", 0)
    stake = counts.get("flags_stake", 0)
    return Need(
        "flag",
        "bad" if late else "wait",
        number,
        _some(number, "flagged job"),
        f"{_some(stake, 'Connect')} at stake",
        f"{late:,} older than a day" if late else "",
        reverse("console-flag-next"),
        "Review the next",
    )


def _payments(counts: Mapping[str, int]) -> Need:
    number = counts.get("payments", 0)
    return Need(
        "card",
        "bad",
        number,
        _some(number, "payment"),
        "Another amount came, a refund hangs, or nobody knows whether it was charged",
        "",
        f"{reverse('console-payments')}?needs=review",
        "Review them",
    )


def _appeals(counts: Mapping[str, int]) -> Need:
    number, second = counts.get("appeals", 0), counts.get("appeals_second", 0)
    late = counts.get("appeals_late", 0)
    return Need(
        "scales",
        "bad" if late else "wait",
        number,
        _some(number, "appeal"),
        f"{second:,} wait{'s' if second == 1 else ''} for you as the second person"
        if second
        else "Two people decide on each",
        f"{late:,} older than three days" if late else "",
        f"{reverse('console-appeals')}?state={'proposed' if second else 'open'}",
        "Decide",
    )


def _corrections(counts: Mapping[str, int]) -> Need:
    number, second = counts.get("corrections", 0), counts.get("corrections_second", 0)
    return Need(
        "edit",
        "wait",
        number,
        f"{_some(number, 'grant or correction', 'grants or corrections')} waiting for a second person",
        f"{second:,} of them {'was' if second == 1 else 'were'} proposed by someone else than you",
        "",
        f"{reverse('console-corrections')}?state=proposed",
        "Decide",
    )


def _emails(counts: Mapping[str, int]) -> Need:
    number = counts.get("emails", 0)
    return Need(
        "e-mail",
        "move",
        number,
        f"{_some(number, 'e-mail')} not delivered",
        "Given up after several tries",
        "",
        f"{reverse('console-letters')}?state=dead",
        "See why",
    )


def _access_emails(counts: Mapping[str, int]) -> Need:
    number = counts.get("access_emails", 0)
    return Need(
        "lock",
        "wait",
        number,
        f"{_some(number, 'e-mail')} about access not delivered",
        "Somebody may be waiting for a link",
        "",
        f"{reverse('console-account-emails')}?state=dead",
        "See why",
    )


def _rollouts_paused(counts: Mapping[str, int]) -> Need:
    number = counts.get("rollouts_paused", 0)
    return Need(
        "pause",
        "wait",
        number,
        f"{_some(number, 'rollout')} paused",
        "Nobody moves until it is resumed",
        "",
        f"{reverse('console-rollouts')}?state=paused",
        "Look",
    )


def _rollouts(counts: Mapping[str, int]) -> Need:
    number = counts.get("rollouts", 0)
    return Need(
        "rise",
        "move",
        number,
        f"{_some(number, 'rollout')} running",
        "Accounts are still to move",
        "",
        f"{reverse('console-rollouts')}?state=running",
        "Look",
    )

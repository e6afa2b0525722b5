"""What needs someone, in words and worst first, from what was counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext


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
        _drift(counts),
    ]
    worst = {"bad": 0, "wait": 1, "move": 2}
    return sorted((need for need in found if need.number), key=lambda need: worst[need.kind])


def _flags(counts: Mapping[str, int]) -> Need:
    number, late = counts.get("flags", 0), counts.get("flags_late", 0)
    stake = counts.get("flags_stake", 0)
    return Need(
        "flag",
        "bad" if late else "wait",
        number,
        ngettext("{n} flagged job", "{n} flagged jobs", number),
        ngettext("{n} Connect at stake", "{n} Connects at stake", stake),
        _("{number} older than a day", number=late) if late else "",
        reverse("console-flag-next"),
        _("Review the next"),
    )


def _payments(counts: Mapping[str, int]) -> Need:
    number = counts.get("payments", 0)
    return Need(
        "card",
        "bad",
        number,
        ngettext("{n} payment", "{n} payments", number),
        _("Another amount came, a refund hangs, or nobody knows whether it was charged"),
        "",
        f"{reverse('console-payments')}?needs=review",
        _("Review them"),
    )


def _appeals(counts: Mapping[str, int]) -> Need:
    number, second = counts.get("appeals", 0), counts.get("appeals_second", 0)
    late = counts.get("appeals_late", 0)
    return Need(
        "scales",
        "bad" if late else "wait",
        number,
        ngettext("{n} appeal", "{n} appeals", number),
        ngettext(
            "{n} waits for you as the second person",
            "{n} wait for you as the second person",
            second,
        )
        if second
        else _("Two people decide on each"),
        _("{number} older than three days", number=late) if late else "",
        f"{reverse('console-appeals')}?state={'proposed' if second else 'open'}",
        _("Decide"),
    )


def _corrections(counts: Mapping[str, int]) -> Need:
    number, second = counts.get("corrections", 0), counts.get("corrections_second", 0)
    return Need(
        "edit",
        "wait",
        number,
        ngettext(
            "{n} grant or correction waiting for a second person",
            "{n} grants or corrections waiting for a second person",
            number,
        ),
        ngettext(
            "{n} of them was proposed by someone other than you",
            "{n} of them were proposed by someone other than you",
            second,
        ),
        "",
        f"{reverse('console-corrections')}?state=proposed",
        _("Decide"),
    )


def _emails(counts: Mapping[str, int]) -> Need:
    number = counts.get("emails", 0)
    return Need(
        "e-mail",
        "move",
        number,
        ngettext("{n} e-mail not delivered", "{n} e-mails not delivered", number),
        _("Given up after several tries"),
        "",
        f"{reverse('console-letters')}?state=dead",
        _("See why"),
    )


def _access_emails(counts: Mapping[str, int]) -> Need:
    number = counts.get("access_emails", 0)
    return Need(
        "lock",
        "wait",
        number,
        ngettext(
            "{n} e-mail about access not delivered",
            "{n} e-mails about access not delivered",
            number,
        ),
        _("Somebody may be waiting for a link"),
        "",
        f"{reverse('console-account-emails')}?state=dead",
        _("See why"),
    )


def _rollouts_paused(counts: Mapping[str, int]) -> Need:
    number = counts.get("rollouts_paused", 0)
    return Need(
        "pause",
        "wait",
        number,
        ngettext("{n} rollout paused", "{n} rollouts paused", number),
        _("Nobody moves until it is resumed"),
        "",
        f"{reverse('console-rollouts')}?state=paused",
        _("See it"),
    )


def _rollouts(counts: Mapping[str, int]) -> Need:
    number = counts.get("rollouts", 0)
    return Need(
        "rise",
        "move",
        number,
        ngettext("{n} rollout running", "{n} rollouts running", number),
        _("Accounts are still to move"),
        "",
        f"{reverse('console-rollouts')}?state=running",
        _("See it"),
    )


def _drift(counts: Mapping[str, int]) -> Need:
    held, posts = counts.get("estimates_held", 0), counts.get("estimates_drifted", 0)
    return Need(
        "activity",
        "wait",
        1 if posts else 0,
        _("Estimates of pay no longer fit the jobs"),
        _(
            "Of the last {posts}, {held} lay in their interval: it should be 80%",
            posts=posts,
            held=held,
        ),
        "",
        f"{reverse('console-demand')}#estimates",
        _("See what to do"),
    )

"""The pieces that pages are made of: icons, badges, pips, faces, bars, notes (see `docs/pages.md`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from connects.statements.checks.undo import Undo, undo_in
from connects.vocabulary.typed_input import REASON_CHARACTERS, Typed
from connects.web.templatetags.icons import ICONS
from connects.web.templatetags.state_words import state_words

register = template.Library()

PIPS_MOST = 24
POINTING = ("send", "sign-out")  # forwards: the other way in scripts from right to left
FIRMS = ("agency", "client")
NOTE_ICONS = {"": "info", "good": "done", "wait": "clock", "bad": "warning"}

GOOD, MOVE, WAIT, BAD, OVER, CALM = "good", "move", "wait", "bad", "over", ""

STATES: dict[str, str] = {
    "accepted": GOOD,
    "accounted for": GOOD,
    "active": GOOD,
    "another amount arrived": BAD,
    "answered": GOOD,
    "asked": WAIT,
    "came back": GOOD,
    "called off": OVER,
    "charged back": BAD,
    "checking the budget": WAIT,
    "closed": OVER,
    "coming": MOVE,
    "complete": GOOD,
    "confirmed": GOOD,
    "dead": BAD,
    "declined": OVER,
    "digest": MOVE,
    "discarded": OVER,
    "dismissed": OVER,
    "done": GOOD,
    "draft": CALM,
    "erased": BAD,
    "expired": OVER,
    "failed": BAD,
    "finished": GOOD,
    "frozen": WAIT,
    "granted": GOOD,
    "hired": GOOD,
    "kept": WAIT,
    "moved": GOOD,
    "next": WAIT,
    "not chosen": OVER,
    "not confirmed": WAIT,
    "not finished": WAIT,
    "offered": WAIT,
    "open": GOOD,
    "opened": MOVE,
    "over": OVER,
    "paid": GOOD,
    "paused": WAIT,
    "pending": WAIT,
    "planned": CALM,
    "proposed": WAIT,
    "refund under way": WAIT,
    "refunded": OVER,
    "refused": OVER,
    "removed": BAD,
    "reserved": WAIT,
    "returned": GOOD,
    "rolled back": OVER,
    "rolling back": WAIT,
    "running": MOVE,
    "scheduled": MOVE,
    "sent": MOVE,
    "shortlisted": GOOD,
    "standing": GOOD,
    "suspended": BAD,
    "told": MOVE,
    "under way": MOVE,
    "unclear": BAD,
    "undone": OVER,
    "unread": MOVE,
    "upheld": GOOD,
    "used up": OVER,
    "valid": GOOD,
    "void": OVER,
    "waiting": WAIT,
    "waits for a second person": WAIT,
    "withdrawn": OVER,
}
"""What the words of states mean: it went well, it is on its way, it waits for someone, it is a loss
or a stop, or it is over. A word that is not here is shown in no colour."""


@register.simple_tag
def contact() -> str:
    """Where people who are stuck write to; "" where the installation names nothing."""
    return str(settings.CONTACT)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing, hidden from readers; a word stands beside it."""
    drawing = mark_safe(ICONS[name])  # noqa: S308  # our own table
    look = "icon turns" if name in POINTING else "icon"
    return format_html(
        '<svg class="{}" viewBox="0 0 20 20" aria-hidden="true">{}</svg>', look, drawing
    )


@register.simple_tag
def badge(words: object, kind: str | None = None, of: str = "") -> SafeString:
    """A state as a word with its colour; `kind` says the colour of a word that `STATES` lacks.

    `of="proposal"` says whose state it is, where a language has another word for it.
    """
    said = str(words)
    shown = state_words(said[:1].upper() + said[1:], of)
    colour = STATES.get(said.lower(), CALM) if kind is None else kind
    return format_html('<span class="badge {}">{}</span>', colour, shown)


@register.simple_tag
def pips(paid: int, off: int = 0, size: str = "") -> SafeString:
    """A price that can be counted: filled ones are paid, hollow ones were taken off."""
    if not 0 < paid + off <= PIPS_MOST:
        return SafeString("")
    dots = mark_safe("<i></i>" * paid + '<i class="off"></i>' * off)  # noqa: S308  # no input in it
    return format_html('<span class="pips {}" aria-hidden="true">{}</span>', size, dots)


@register.simple_tag
def face(name: str, kind: str = "", size: str = "") -> SafeString:
    """The initials of a person, or of an agency or a client, in place of a picture."""
    words = [word for word in name.split() if word[:1].isalnum()] or [name]
    letters = words[0][:1] + (words[-1][:1] if len(words) > 1 else "")
    look = f"{'firm' if kind in FIRMS else ''} {size}".strip()
    return format_html('<span class="face {}" aria-hidden="true">{}</span>', look, letters.upper())


@register.simple_tag
def bar(part: float, whole: float, label: str) -> SafeString:
    """How much of a whole is done, with words for readers; the number stands beside it, too."""
    width = 0.0 if whole <= 0 else min(max(100 * part / whole, 0), 100)
    return format_html(
        '<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" role="img"'
        ' aria-label="{}"><rect class="fill" width="{}" height="4"/></svg>',
        label,
        f"{width:.1f}",
    )


@register.simple_block_tag
def note(
    content: str, kind: str = "", title: str = "", role: str = "", level: int = 2
) -> SafeString:
    """A message in the page: what is now so, what waits, what would be lost.

    One with a role says what has just happened: the page begins there for those who use the keyboard.
    """
    heading = format_html("<h{0}>{1}</h{0}>", level, title) if title else ""
    return format_html(
        '<div class="note {}"{}><span>{}</span><div>{}{}</div></div>',
        kind,
        format_html(' role="{}" tabindex="-1" autofocus', role) if role else "",
        icon(NOTE_ICONS[kind]),
        heading,
        content,
    )


@register.simple_tag(takes_context=True)
def current(context: Context, *names: str) -> SafeString:
    """Mark a link of a menu: it leads to this page, or to where this page belongs (further names)."""
    match = getattr(context.get("request"), "resolver_match", None)
    name = getattr(match, "url_name", None)
    if name not in names:
        return SafeString("")
    return format_html(' aria-current="{}"', "page" if name == names[0] else "true")


@register.simple_tag
def tally(number: int, words: str = "", kind: str = "") -> SafeString:
    """A count beside a link; `words` say to readers what is counted."""
    said = format_html('<span class="unseen"> {}</span>', words) if words else ""
    return format_html('<span class="count {}">{}{}</span>', kind, number, said)


@register.filter
def undo(message: Message) -> Undo | None:
    """The form that does back what a message says was done; None where it cannot be undone."""
    return undo_in(message.extra_tags or "")


@register.filter
def ticks(lines: Any) -> SafeString:
    """Short lines, each with a tick before it."""
    rows = format_html_join("", "<li>{}<span>{}</span></li>", ((icon("tick"), x) for x in lines))
    return format_html('<ul class="ticks">{}</ul>', rows)


@register.filter
def beside(first: Sequence[Any], second: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Each of these with its counterpart: a table's columns beside a row's cells."""
    return list(zip(first, second, strict=True))


@register.simple_tag(takes_context=True)
def typed(context: Context, name: str, act: str = "") -> SafeString:
    """What was typed into a field of a form that was refused, so that nobody types it again.

    `act` tells the forms of a page apart, by the field or the button of that name.
    """
    sent = _refused_form(context, act)
    text = "" if sent is None else sent.line(name, REASON_CHARACTERS)
    return format_html(' value="{}"', text) if text else SafeString()


@register.simple_tag(takes_context=True)
def unfolded(context: Context, act: str) -> SafeString:
    """Keep a fold open whose form was refused."""
    return SafeString() if _refused_form(context, act) is None else SafeString(" open")


def _refused_form(context: Context, act: str) -> Typed | None:
    """The form that this page answers: one that was done would have led elsewhere."""
    request = context.get("request")
    if request is None or request.method != "POST":
        return None
    sent = Typed(request.POST)
    return sent if sent.choice("act") == act else None

"""Phrases by which posts say how long the work takes, that the amount is left to the bids, or is meant.

Most texts hold none of them. To look for a word is some fifty times as fast as to look for a pattern, so
each pattern is tried only where a text has one of the words without which it cannot match.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """A pattern over lower-case text, and pieces of which every match of it holds one."""

    pieces: tuple[str, ...]
    pattern: re.Pattern[str]

    def found_in(self, text: str) -> bool:
        """Whether a text, in lower case, says it so."""
        return any(piece in text for piece in self.pieces) and bool(self.pattern.search(text))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Several wordings of one thing."""

    wordings: tuple[Wording, ...]

    def found_in(self, text: str) -> bool:
        """Whether a text, in lower case, says it in any of them."""
        return any(wording.found_in(text) for wording in self.wordings)


def _wording(pattern: str, *pieces: str) -> Wording:
    return Wording(pieces, re.compile(pattern))


def _words(*phrases: str) -> Wording:
    """Phrases that are one piece each."""
    return Wording(phrases, re.compile("|".join(map(re.escape, phrases))))


_MONEY = r"(?:budget|price|rate|salary|pay|payment|amount|fee|figure|number)s?"

LEFT_OPEN = Phrase(
    (
        _wording(
            rf"{_MONEY} (?:here )?is (?:just |only )?(?:a )?(?:placeholder|dummy|token|nothing)"
            rf"|placeholder (?:{_MONEY}|only)",
            *("placeholder", "dummy", "token", "nothing"),
        ),
        _wording(rf"{_MONEY}[^.]{{0,25}} negotiable|negotiable {_MONEY}", "negotiable"),
        _wording(
            rf"not the (?:real|actual|final) {_MONEY}|ignore the {_MONEY}"
            rf"|real {_MONEY} (?:in|by|after)",
            *("not the ", "ignore the ", "real "),
        ),
        _wording(
            r"(?:make|send|give)(?: me| us)? (?:an |your |a )?"
            r"(?:offers?|quotes?|quotation|bids?|price|rate)\b",
            *(" offer", " quot", " bid", " price", " rate"),
        ),
        _wording(
            r"(?:name|quote|state|tell me|tell us|let me know|let us know|send)(?: me| us)?"
            r" your(?: own)? (?:rate|price|fee)",
            *("your rate", "your price", "your fee", "your own "),
        ),
        _wording(r"your quote\b|\bbid what", "your quote", "bid what"),
        _words("quote your", "please quote", "please bid", "please estimate", "open budget"),
        _words("open to offers", "open to bids", "tell me price", "we discuss equity"),
        _words("we discuss after", "what you charge", "what would you charge"),
        _wording(
            rf"{_MONEY} (?:is|are|to be|will be|can be)"
            r" (?:open|flexible|discussed|agreed|determined|decided)",
            *(" open", " flexible", " discussed", " agreed", " determined", " decided"),
        ),
        _wording(
            rf"(?:discuss|agree on|talk about)(?: the| your)? {_MONEY}",
            *("discuss", "agree on", "talk about"),
        ),
        _wording(
            r"\btbd\b|to be (?:agreed|determined)\b", "tbd", "to be agreed", "to be determined"
        ),
        _wording(
            r"how much (?:you (?:charge|want|would)|would you|do you (?:charge|want)"
            r"|will it cost|does it cost)",
            "how much ",
        ),
        _wording(
            r"(?:paid|pay|payment|charged?) (?:is |will be )?(?:on |by |per )?(?:an? |the )?"
            r"hour(?:ly)?\b",
            " hour",
        ),
    )
)
"""The amount is left to those who bid."""

MEANT = Phrase(
    (
        _wording(r"\$ ?\d[\d.,]* (?:per|for each|each|an?)\b", "$"),
        _wording(r"dollars? (?:per|for each|each)", "dollar"),
        _words("fixed budget", "fixed price of", "and not more", "no more than $", "each paid"),
        _words("paid trial", "paid test", "trial task", "test task"),
        _words("small budget", "low budget", "tight budget"),
        _wording(
            rf"(?:my|our|the|total|max|maximum) {_MONEY} (?:is|of)(?: only)? \$? ?\d",
            *(" is ", "s is ", " of ", "s of "),
        ),
        _wording(
            rf"{_MONEY} is (?:actual|fixed|final|firm)",
            *(" is actual", " is fixed", " is final", " is firm"),
        ),
        _wording(r"(?:i|we) (?:can )?pay \$? ?\d", "pay "),
    )
)
"""The amount is what is paid."""

LONG_TIME = Phrase(
    (
        _words("long-term", "long term", "full-time", "full time"),
        _words("every day", "every week", "every month"),
        _wording(r"\d months", " months"),
    )
)
SHORT_TIME = Phrase(
    (
        _wording(
            r"(?:under|less than|within|more than|only|about) (?:an?|one|two|a few|few|\d)"
            r" (?:hours?|minutes?)\b",
            *(" hour", " minute"),
        ),
        _wording(
            r"(?:small|quick|simple|short|easy|little)"
            r" (?:job|task|project|fix|script|code|question)",
            *("small ", "quick ", "simple ", "short ", "easy ", "little "),
        ),
        _wording(r"should (?:only |just )?(?:take|be (?:quick|easy|simple))", "should "),
    )
)

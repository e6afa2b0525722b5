"""What people read: short sentences, our own words, and a way to go on after every "no"."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from connects.billing.port import DeclineCause
from connects.statements.problem_words import problem_sentence
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.architecture.sources import ROOT
from tests.statements.words_people_read import FILLED_IN, Text, sentences, texts, words

MOST_WORDS = 25

DOES = (
    "add ask buy call change check choose count draft enter fill find grant have hold keep leave make"
    " mend move name open pay propose put raise refund reload remove reserve revoke send sign start"
    " switch take try use wait write you"
).split()
"""What a sentence begins with that says what somebody can do."""

FACTS: dict[str, Any] = {
    "accounts": "ana",
    "balance": 4,
    "cohort": 1,
    "connects": 7,
    "count": 1,
    "credits": 13,
    "debt": 1,
    "earliest": "2026-12-01T00:00:00+00:00",
    "effective": "2026-12-01",
    "field": "title",
    "held": 6,
    "least": 0,
    "left": 1,
    "limit": 140,
    "max_connects": 6,
    "most": 3,
    "name": "our-own",
    "needed": 6,
    "noun": "messages",
    "rest": "$1.00",
    "retry_after_seconds": 60,
    "returned": 1,
    "role": "support",
    "roles": "finance",
    "room": 12,
    "spent": 1,
    "still": "Your limit is still 40.",
    "within_seconds": 60,
}


@dataclass(frozen=True)
class Word:
    """A word that is not ours."""

    pattern: re.Pattern[str]
    instead: str
    of_members: bool
    but_for: re.Pattern[str] | None

    def is_in(self, line: str) -> bool:
        rest = line if self.but_for is None else self.but_for.sub("", line)
        return self.pattern.search(rest) is not None


@cache
def not_ours() -> tuple[Word, ...]:
    lines = (ROOT / "tests" / "words.txt").read_text().splitlines()
    return tuple(_word(line) for line in lines if line and not line.startswith("#"))


def _word(line: str) -> Word:
    pattern, instead, who, but_for = (part.strip() for part in re.split(r" \|(?: |$)", line))
    assert who in ("members", "everyone"), line
    return Word(
        re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE),
        instead,
        who == "members",
        re.compile(but_for, re.IGNORECASE) if but_for else None,
    )


def too_long(text: Text) -> list[str]:
    return [one for one in sentences(text.said) if len(words(one)) > MOST_WORDS]


def strangers(text: Text) -> list[str]:
    """The lines with words that are not ours, with what to say instead."""
    return [
        f"{line.strip()} → {word.instead}"
        for line in text.alternatives.splitlines()
        for word in not_ours()
        if not (word.of_members and text.is_for_staff) and word.is_in(line)
    ]


def says_what_to_do(message: str) -> bool:
    """Whether a part of it begins with what somebody can do."""
    parts = re.split(r"(?:[.:;!?,]|\bor|\band|\bto)\s+", message)
    return any(part.split()[0].lower() in DOES for part in parts if part.split())


def test_texts_of_every_kind_are_found() -> None:
    places = [text.where for text in texts()]

    for kind in (
        "web/templates",
        "console/templates",
        "statements/notices",
        "cli/",
        "console/views",
    ):
        assert sum(kind in place for place in places) > 10, kind


def test_no_sentence_is_longer_than_25_words() -> None:
    found = {text.where: long for text in texts() for long in [too_long(text)] if long}

    assert found == {}


def test_no_word_is_read_that_is_not_ours() -> None:
    found = {text.where: lines for text in texts() for lines in [strangers(text)] if lines}

    assert found == {}


@pytest.mark.parametrize("problem", Problem)
def test_every_problem_says_what_to_do_next(problem: Problem) -> None:
    told = problem_sentence({"problem": problem, **FACTS})

    assert says_what_to_do(told), told


@pytest.mark.parametrize("code", RefusalCode)
def test_every_refusal_says_what_to_do_next(code: RefusalCode) -> None:
    told = refusal_text(Refused(code, FACTS))

    assert says_what_to_do(told), told


@pytest.mark.parametrize("cause", DeclineCause)
def test_every_declined_payment_says_what_to_do_next(cause: DeclineCause) -> None:
    told = refusal_text(Refused(RefusalCode.PAYMENT_DECLINED, {"cause": cause.value}))

    assert says_what_to_do(told.split("No money moved.")[1]), told


@pytest.mark.parametrize(
    "template",
    [
        "<p>{% if a %}Short.{% else %}" + "one word more " * 10 + "{% endif %}</p>",
        "<p>" + "{{ value }} and " * 13 + "end</p>",
        "{% blocktranslate %}" + "a long way " * 9 + "{% endblocktranslate %}",
    ],
)
def test_a_long_sentence_of_a_template_is_seen(template: str) -> None:
    assert too_long(Text.of_template("web/somewhere.html", template))


def test_a_word_of_others_is_seen_where_it_stands() -> None:
    seen = [
        strangers(Text.of_template("web/page.html", template))
        for template in (
            "<p>Unfortunately x</p>",
            '<input placeholder="Invalid thing">',
            "{% if a %}fine, and longer{% else %}submitted{% endif %}",
            '{% translate "You forfeit it" %}',
            "<p>A credit of yours</p>",
        )
    ]

    assert all(seen)
    assert not strangers(Text.of_template("web/page.html", "<p>The credit note is here</p>"))
    assert not strangers(Text.of_template("console/page.html", "<p>The rule book</p>"))
    assert FILLED_IN in Text.of_template("web/page.html", "{{ unfortunately }}").said


def test_a_refusal_that_only_says_no_is_seen() -> None:
    assert not says_what_to_do("This is not allowed.")

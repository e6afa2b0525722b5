"""No page says anything that is not a message: what stands in a template is marked for translation."""

import re

import pytest

from tests.architecture.sources import PACKAGE

TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
MESSAGES = re.compile(
    r"\{% blocktranslate.*?endblocktranslate %\}|\{% comment.*?endcomment %\}|\{#.*?#\}"
    r"|\{% block body_class %\}.*?\{% endblock %\}|\{%(?:(?!%\}).)*%\}|\{\{(?:(?!\}\}).)*\}\}",
    re.DOTALL,
)
NO_WORDS = re.compile(
    r"<code>.*?</code>|<pre\b.*?</pre>|<(?:[^<>\"]|\"[^\"]*\")*>|&[a-z]+;", re.DOTALL
)
SPOKEN = re.compile(r"\b(?:aria-label|alt|data-label|placeholder|title)=\"([^\"]*)\"")
COUNTED = re.compile(r"\{% tally \S+ \"([^\"]+)\"")
"""Words for those who hear a page, beside a count."""
ALIKE = {"Connects", "HTML", "JSON", "PDF", "UTC", "×"}
"""What is written alike in all languages."""


def unmarked(template: str) -> set[str]:
    """The words that readers see, or hear, and that are in no message."""
    rest = MESSAGES.sub("\0", template)
    texts = [NO_WORDS.sub("\0", rest), *SPOKEN.findall(rest), *COUNTED.findall(template)]
    return {word for text in texts for word in re.findall(r"[^\W\d_]{2,}", text)} - ALIKE


@pytest.mark.parametrize(
    "said",
    ["<p>Hello</p>", '<b title="Hello">{{ x }}</b>', "{% if x %}Hello", '{% tally 3 "Hello" %}'],
)
def test_a_word_outside_of_messages_is_seen(said: str) -> None:
    assert unmarked(said + '{% translate "Bye" %}') == {"Hello"}


def test_every_word_of_every_template_is_in_a_message() -> None:
    found = {path.name: unmarked(path.read_text()) for path in TEMPLATES}

    assert {name: words for name, words in found.items() if words} == {}

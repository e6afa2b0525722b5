"""Whole numbers in messages are written as their reader writes them, in Python and in templates."""

import pytest
from django.template import Context, Template

from connects.bootstrap.speech import speaking
from connects.wording.messages import gettext, ngettext

COUNTED = (
    "{% blocktranslate count n=found %}Look at {{ n }} open job"
    "{% plural %}Look at {{ n }} open jobs{% endblocktranslate %}"
)


@pytest.mark.parametrize(("code", "written"), [("en", "12,345"), ("es", "12.345")])
def test_a_counted_number_is_written_as_its_reader_writes_it(code: str, written: str) -> None:
    with speaking(code):
        assert ngettext("{n} job", "{n} jobs", 12_345).startswith(f"{written} ")
        assert written in Template(COUNTED).render(Context({"found": 12_345}))


@pytest.mark.parametrize(("code", "written"), [("en", "12,345"), ("es", "12.345")])
def test_a_number_beside_the_counted_one_is_written_so_too(code: str, written: str) -> None:
    source = "{% blocktranslate with a=sum %}{{ a }} {{ sum }}{% endblocktranslate %}"
    with speaking(code):
        assert Template(source).render(Context({"sum": 12_345})) == f"{written} {written}"
        assert gettext("{a}|{b}", a=12_345, b="12345") == f"{written}|12345"


def test_one_is_still_one() -> None:
    assert Template(COUNTED).render(Context({"found": 1})) == "Look at 1 open job"

"""Nobody is left in the dark: each act is walked, and all whom it concerns hear of it."""

import re
from collections import defaultdict
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import pytest

from connects.acts.notices.outbox import deliver_outbox
from connects.acts.notices.send_emails import message_of
from connects.bootstrap.clock import held_at
from connects.market.notices.models import NoticeEmail, OutboxEvent
from connects.statements.notices.table import NOTICE_KINDS, notice_link, notice_subject, notice_text
from connects.vocabulary.refusals import Parameter
from tests.acts.notices.heard import QUIET, WALKS, Walk
from tests.architecture.sources import PACKAGE
from tests.market.people import NOON, town

pytestmark = pytest.mark.django_db

YOU = re.compile(r"\b(you|your|yours)\b", re.IGNORECASE)
EVERY = [(f"{act}: {walk.name}", walk) for act, walks in WALKS.items() for walk in walks]


def modules_of_acts() -> set[str]:
    acts = PACKAGE / "acts"
    paths = (path.relative_to(acts).with_suffix("") for path in acts.rglob("*.py"))
    return {".".join(path.parts) for path in paths if path.name != "__init__"}


class Facts(dict[str, Parameter]):
    """What a notice is told with; notes what its words look for in vain."""

    def __init__(self, facts: Mapping[str, Parameter]) -> None:
        super().__init__(facts)
        self.missing: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        if name not in self:
            self.missing.add(name)
        return super().get(name, default)


def heard() -> dict[str, set[str]]:
    """The notices by the handle of who got them."""
    found = defaultdict(set)
    for event in OutboxEvent.objects.select_related("account").filter(account__isnull=False):
        assert event.account is not None
        found[event.account.handle].add(event.code)
    return found


class _Text(HTMLParser):
    """The words and the addresses of a page, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words += data.split()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words += [value or "" for name, value in attrs if tag == "a" and name == "href"]


def words_of(html: str) -> list[str]:
    parser = _Text()
    parser.feed(html)
    return parser.words


def test_every_act_is_walked_or_says_why_nobody_else_is_concerned() -> None:
    assert sorted(modules_of_acts()) == sorted({*WALKS, *QUIET})
    assert not WALKS.keys() & QUIET.keys()
    assert all(QUIET.values())


@pytest.mark.parametrize("walk", [walk for _, walk in EVERY], ids=[name for name, _ in EVERY])
def test_who_is_concerned_hears_of_it(walk: Walk) -> None:
    with held_at(NOON):
        here = town()
        walk.do(here)

    got = heard()

    missing = {handle: set(codes) - got[handle] for handle, codes in walk.hears.items()}
    assert not any(missing.values()), (missing, got)
    # What programs alone hear has no words.
    for event in OutboxEvent.objects.filter(code__in=NOTICE_KINDS):
        facts = Facts(event.parameters)
        text = notice_text(event.code, facts)
        assert notice_subject(event.code, facts)
        assert facts.missing == set(), (event.code, facts)
        assert YOU.search(text), text
        assert text.endswith((".", "!", "?")), text
        assert "None" not in text, text
        if event.parameters.get("title"):
            assert f"“{event.parameters['title']}”" in text, text
        assert notice_link(event.code, event.parameters) is not None, event.code


@pytest.mark.parametrize("walk", [walk for _, walk in EVERY], ids=[name for name, _ in EVERY])
def test_an_e_mail_says_the_same_in_text_and_in_html(walk: Walk) -> None:
    with held_at(NOON):
        here = town()
        walk.do(here)
        deliver_outbox(NOON)

    emails = NoticeEmail.objects.select_related("event", "user")
    assert emails.exists()
    for email in emails:
        message = message_of(email)
        ((html, kind),) = message.alternatives
        assert kind == "text/html"
        text = str(message.body)
        said = [word.rstrip(":") for word in text.split()]
        shown = [word.rstrip(":") for word in words_of(str(html))]
        assert sorted(said) == sorted(shown), (text, html)
        assert 0 < len(str(message.subject)) <= 60
        assert "['" not in str(html)


def test_every_kind_of_notice_is_heard_by_somebody_in_a_walk_or_has_its_own_test() -> None:
    walked = {code for _, walk in EVERY for codes in walk.hears.values() for code in codes}

    assert NOTICE_KINDS.keys() - walked == {
        "connects-coming",
        "connects-released",
        "connects-waiting",
        "debt-written-off",
        "earnings-withdrawn",
        "membership-payment-failed",
        "payment-going-back",
        "refund-came-back",
        "reward-taken-back",
        "top-up-waits",
        "waiting-connects",
        "waiting-connects-lapsed",
    }

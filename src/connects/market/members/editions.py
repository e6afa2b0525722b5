"""Editions: the rule books that were used, kept as they were.

A shipped or an operator's rule book is stored whole, with its digest, when it first takes effect for
anyone. From then on the stored text decides: a file that is changed on disk afterwards changes nothing
that was agreed on.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from connects.market.jobs.models import Job, JobStatus
from connects.market.members.models import Enrolment, RuleBookEdition, UploadedBook
from connects.policy import shelf
from connects.policy.parse import parse_rule_book
from connects.policy.terms import RuleBook
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed
from connects.vocabulary.typed_input import whole_number

_offered: dict[str, tuple[RuleBook, str]] = {}


def offer(book: RuleBook, text: str) -> None:
    """Make a rule book that is not shipped known by its name, for this process."""
    _offered[book.name] = _offered[book.label] = (book, text)


def forget_offers() -> None:
    """Know only what ships and what is stored again."""
    _offered.clear()
    book_by_label.cache_clear()


def known_book(name: str) -> RuleBook | None:
    """The rule book of that name, or `NAME@VERSION`: offered, shipped, or stored; else None.

    Without a version it is the newest one.
    """
    if name in _offered:
        return _offered[name][0]
    if shelf.is_shipped(name):
        return shelf.shipped(name)
    name, _, version = name.partition("@")
    rows = [_newest(kind, name, version) for kind in (RuleBookEdition, UploadedBook)]
    found = max((row for row in rows if row is not None), key=lambda r: r.version, default=None)
    return None if found is None else book_of(found)


def _newest(
    kind: type[RuleBookEdition | UploadedBook], name: str, version: str
) -> RuleBookEdition | UploadedBook | None:
    rows = kind.objects.filter(name=name).order_by("-version")
    return (rows.filter(version=whole_number(version) or 0) if version else rows).first()


def text_of(book: RuleBook) -> str:
    """The text that says what the rule book says, as it was written."""
    for kind in (RuleBookEdition, UploadedBook):
        row = kind.objects.filter(digest=book.digest).first()
        if row is not None:
            return row.text
    own = _offered.get(book.label)
    return shelf.shipped_text(book.label) if own is None else own[1]


def known_names() -> tuple[str, ...]:
    """The rule books that accounts can be moved to: the newest of each name, earlier ones in use."""
    rows = RuleBookEdition.objects.values_list("name", "version")
    stored = list(rows.union(UploadedBook.objects.values_list("name", "version")))
    newest = {name: shelf.shipped(name) for name in shelf.shipped_names()}
    own = {book.name for book, _ in _offered.values()}
    names = {*newest, *own, *(name for name, _ in stored)}
    earlier = {
        f"{name}@{version}"
        for name, version in stored
        if name in newest and newest[name].version != version
    }
    return tuple(sorted(names | earlier))


def edition_of(book: RuleBook, now: datetime) -> RuleBookEdition:
    """The stored edition of a rule book; stored now, if this is its first use."""
    stored = RuleBookEdition.objects.filter(digest=book.digest).first()
    if stored is not None:
        return stored
    edition, _ = RuleBookEdition.objects.get_or_create(
        digest=book.digest,
        defaults={
            "name": book.name,
            "version": book.version,
            "text": text_of(book),
            "first_used": now,
        },
    )
    Job.objects.filter(status=JobStatus.OPEN, priced_ahead=True).update(priced_ahead=False)
    return edition


def titled_names() -> tuple[tuple[str, str], ...]:
    """The same, each with its title, for people to choose from; what was uploaded has its name alone."""
    return tuple((name, _titled(name)) for name in known_names())


def _titled(name: str) -> str:
    # Nothing is asked of the database for each name: a page lists all of them.
    if name in _offered:
        return f"{_offered[name][0].title} ({name})"
    return f"{shelf.shipped(name).title} ({name})" if shelf.is_shipped(name) else name


def editions_in_use() -> list[RuleBookEdition]:
    """Every edition that took effect for anyone, and is stored."""
    return list(RuleBookEdition.objects.order_by("pk"))


def book_of(edition: RuleBookEdition | UploadedBook) -> RuleBook:
    """The rule book that an edition, or what was uploaded, holds."""
    return book_by_digest(edition.digest)


def other_currency(before: RuleBook, after: RuleBook) -> Refused | None:
    """The refusal of a move between rule books of two currencies: a wallet, its lots and its earnings
    have one.
    """
    if before.currency == after.currency:
        return None
    return not_allowed(Problem.OTHER_CURRENCY, before=before.currency, after=after.currency)


def accounts_in_other_currencies(main: str) -> dict[int, str]:
    """The accounts that do not count in the currency `main`, with theirs: that which they began in."""
    others = {
        edition.pk: book_of(edition).currency
        for edition in RuleBookEdition.objects.all()
        if book_of(edition).currency != main
    }
    if not others:
        return {}
    rows = Enrolment.objects.order_by("effective", "id").values_list("account_id", "edition_id")
    first: dict[int, int] = {}
    for account, edition in rows.iterator():
        first.setdefault(account, edition)
    return {account: others[held] for account, held in first.items() if held in others}


@lru_cache(maxsize=256)
def book_by_digest(digest: str) -> RuleBook:
    """The stored rule book of that digest. It says what its text is, so it can be kept for good."""
    used = RuleBookEdition.objects.filter(digest=digest).first()
    edition = used or UploadedBook.objects.get(digest=digest)
    book = parse_rule_book(edition.text, f"{edition.name} (stored)")
    assert book.digest == digest, f"{book.label}: the stored text is not the one that was used"
    return book


@lru_cache(maxsize=64)
def book_by_label(label: str) -> RuleBook:
    """The stored rule book of a label such as `upwork-2019-05@1`, as journal lines name it."""
    name, _, version = label.rpartition("@")
    return book_of(RuleBookEdition.objects.get(name=name, version=int(version)))

"""Staff upload a rule book of the marketplace's own: from then on accounts can be moved to it."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from connects.acts.oversight.audit import note_act
from connects.bootstrap.clock import now as clock_now
from connects.market.members.models import RuleBookEdition, UploadedBook
from connects.market.people.models import User
from connects.market.people.permissions import Act, denied
from connects.policy import shelf
from connects.policy.parse import parse_rule_book
from connects.policy.terms import RuleBook
from connects.pricing.book_check import BookCheck, check_book
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid, not_allowed

CHARACTERS_MOST = 100_000


def check_upload(text: str, *, monotone: bool) -> BookCheck:
    """Check a rule book's text as `connects policy check` does; nothing is kept."""
    if len(text) > CHARACTERS_MOST:
        return BookCheck(None, (f"the text is longer than {CHARACTERS_MOST:,} characters",))
    return check_book(partial(parse_rule_book, text, "rule book"), monotone=monotone)


def upload_rule_book(text: str, staff: User) -> RuleBook | Refused:
    """Keep a whole rule book, so that accounts can be moved to it; the same text again is the same.

    Refused with `not_allowed` or `invalid`: where it is not whole, has the name of one that ships, or
    there is another text of its name and version already.
    """
    refused = denied(staff, Act.UPLOAD_RULE_BOOKS)
    if refused is not None:
        return refused
    book = check_upload(text, monotone=False).book
    if book is None:
        return not_allowed(Problem.NOT_A_RULE_BOOK)
    if book.name in shelf.shipped_names():
        return invalid(Problem.TAKEN, field="name")
    with transaction.atomic():
        return _kept(book, text, staff)


def _kept(book: RuleBook, text: str, staff: User) -> RuleBook | Refused:
    now, named = clock_now(), {"name": book.name, "version": book.version}
    used = RuleBookEdition.objects.filter(**named).exclude(digest=book.digest)
    row, is_new = UploadedBook.objects.get_or_create(
        **named,
        defaults={"digest": book.digest, "text": text, "by": staff, "uploaded": now},
    )
    if used.exists() or row.digest != book.digest:
        transaction.set_rollback(True)
        return invalid(Problem.TAKEN, field="version")
    if is_new:
        note_act(staff, "upload-rule-book", f"rule-book:{book.label}", book.title, now)
    return book

"""Rule books: all that are known, one in words and as it is written, two side by side, and a new one."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.rules.upload_rule_book import CHARACTERS_MOST, check_upload, upload_rule_book
from connects.console.pages import for_staff, require_permission, staff_page
from connects.market.members.editions import known_book, known_names, text_of
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.policy.card_table import card_table
from connects.policy.compare import compare
from connects.policy.explain import explain
from connects.policy.terms import RuleBook
from connects.pricing.quote import Price, price
from connects.statements.break_words import break_text
from connects.statements.examples import EXAMPLES
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.amounts import Connects
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.wording.messages import gettext as _


@dataclass(frozen=True, slots=True)
class ExamplePrice:
    """What an example costs under each of the rule books; None where it cannot be priced."""

    words: str
    prices: tuple[Connects | None, ...]

    @property
    def differs(self) -> bool:
        return len(set(self.prices)) > 1


@for_staff(Act.READ_RULE_BOOKS)
def overview(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Every rule book that accounts can be moved to; the form checks a new one, or keeps it."""
    context: dict[str, object] = {"characters": CHARACTERS_MOST}
    status = 200
    if request.method == "POST":
        require_permission(staff, Act.UPLOAD_RULE_BOOKS)
        typed = Typed(request.POST)
        text = _text(request)
        if text is not None and typed.choice("act") == "keep":
            answer = upload_rule_book(text, staff)
            if not isinstance(answer, Refused):
                messages.success(
                    request,
                    _("{rules} is kept. Accounts can be moved to it now.", rules=answer.label),
                )
                return redirect("console-rule-book", name=answer.label)
            context["refusal"] = refusal_text(answer)
        context |= _checked(text, monotone=typed.is_set("monotone"))
        status = (
            200 if context.get("is_whole") and "refusal" not in context else ANSWERED_WITH_REFUSAL
        )
    context["books"] = [(name, book) for name in known_names() if (book := known_book(name))]
    return staff_page(request, staff, "console/rule_books.html", context, status)


def _text(request: HttpRequest) -> str | None:
    """What was uploaded or typed; None where it cannot be read."""
    file = request.FILES.get("file")
    if file is None:
        return Typed(request.POST).raw("text").replace("\r\n", "\n")
    if (file.size or 0) > 4 * CHARACTERS_MOST:
        return None
    content: bytes = file.read()
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


def _checked(text: str | None, *, monotone: bool) -> dict[str, object]:
    """The check's result, for the page; a whole one is read at once."""
    if text is None:
        return {"problems": [_("This is not a text in UTF-8 of a sensible size.")], "text": ""}
    found = check_upload(text, monotone=monotone)
    problems = list(found.problems)
    if found.book is not None and found.falls is not None:
        problems.append(break_text(found.falls, found.book.currency))
    return {
        "text": text[: CHARACTERS_MOST + 1],
        "problems": problems,
        "checked": found.book,
        "is_whole": found.is_whole,
        "monotone": monotone,
        "examples": () if found.book is None else _examples(found.book),
    }


def _book(name: str) -> RuleBook:
    found = known_book(name) if "\x00" not in name else None
    if found is None:
        raise Http404
    return found


@for_staff(Act.READ_RULE_BOOKS)
def rule_book(request: HttpRequest, staff: User, name: str) -> HttpResponseBase:
    """One rule book: its card as a table, all else in sentences, and its text."""
    book = _book(name)
    priced, *others = explain(book)
    card = card_table(book)
    context = {
        "book": book,
        "card": card,
        "priced": priced,
        "adjustments": priced.lines[len(card) :],
        "sections": others,
        "examples": _examples(book),
        "text": text_of(book),
        "names": known_names(),
    }
    return staff_page(request, staff, "console/rule_book.html", context)


@for_staff(Act.READ_RULE_BOOKS)
def comparison(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Two rule books side by side: what falls away, what is new, and what examples cost."""
    typed = Typed(request.GET)
    before, after = _book(typed.choice("before")), _book(typed.choice("after"))
    context = {
        "before": before,
        "after": after,
        "differences": compare(before, after),
        "examples": _examples(before, after),
        "names": known_names(),
    }
    return staff_page(request, staff, "console/rule_book_comparison.html", context)


def _examples(*books: RuleBook) -> list[ExamplePrice]:
    return [
        ExamplePrice(
            _(words),
            tuple(
                answer.connects if isinstance(answer := price(facts, book), Price) else None
                for book in books
            ),
        )
        for words, facts in EXAMPLES
    ]

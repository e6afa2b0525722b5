"""What a notice is made of."""

from __future__ import annotations

from dataclasses import dataclass

from connects.statements.words import Words
from connects.vocabulary.refusals import Parameters
from connects.wording.messages import gettext as _
from connects.wording.messages import mark


@dataclass(frozen=True, slots=True)
class Page:
    """The page that a notice leads to: its name among the site's addresses, and the link's words.

    `of` is the parameter that names the row whose page it is; "" for a page of the member's own. `asks`
    is False for a page that only tells more.
    """

    name: str
    words: str
    of: str = ""
    asks: bool = True


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One kind of notice. `hears` says who gets it, `group` by what a person chooses e-mails.

    `subject` is the e-mail's, with the number in it, and the job's title where there is one; `text` is
    the sentence. `in_inbox` is False for what comes by e-mail alone. `more` is what the inbox says below
    the subject, which is its title there; None where only the sentence says all.
    """

    hears: str
    group: str
    subject: Words
    text: Words
    page: Page
    in_inbox: bool = True
    more: Words | None = None


def about(parameters: Parameters) -> str:
    """The job's title in quotes, to begin a sentence with or to stand in it."""
    return _("“{title}”", title=parameters["title"])


def for_job(parameters: Parameters) -> str:
    """Which job it is about, below a title that says what happened."""
    return _("For {job}.", job=about(parameters))


def titled(words: str, parameters: Parameters) -> str:
    """A subject with the job's title after it, where that is known."""
    return f"{words}: {parameters['title']}" if parameters.get("title") else words


def as_sentence(text: object) -> str:
    """What somebody typed, to end a sentence with."""
    said = str(text).strip()
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."


def you_now_have(parameters: Parameters) -> str:
    """The balance afterwards, to follow a sentence; not told long ago."""
    if parameters.get("balance") is None:
        return ""
    return _(" You now have {balance}.", balance=parameters["balance"])


HISTORY = Page("membership", mark("See your history"), asks=False)
BALANCE = Page("membership", mark("See your balance"), asks=False)
PROPOSAL = Page("proposal", mark("See the proposal"), "proposal", asks=False)
JOB_OF_CLIENT = Page("post", mark("See your job"), "job", asks=False)

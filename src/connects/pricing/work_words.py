"""What a post's own words say of the size of the work, and of how the budget is meant.

Nobody reads posts here: words are counted. Some speak of a piece of work that is soon done (`fix`, `one`,
`existing`), others of something built, run or kept up for long (`platform`, `campaigns`, `responsible`);
what counts is which kind prevails. Phrases say that the amount is left to the bids (`make an offer`), or
that it is meant (`five dollars for each`). English alone; a text in another language says nothing.
"""

from __future__ import annotations

from connects.pricing.work_phrases import LEFT_OPEN, LONG_TIME, MEANT, SHORT_TIME
from connects.vocabulary.facts import WorkWords

CHARACTERS_READ = 4_000
"""Of a longer text the beginning counts."""

SMALL = frozenset(
    "fix fixed fixes fixing bug bugs error errors issue issues problem debug broken crash"
    " crashes quick quickly simple simply small minor short easy tiny just only one single once"
    " two three few hour hours minute minutes today urgent update modify modification change"
    " changing tweak edit convert conversion resize crop rename copy paste typing type existing"
    " already help assist assistance explain question questions review feedback check proofread"
    " sample script function formula file page paragraph sentence photo picture logo banner flyer"
    " table cell button add adding install configure setup template given ready exists task"
    " homework exercise scrape scraper scraping extract extracting collect collecting collector"
    " emails leads list lists sheet spreadsheet download cut helper mentor tutor tutoring lesson"
    " lessons zoom".split()
)
LARGE = frozenset(
    "develop developing development build building designing system systems platform"
    " application applications marketplace ecommerce e-commerce software saas mvp crm erp mobile"
    " dashboard portal backend frontend full-stack fullstack models train training machine"
    " learning deep manage managing management manager lead leading oversee maintain maintaining"
    " maintenance support ongoing long-term full-time part-time monthly weekly daily"
    " responsibilities responsible duties hire hiring join campaign campaigns strategy"
    " strategies growth optimize optimizing optimization seo audit month months year complete"
    " entire comprehensive end-to-end scratch manuscript novel thesis dissertation chapters"
    " chapter research architecture architect scalable scalability"
    " features deploy deployment analytics performance monitoring projects large multiple"
    " various integrations integration modules security chatbot clone dataset datasets"
    " infrastructure cloud algorithms pipelines launch production".split()
)
ADVERTISING = frozenset(
    "team role position candidate candidates expert experts experienced senior seeking passionate"
    " skilled".split()
)
"""Words of any job advertisement, which programs write for the smallest work, too."""

_PHRASE_WEIGHS = 2
_ADVERTISING_MOST = 2


def work_words(title: str, description: str) -> WorkWords | None:
    """The words that count in a post's texts; None where there is no text."""
    text = f"{title}. {description}"[:CHARACTERS_READ].lower()
    words, of_title = _words(text), _words(title.lower())
    if len(words) < 2:
        return None
    small, large = (
        len(words & own) + len(of_title & own)  # a title says in short what is wanted
        for own in (SMALL, LARGE)
    )
    large += min(len(words & ADVERTISING), _ADVERTISING_MOST)
    small += _PHRASE_WEIGHS * SHORT_TIME.found_in(text)
    large += _PHRASE_WEIGHS * LONG_TIME.found_in(text)
    return WorkWords(small, large, LEFT_OPEN.found_in(text), MEANT.found_in(text))


def _words(text: str) -> set[str]:
    return {word.strip(".,;:!?()[]{}\"'/*-•") for word in text.split()}

"""The posts of a table as a fit takes them: what they cost, what they are worth, who proposed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from connects.cli.prices.answers import estimated
from connects.estimate.model import Model
from connects.estimate.stretches import stretches
from connects.policy.terms import RuleBook
from connects.posts.reading import PostsFile
from connects.posts.rows import JobRow, ReadRow
from connects.pricing.quote import Price, price
from connects.pricing.yardstick import Yardstick
from connects.studies.card_fit import PastPost
from connects.studies.elasticity import AskedPost
from connects.studies.set_aside import FEWEST, is_aside
from connects.vocabulary.facts import Estimate, Level
from connects.vocabulary.typed_input import whole_number

TIERS = {
    "lt_5": 2.5,
    "5_10": 7.5,
    "10_15": 12.5,
    "15_20": 17.5,
    "20_50": 35.0,
    "50_plus": 60.0,
}
"""The middle of each tier of proposals; the last is open."""

UNKNOWN_PROPOSALS = 10.0
EXPLAINED_LEAST = 2 / 3
"""Shifts that explain fewer of the prices say nothing: the card is not the one they were asked by."""


@dataclass(slots=True)
class PastPosts:
    """The posts that are asked for: those to fit to, and those set aside; how many could be priced."""

    learn: list[PastPost] = field(default_factory=list)
    aside: list[PastPost] = field(default_factory=list)
    priced: int = 0
    without_proposals: int = 0
    has_newcomers: bool = True
    sources: set[str] = field(default_factory=set)

    @property
    def every(self) -> list[PastPost]:
        return self.learn + self.aside

    def settled(self) -> PastPosts:
        """All to fit to where too few were set aside; all as newcomers' where no post is entry-level."""
        if len(self.aside) < FEWEST:
            self.learn, self.aside = self.every, []
        if not any(post.newcomers for post in self.every):
            self.has_newcomers = False
            self.learn = [replace(post, newcomers=True) for post in self.learn]
            self.aside = [replace(post, newcomers=True) for post in self.aside]
        return self


@dataclass(frozen=True, slots=True)
class Experiment:
    """Where real prices are: their column, and the rule book by whose card they were asked."""

    column: str
    book: RuleBook


@dataclass(frozen=True, slots=True)
class _Asked:
    batch: int
    off: int
    connects: int
    proposals: float
    cell: str
    is_unverified: bool


class Reader:
    """Reads a table once, for the fit and for the experiment that it may hold."""

    def __init__(self, base: RuleBook, measure: Yardstick, experiment: Experiment | None) -> None:
        self._base, self._measure, self._experiment = base, measure, experiment
        self._asked: list[_Asked] = []

    def posts(self, file: PostsFile, model: Model | None, source: str | None) -> PastPosts:
        """Raises TableUnreadable where the file breaks off."""
        found = PastPosts()
        rows = estimated(file.rows_to_hold(), (self._base, self._measure.book), model)
        for read, estimate in rows:
            if read.row is None:
                continue
            answer = price(read.row.facts, self._base, estimate=estimate)
            if not isinstance(answer, Price):
                continue
            found.priced += 1
            if source is not None and read.row.source != source:
                continue
            self._add(found, read, read.row, answer, estimate)
        return found.settled()

    def _add(
        self, found: PastPosts, read: ReadRow, row: JobRow, answer: Price, estimate: Estimate | None
    ) -> None:
        facts = row.facts
        found.sources.add(row.source)
        sent = TIERS.get(read.cells.get("proposals_tier", ""))
        found.without_proposals += sent is None
        post = PastPost(
            answer.charged_cents,
            answer.connects,
            UNKNOWN_PROPOSALS if sent is None else sent,
            facts.level is Level.ENTRY,
            self._measure.value_cents(facts, estimate),
            facts.kind.value,
            facts.level.value if facts.level else "",
            facts.category or "",
        )
        key = read.cells.get("client_key", "") or row.job_id
        (found.aside if is_aside(key) else found.learn).append(post)
        if self._experiment is not None and sent is not None:
            self._note_asked(self._experiment, read, row, sent)

    def _note_asked(self, experiment: Experiment, read: ReadRow, row: JobRow, sent: float) -> None:
        """A post whose real price is a step of the card's ladder."""
        facts, ladder = row.facts, experiment.book.card.ladder
        real = whole_number(read.cells.get(experiment.column, "").removesuffix(".0"), most=99_999)
        batch = whole_number(read.cells.get("batch", ""))
        answer = price(facts, experiment.book)
        if batch is None or not real or real not in ladder or not isinstance(answer, Price):
            return
        off = ladder.index(real) - ladder.index(answer.connects)
        cell = f"{facts.category}|{answer.band}"
        is_unverified = facts.client_payment_verified is False
        self._asked.append(_Asked(batch, off, real, sent, cell, is_unverified))

    def asked(self) -> Sequence[AskedPost]:
        """The posts of the experiment, by the stretches in which prices were shifted; none if unclear.

        All posts tell when prices were shifted, and those of clients not known to be unverified how
        proposals answered: the others' prices have steps of their own.
        """
        batches: dict[int, Counter[int]] = defaultdict(Counter)
        for post in self._asked:
            batches[post.batch][post.off] += 1
        found = stretches(batches)
        if sum(s.explained for s in found) < EXPLAINED_LEAST * len(self._asked):
            return []
        where = {
            batch: (place, stretch.shift)
            for place, stretch in enumerate(found)
            for batch in range(stretch.first, stretch.last + 1)
        }
        return [
            AskedPost(*where[post.batch], post.connects, post.proposals, post.cell)
            for post in self._asked
            if not post.is_unverified
        ]

"""One measure of what jobs are worth, for all rule books that are compared.

A rule book that projects more looks fairer by its own values, since the share of a larger value is
smaller. So a comparison measures every job once, by one rule book's value clause, and takes from the
others only what a proposal costs.
"""

from __future__ import annotations

from dataclasses import dataclass

from connects.policy.terms import RuleBook
from connects.pricing.value import projected_value
from connects.vocabulary.amounts import Cents
from connects.vocabulary.facts import Estimate, JobFacts
from connects.wording.messages import gettext as _


@dataclass(frozen=True, slots=True)
class Yardstick:
    """The rule book by which jobs are valued, and the model that estimates what they leave out.

    `model` is its name, None where the rule book's medians stand in.
    """

    book: RuleBook
    model: str | None = None

    def value_cents(self, facts: JobFacts, estimate: Estimate | None = None) -> Cents:
        """What the job is worth, in minor units of the rule book's currency."""
        return projected_value(facts, self.book.value, estimate).cents

    @property
    def words(self) -> str:
        """Whose values they are, as a sentence."""
        if self.model:
            return _(
                "Values: every post is valued alike, by {label}; the model {model} estimates what posts"
                " leave out.",
                label=self.book.label,
                model=self.model,
            )
        return _(
            "Values: every post is valued alike, by {label}; its medians stand in for what posts leave"
            " out.",
            label=self.book.label,
        )

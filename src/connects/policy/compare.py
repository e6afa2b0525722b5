"""What changes for a freelancer from one rule book to another."""

from __future__ import annotations

from dataclasses import dataclass

from connects.policy.explain import explain
from connects.policy.terms import RuleBook


@dataclass(frozen=True, slots=True)
class Difference:
    """One topic that is not the same: what falls away, and what is new."""

    topic: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def compare(before: RuleBook, after: RuleBook) -> tuple[Difference, ...]:
    """The topics in which two rule books differ, each with the sentences that are not in both."""
    found = []
    for old, new in zip(explain(before), explain(after), strict=True):
        gone = tuple(line for line in old.lines if line not in new.lines)
        come = tuple(line for line in new.lines if line not in old.lines)
        if gone or come:
            found.append(Difference(old.title, gone, come))
    return tuple(found)

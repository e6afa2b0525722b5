"""Playing a story: time moves, what is due happens, verbs are played, expectations are checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from connects.acts.proposals.quote import ProposalQuote
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.bootstrap.providers import pretended_payments
from connects.due.run import run
from connects.market.members import editions
from connects.market.members.selectors import rule_book_of
from connects.scenarios.answers import (
    about_account,
    about_job,
    about_ledger,
    about_price,
    about_proposal,
    about_reservation,
)
from connects.scenarios.compare import agrees, history_agrees, reasons_agree, told_in_order
from connects.scenarios.plays import PLAY
from connects.scenarios.stage import Stage, UnknownNameError
from connects.scenarios.story import Step, Story, StoryUnreadableError
from connects.vocabulary.moments import as_moment, parse_span
from connects.vocabulary.refusals import Refused

POLLED_HOURS = 48


@dataclass(frozen=True, slots=True)
class Failure:
    """An expectation that did not hold, at which step (from 1)."""

    step: int
    expected: Any
    got: Any


def play(story: Story) -> tuple[Failure, ...]:
    """Play a story on the present database and leave nothing behind; what did not hold.

    Raises StoryUnreadableError where a step speaks of what the story has not brought in.
    """
    editions.forget_offers()
    for own in story.own_books:
        editions.offer(own.book, own.text)
    book = editions.known_book(story.policy)
    if book is None:
        raise StoryUnreadableError(story.file, None, "policy", f"no rule book {story.policy!r}")
    try:
        with pretended_payments() as behaviours, transaction.atomic():
            stage = Stage(story.policy, behaviours)
            failures = _Playing(story, stage, as_moment(book.effective)).play()
            transaction.set_rollback(True)
            return failures
    finally:
        editions.forget_offers()


class _Playing:
    """One story on its way."""

    def __init__(self, story: Story, stage: Stage, now: datetime) -> None:
        self.story = story
        self.stage = stage
        self.now = now
        self.started = False
        self.failures: list[Failure] = []

    def play(self) -> tuple[Failure, ...]:
        for step in self.story.steps:
            self._move_time(step)
            with held_at(self.now):
                try:
                    self._take(step)
                except UnknownNameError as error:
                    raise StoryUnreadableError(
                        self.story.file, step.number, step.verb, str(error)
                    ) from error
        return tuple(self.failures)

    def _move_time(self, step: Step) -> None:
        until = step.at or self.now
        if self.started and until < self.now:
            raise StoryUnreadableError(
                self.story.file, step.number, "at", f"time only moves forward; it is {self.now}"
            )
        if step.verb == "wait":
            until += parse_span(step.keys["for"])
        if self.stage.behaviours:
            self._wait_like_a_worker(until)
        self.started, self.now = True, until
        run(until)

    def _wait_like_a_worker(self, until: datetime) -> None:
        """Poll the provider hour by hour, as a worker would: it forgets a request that is too old."""
        for hour in range(1, POLLED_HOURS + 1):
            at = self.now + timedelta(hours=hour)
            if at >= until:
                return
            run(at)

    def _take(self, step: Step) -> None:
        if step.verb == "expect":
            self._check(step, step.keys, self._answers(step.keys))
            return
        before = journal().count_entries()
        with transaction.atomic():
            answer = PLAY[step.verb](self.stage, step.number, step.keys)
        if step.error is not None:
            self._check_refusal(step, answer, before)
        elif isinstance(answer, Refused):
            self._fail(step, "accepted", _said(answer))
        elif isinstance(answer, ProposalQuote) and "expect" in step.keys:
            book = rule_book_of(self.stage.account(step.keys["account"]), self.now)
            self._check(step, step.keys["expect"], about_price(answer.price, book.currency))

    def _check_refusal(self, step: Step, answer: object, before: int) -> None:
        if not isinstance(answer, Refused) or answer.code is not step.error:
            got = _said(answer) if isinstance(answer, Refused) else "accepted"
            self._fail(step, f"error {step.error}", got)
        elif journal().count_entries() != before:
            self._fail(step, f"error {step.error}, and nothing changed", "the journal grew")

    def _answers(self, keys: Mapping[str, Any]) -> dict[str, Any]:
        if "proposal" in keys:
            reserved = self.stage.reservation(keys["proposal"])
            if reserved is not None and reserved.ended is None:
                return about_reservation(reserved, self.now)
            return about_proposal(self.stage.proposal(keys["proposal"]), keys)
        if "ledger" in keys:
            return {"ledger": about_ledger()}
        if "account" in keys:
            return about_account(self.stage.account(keys["account"]), keys, self.now)
        return about_job(self.stage.job(keys["job"]), self.now)

    def _check(self, step: Step, expected: Mapping[str, Any], got: Mapping[str, Any]) -> None:
        named = {"account", "job", "proposal"}
        for key, value in expected.items():
            if key in named and step.verb == "expect":
                continue
            if key not in got or not _holds(key, value, got[key]):
                self._fail(step, {key: value}, {key: got.get(key)})

    def _fail(self, step: Step, expected: Any, got: Any) -> None:
        self.failures.append(Failure(step.number, expected, got))


def _holds(key: str, expected: Any, got: Any) -> bool:
    match key:
        case "history":
            return history_agrees(expected, got)
        case "notices":
            return told_in_order(expected, got)
        case "reasons":
            return reasons_agree(expected, got)
        case _:
            return agrees(expected, got)


def _said(refused: Refused) -> str:
    details = ", ".join(f"{name} = {value}" for name, value in refused.parameters.items())
    return f"error {refused.code}" + (f" ({details})" if details else "")

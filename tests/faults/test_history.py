"""The judge of histories finds what it is there to find."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from connects.journal.port import Record
from connects.journal.post import Journal
from connects.ledger.commands import Command, Expire, Issue, Spend
from connects.ledger.lots import LotKind
from tests.faults.history import (
    Call,
    History,
    Operation,
    not_answered_as_before,
    unexplained,
)
from tests.faults.simulation import answer_of
from tests.journal.memory_store import MemoryStore
from tests.ledger.model import Answer

NOW = datetime(2019, 5, 20, 9, tzinfo=UTC)


def issue(key: str, credits: int = 5) -> Issue:
    return Issue(
        wallet=1,
        key=key,
        reference="x",
        rule_book="x",
        effective=NOW,
        kind=LotKind.BONUS,
        credits=credits,
        expires=NOW + timedelta(days=1),
    )


def spend(key: str, credits: int) -> Spend:
    return Spend(wallet=1, key=key, reference="x", rule_book="x", effective=NOW, credits=credits)


def history(*commands: Command) -> tuple[list[Record], list[Operation]]:
    """The commands posted one after another: each call is over before the next one begins."""
    journal = Journal(MemoryStore())
    journal.store.open_wallets([1])
    called = [
        Operation(
            command,
            10 * place,
            10 * place + 5,
            answer_of(journal.post_one(command, command.effective)),
        )
        for place, command in enumerate(commands)
    ]
    return list(journal.records(1)), called


def problems(records: Sequence[Record], called: Sequence[Operation]) -> str:
    return " / ".join(unexplained(records, called))


def test_what_really_happened_is_explained() -> None:
    later = NOW + timedelta(days=2)
    sweep = Expire(wallet=1, key="s", reference="x", rule_book="x", effective=later)
    happened = history(issue("a"), spend("b", 3), spend("c", 9), issue("d"), spend("e", 4), sweep)

    assert problems(*happened) == ""


def test_a_call_without_an_answer_may_have_happened_or_not() -> None:
    records, called = history(issue("a"), spend("b", 3))
    called[1].answer = None

    assert problems(records, called) == ""
    assert problems(records[:1], called) == ""


def test_an_answer_whose_line_is_gone_is_named() -> None:
    records, called = history(issue("a"), spend("b", 3))

    assert "b: was answered with line 2, which is not there" in problems(records[:1], called)


def test_a_line_that_nobody_asked_for_is_named() -> None:
    records, called = history(issue("a"), spend("b", 3))

    assert "nobody asked for b" in problems(records, called[:1])


def test_a_line_before_one_that_was_answered_earlier_is_named() -> None:
    records, called = history(issue("a"), issue("b"))
    called[0], called[1] = (
        replace(called[0], begun=called[1].begun, ended=called[1].ended),
        replace(called[1], begun=called[0].begun, ended=called[0].ended),
    )

    assert "line 1: a later line was answered before its call began" in problems(records, called)


def test_a_refusal_that_was_right_at_no_line_of_its_time_is_named() -> None:
    records, called = history(issue("a"), spend("b", 3), spend("c", 9))
    enough = replace(called[2], command=spend("c", 2))
    assert "c: refused, and no line" in problems(records, [*called[:2], enough])

    # While it was under way the wallet was still empty.
    early = replace(enough, begun=0)
    assert problems(records, [*called[:2], early]) == ""


def test_a_line_that_the_model_would_not_have_written_is_named() -> None:
    records, called = history(issue("a", 3), spend("b", 3))
    called[0] = replace(called[0], command=issue("a", 2))

    assert "line 2: the model answers" in problems(records, called)


def test_what_is_sent_again_and_answered_otherwise_is_named() -> None:
    first = Call((issue("a"),), 0, (Answer(1),), 5)
    same = Call((issue("a"),), 6, (Answer(1, repeated=True),), 7)
    other = Call((issue("a"),), 6, (Answer(2),), 7)

    assert list(not_answered_as_before([History([first], [same])])) == []
    (problem,) = not_answered_as_before([History([first], [other])])
    assert "wallet 1, a: sent again" in problem

"""What no store posts, whoever asks and whatever their own rows say."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from connects.bootstrap.journals import post_alone
from connects.journal.databases.choose import store_of
from connects.journal.port import Outcome
from connects.journal.post import Journal
from connects.journal.proof.verify import verify
from connects.journal.slices import SLICE
from connects.ledger.commands import Command, Issue, Reinstate, Return, Reverse, Void, WriteOff
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.journal.memory_store import MemoryStore
from tests.journal.test_contract import NOW, frame, give_back, issue, spend

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)
MOST = 2**31 - 1


class Door:
    """One way into a journal."""

    def __init__(self, journal: Journal, post: Callable[[Sequence[Command]], list[Outcome]]):
        self.journal, self.post = journal, post
        journal.store.open_wallets([1, 2])

    def one(self, command: Command) -> Outcome:
        return self.post([command])[0]

    def holds(self, wallet: int = 1) -> tuple[int, int]:
        found = self.journal.wallet(wallet)
        return found.balance, found.debt


def within_a_transaction(commands: Sequence[Command]) -> list[Outcome]:
    with transaction.atomic():
        return Journal(store_of()).post(commands, NOW)


def one_of_many(commands: Sequence[Command]) -> list[Outcome]:
    """As the first of a batch that is long enough to be tried without locks."""
    Journal(store_of()).store.open_wallets([7])
    others = [spend(7, 1, f"other-{number}") for number in range(2 * SLICE)]
    return within_a_transaction([*commands, *others])[: len(commands)]


@pytest.fixture(params=["memory", "transaction", "alone", "many"])
def door(request: pytest.FixtureRequest) -> Door:
    if request.param == "memory":
        journal = Journal(MemoryStore())
        return Door(journal, lambda commands: journal.post(commands, NOW))
    ways: dict[str, Callable[[Sequence[Command]], list[Outcome]]] = {
        "transaction": within_a_transaction,
        "alone": lambda commands: post_alone(commands, NOW),
        "many": one_of_many,
    }
    return Door(Journal(store_of()), ways[request.param])


def problem(outcome: Outcome) -> object:
    assert isinstance(outcome, Refused), outcome
    assert outcome.code is RefusalCode.INVALID
    return outcome.parameters["problem"]


def test_more_than_was_spent_never_comes_back_whatever_the_caller_counted(door: Door) -> None:
    door.post([issue(1, 10), spend(1, 4)])
    door.one(give_back(1, 2, 4, "first"))

    assert problem(door.one(give_back(1, 2, 4, "second"))) == "returned_more_than_spent"
    assert door.holds() == (10, 0)


def test_parts_that_come_back_under_several_keys_are_added_up(door: Door) -> None:
    door.post([issue(1, 10), spend(1, 4)])
    door.post([give_back(1, 2, 3, "first"), give_back(1, 2, 1, "second")])

    assert problem(door.one(give_back(1, 2, 1, "third"))) == "returned_more_than_spent"
    assert door.holds() == (10, 0)


def test_returns_of_one_spend_in_one_batch_are_added_up(door: Door) -> None:
    outcomes = door.post(
        [issue(1, 10), spend(1, 4), give_back(1, 2, 3, "first"), give_back(1, 2, 3, "second")]
    )

    assert problem(outcomes[3]) == "returned_more_than_spent"
    assert door.holds() == (9, 0)


def test_what_paid_a_debt_as_it_came_back_has_come_back(door: Door) -> None:
    door.post([issue(1, 10), spend(1, 4)])
    door.one(Reverse(**frame(1, "reverse"), lot=1))
    door.one(give_back(1, 2, 4, "first"))

    assert problem(door.one(give_back(1, 2, 1, "second"))) == "returned_more_than_spent"
    assert door.holds() == (0, 0)


def test_a_lot_is_reversed_once(door: Door) -> None:
    door.post([issue(1, 10), spend(1, 4)])
    door.one(Reverse(**frame(1, "first"), lot=1))

    assert problem(door.one(Reverse(**frame(1, "second"), lot=1))) == "lot_reversed"
    assert door.holds() == (0, 4)


def test_a_lot_of_which_nothing_was_left_is_reversed_once_too(door: Door) -> None:
    door.post([issue(1, 10), spend(1, 10)])
    door.one(Reverse(**frame(1, "first"), lot=1))

    assert problem(door.one(Reverse(**frame(1, "second"), lot=1))) == "lot_reversed"
    assert door.holds() == (0, 10)


def test_parts_of_a_lot_are_taken_up_to_what_they_come_to_together(door: Door) -> None:
    door.post([issue(1, 10), spend(1, 4)])
    door.one(Reverse(**frame(1, "first"), lot=1, up_to=5))
    door.one(Reverse(**frame(1, "again"), lot=1, up_to=5))
    door.one(Reverse(**frame(1, "second"), lot=1, up_to=8))

    assert door.holds() == (0, 2)
    more = Reverse(**frame(1, "third"), lot=1, up_to=11)
    assert problem(door.one(more)) == "more_than_issued"


def test_a_reversal_is_undone_once(door: Door) -> None:
    door.post([issue(1, 10), spend(1, 4)])
    door.one(Reverse(**frame(1, "reverse"), lot=1))
    undo = Reinstate(**frame(1, "undo"), reversal=3, lot=1, grace=None)
    door.one(undo)

    assert problem(door.one(replace(undo, key="again"))) == "reversal_undone"
    assert door.holds() == (6, 0)


@pytest.mark.parametrize(
    ("reversal", "lot"), [(2, 1), (3, 2), (99, 1)], ids=["a spend", "another lot", "nothing"]
)
def test_only_a_reversal_of_that_lot_is_undone(door: Door, reversal: int, lot: int) -> None:
    door.post([issue(1, 10), spend(1, 4)])
    door.one(Reverse(**frame(1, "reverse"), lot=1))

    undo = Reinstate(**frame(1, "undo"), reversal=reversal, lot=lot, grace=None)

    assert problem(door.one(undo)) == "not_a_reversal"
    assert door.holds() == (0, 4)


def asked_for(credits: int) -> list[Command]:
    """Every command that names an amount, of that many Connects."""
    return [
        replace(issue(1, 1, "issue-z"), credits=credits),
        spend(1, credits, "spend-z"),
        give_back(1, 2, credits, "return-z"),
        Void(**frame(1, "void-z"), lot=1, credits=credits),
        WriteOff(**frame(1, "write-off-z"), credits=credits),
    ]


@pytest.mark.parametrize("credits", [0, -5])
def test_amounts_of_nothing_or_less_are_refused(door: Door, credits: int) -> None:
    door.post([issue(1, 10), spend(1, 4)])

    for command in asked_for(credits):
        assert problem(door.one(command)) == "amount_not_positive"
    assert door.holds() == (6, 0)


@pytest.mark.parametrize("credits", [2**31, 3_000_000_000, 2**63])
def test_amounts_that_do_not_fit_are_refused(door: Door, credits: int) -> None:
    door.post([issue(1, 10), spend(1, 4)])

    for command in asked_for(credits):
        assert problem(door.one(command)) == "amount_too_large"
    assert door.holds() == (6, 0)


def test_a_balance_that_does_not_fit_is_refused(door: Door) -> None:
    door.one(issue(1, MOST, "first", cost_cents=0))

    assert problem(door.one(issue(1, 1, "second"))) == "amount_too_large"
    assert door.holds() == (MOST, 0)


@pytest.mark.parametrize("cost", [-1, 2**63])
def test_a_cost_that_does_not_fit_is_refused(door: Door, cost: int) -> None:
    assert problem(door.one(issue(1, 10, cost_cents=cost))) == "cost_out_of_range"


@pytest.mark.parametrize("expires", [NOW, NOW - DAY])
def test_what_would_have_expired_as_it_arrives_is_refused(door: Door, expires: object) -> None:
    assert problem(door.one(issue(1, 10, expires=expires))) == "expired_already"
    assert door.holds() == (0, 0)


def test_an_instant_more_than_a_day_ahead_of_the_recording_is_refused(door: Door) -> None:
    door.one(issue(1, 10))
    ahead = NOW + DAY + timedelta(microseconds=1)

    assert problem(door.one(spend(1, 1, at=ahead))) == "ahead_of_time"
    late = Issue(
        **frame(1, "ahead", ahead),
        kind=issue(1, 1).kind,
        credits=5,
        expires=None,
    )
    assert problem(door.one(late)) == "ahead_of_time"
    assert door.journal.wallet(1).moment == NOW
    assert not isinstance(door.one(spend(1, 1, at=NOW + DAY)), Refused)


def test_a_refused_command_holds_up_no_other_and_its_key_stays_free(door: Door) -> None:
    door.one(issue(1, 10))

    refused, accepted = door.post([spend(1, 0, "a"), spend(1, 3, "b")])

    assert isinstance(refused, Refused)
    assert not isinstance(accepted, Refused)
    assert not isinstance(door.one(spend(1, 2, "a")), Refused)
    assert door.holds() == (5, 0)
    assert [proof.breaches for proof in verify(door.journal) if proof.breaches] == []


def test_what_is_refused_is_refused_without_assertions_too() -> None:
    program = (
        "from tests.journal.test_refusals import *\n"
        "journal = Journal(MemoryStore()); journal.store.open_wallets([1])\n"
        "journal.post([issue(1, 10), spend(1, 4)], NOW)\n"
        "outcomes = journal.post(asked_for(0) + asked_for(-5) + asked_for(2**31), NOW)\n"
        "outcomes += [journal.post_one(give_back(1, 2, 5), NOW)]\n"
        "print(all(isinstance(each, Refused) for each in outcomes), journal.wallet(1).balance)\n"
    )

    done = subprocess.run(
        [sys.executable, "-O", "-c", f"import django\ndjango.setup()\n{program}"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.split() == ["True", "6"], done.stderr


def test_a_return_without_grace_into_a_lot_that_has_ended_expires_as_it_comes(
    door: Door,
) -> None:
    door.post([issue(1, 10, expires=NOW + timedelta(hours=1)), spend(1, 4)])
    later = NOW + timedelta(hours=2)
    back = Return(**frame(1, "back", later), spend=2, credits=4, grace=None)

    outcome = door.one(back)

    assert not isinstance(outcome, Refused)
    assert outcome.record is not None
    assert outcome.record.entry.key == "back"
    lines = [(r.entry.kind.value, r.entry.credits) for r in door.journal.records(1)]
    assert lines[2:] == [("expire", -6), ("return", 4), ("expire", -4)]
    instants = [r.entry.effective for r in door.journal.records(1)]
    assert instants[3:] == [later, later]
    assert door.holds() == (0, 0)

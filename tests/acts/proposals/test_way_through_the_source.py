"""A reader who follows one proposal from the act to its return meets few files, and few of them again.

What is traced is where the proposal goes: a call counts where it is handed the proposal in one of its
shapes (the form, what was made of it, its command, its rows, or a field of it), whichever file it is in.
The site shares batches between requests before this way begins (`gather`).
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from types import CodeType, FrameType

import pytest

import connects
from connects.acts.proposals.submission import ProposalForm
from connects.acts.proposals.submit import submit
from connects.acts.purchases import buy
from connects.bootstrap.clock import held_at
from connects.market.proposals.models import Proposal
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, posted, registered

PACKAGE = str(Path(connects.__file__).parent)
KEY, LETTER = "the-key-of-this-proposal", "The letter of this proposal."
FILES_MOST = 20
RETURNS_MOST = 8
# A proposal is not found deeper in what a call is handed than in a row of a list of an object's field.
DEPTH = 5


def carries(value: object, depth: int = DEPTH) -> bool:
    """Whether the proposal is in it: its key, or its letter."""
    if isinstance(value, str):
        return KEY in value or LETTER in value
    if depth == 0:
        return False
    if isinstance(value, Mapping):
        return carries([*value.keys(), *value.values()], depth)
    if isinstance(value, list | tuple | set | frozenset):
        return any(carries(each, depth - 1) for each in value)
    if type(value).__module__.startswith("connects."):
        return any(carries(each, depth - 1) for each in fields_of(value))
    return False


def fields_of(value: object) -> list[object]:
    slots = [name for cls in type(value).__mro__ for name in getattr(cls, "__slots__", ())]
    found = [getattr(value, name, None) for name in slots if isinstance(name, str)]
    return [*found, *getattr(value, "__dict__", {}).values()]


def is_property(code: CodeType, owner: object) -> bool:
    """Whether it only reads a field of its object, which nobody has to follow."""
    found = getattr(type(owner), code.co_name, None)
    return isinstance(found, property)


@contextmanager
def files_entered() -> Iterator[list[str]]:
    """The file of each call that was handed the proposal, in their order."""
    files: list[str] = []
    entered: set[FrameType] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(PACKAGE) or frame in entered:
            return
        entered.add(frame)  # a generator that goes on is not entered again
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        handed = [frame.f_locals.get(name) for name in names]
        if carries(handed) and not is_property(code, handed[0]):
            files.append(code.co_filename.removeprefix(f"{PACKAGE}/"))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield files
    finally:
        sys.setprofile(before)


def stays(files: list[str]) -> list[str]:
    """The files one after another, each for as long as nothing else is entered."""
    return [name for name, _ in groupby(files)]


@pytest.mark.django_db
@pytest.mark.parametrize("book", ["upwork-2019-05", "fair-2026"])
def test_a_proposal_goes_through_few_files_and_seldom_back(book: str) -> None:
    with held_at(NOON):
        acme = registered("acme", AccountKind.CLIENT, book)
        ana = registered("ana", AccountKind.FREELANCER, book)
        if book == "upwork-2019-05":
            buy.order(ana, 40, "bought")
        submit(posted(acme, "A first", 90_00), ana, ProposalForm(key="first"))
        job = posted(acme, "A second", 90_00)
        with files_entered() as files:
            sent = submit(job, ana, ProposalForm(key=KEY, cover_letter=LETTER))
        assert isinstance(sent, Proposal)

    way = stays(files)
    told = "\n".join(way)
    assert len(set(way)) <= FILES_MOST, told
    assert len(way) - len(set(way)) <= RETURNS_MOST, told


def test_a_stay_is_one_however_many_calls_there_are_and_a_return_is_another() -> None:
    assert stays(["a", "a", "b", "b", "a", "c"]) == ["a", "b", "a", "c"]


def test_the_proposal_is_found_in_whatever_shape_it_is_handed_on() -> None:
    form = ProposalForm(key=KEY)

    assert carries([form])
    assert carries({(1, KEY): None})
    assert carries(ProposalForm(key="k", cover_letter=LETTER))
    assert not carries([ProposalForm(key="k"), 7, None])

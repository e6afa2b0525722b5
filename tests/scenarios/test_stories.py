"""Every shipped story holds, and the runner says what it must of those that do not."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from connects.scenarios.play import Failure, play
from connects.scenarios.story import StoryUnreadableError, read_story
from connects.scenarios.verbs import VERBS
from tests.architecture.sources import ROOT

STORIES = sorted((ROOT / "scenarios").glob("*.toml"))

BEGIN = """
title = "A story"
policy = "upwork-2019-05"

[[step]]
at = 2019-05-20T09:00:00Z
register = { account = "ana", kind = "freelancer" }

[[step]]
register = { account = "acme", kind = "client" }
"""


def story_file(folder: Path, *steps: str, begin: str = BEGIN) -> Path:
    file = folder / "story.toml"
    file.write_text(begin + "".join(f"\n[[step]]\n{step}\n" for step in steps))
    return file


def played(folder: Path, *steps: str) -> tuple[Failure, ...]:
    return play(read_story(story_file(folder, *steps)))


def unreadable(folder: Path, *steps: str) -> str:
    with pytest.raises(StoryUnreadableError) as caught:
        played(folder, *steps)
    return str(caught.value)


def test_the_stories_are_found() -> None:
    assert len(STORIES) >= 25


@pytest.mark.django_db
@pytest.mark.parametrize("file", STORIES, ids=lambda file: file.stem)
def test_the_story_holds(file: Path) -> None:
    assert play(read_story(file)) == ()


@pytest.mark.django_db
def test_a_wrong_expectation_is_a_failure_with_its_step(tmp_path: Path) -> None:
    failures = played(tmp_path, 'expect = { account = "ana", balance = 21 }')

    assert failures == (Failure(3, {"balance": 21}, {"balance": 20}),)


@pytest.mark.django_db
def test_an_unexpected_refusal_is_a_failure(tmp_path: Path) -> None:
    failures = played(tmp_path, 'buy = { account = "ana", bundle = 7 }')

    assert [(failure.step, failure.expected) for failure in failures] == [(3, "accepted")]


@pytest.mark.django_db
def test_an_error_that_does_not_come_is_a_failure(tmp_path: Path) -> None:
    failures = played(tmp_path, 'buy = { account = "ana", bundle = 10 }\nerror = "balance_cap"')

    assert failures == (Failure(3, "error balance_cap", "accepted"),)


@pytest.mark.django_db
def test_a_story_leaves_nothing_behind(tmp_path: Path) -> None:
    steps = ('expect = { account = "ana", balance = 20 }',)

    assert played(tmp_path, *steps) == ()
    assert played(tmp_path, *steps) == ()


@pytest.mark.django_db
def test_spent_credits_may_be_written_with_their_sign(tmp_path: Path) -> None:
    begin = (
        'post = { job = "a", client = "acme", kind = "fixed", budget = 300 }',
        'propose = { job = "a", account = "ana" }',
    )
    for credits in (4, -4):
        asked = (
            f'expect = {{ account = "ana", history = [{{ kind = "spend", credits = {credits} }}] }}'
        )
        assert played(tmp_path, *begin, asked) == ()


@pytest.mark.django_db
def test_a_dates_expectation_is_midnight_utc(tmp_path: Path) -> None:
    failures = played(tmp_path, 'expect = { account = "ana", lots = [{ expires = 2020-05-20 }] }')

    assert len(failures) == 1  # it expires at nine in the morning


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("step", "named"),
    [
        ('dance = { account = "ana" }', "unknown verb"),
        ('enrol = { account = "ana", policy = "x", notice = 1 }', "notice: expected true or false"),
        ('propose = { job = "a", account = "ana", boost = 3 }', "boost: not supported yet"),
        ('register = { account = "eve" }', "kind: missing"),
        ('register = { account = "eve", kind = "freelancer", age = 3 }', "age: unknown key"),
        ('expect = { account = "ana", height = 3 }', "height: unknown key"),
        ('expect = { account = "nobody", balance = 3 }', "no account 'nobody'"),
        ('buy = { account = "ana", bundle = "ten" }', "bundle: expected a whole number"),
        ('wait = { for = "soon" }', "for: expected a span"),
        ('at = "monday"\nwait = { for = "1 day" }', "at: expected a date"),
        ('at = 2019-05-19\nwait = { for = "1 day" }', "time only moves forward"),
        ('error = "no_such"\nwait = { for = "1 day" }', "error: unknown error code"),
        ("at = 2019-06-01", "exactly one verb"),
    ],
)
def test_an_unplayable_step_is_named(tmp_path: Path, step: str, named: str) -> None:
    message = unreadable(tmp_path, step)

    assert "step 3" in message
    assert named in message


def test_a_story_brings_its_own_rule_book(tmp_path: Path) -> None:
    text = (ROOT / "policies" / "upwork-2019-05.toml").read_text()
    (tmp_path / "mine.toml").write_text(text.replace('"upwork-2019-05"', '"mine"'))
    begin = 'title = "Mine"\npolicy = "mine"\npolicies = ["./mine.toml"]\n'
    story = read_story(story_file(tmp_path, 'wait = { for = "1 day" }', begin=begin))

    assert [own.book.name for own in story.own_books] == ["mine"]


def connects(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "connects.cli", "scenario", "run"]
    return subprocess.run([*program, *arguments], capture_output=True, text=True, check=False)


def test_the_command_tells_held_and_broken_apart(tmp_path: Path) -> None:
    held, broken = tmp_path / "held.toml", tmp_path / "broken.toml"
    story_file(tmp_path, 'expect = { account = "ana", balance = 20 }').rename(held)
    story_file(tmp_path, 'expect = { account = "ana", balance = 3 }').rename(broken)

    finished = connects("--json", held, broken)

    assert finished.returncode == 1
    first, second = json.loads(finished.stdout)
    assert first == {"file": str(held), "ok": True, "failures": []}
    assert second["ok"] is False
    assert second["failures"] == [{"step": 3, "expected": {"balance": 3}, "got": {"balance": 20}}]


def test_a_file_that_cannot_be_played_does_not_stop_the_others(tmp_path: Path) -> None:
    held, torn = tmp_path / "held.toml", tmp_path / "torn.toml"
    story_file(tmp_path, 'expect = { account = "ana", balance = 20 }').rename(held)
    torn.write_text("title = ")
    unplayable = story_file(tmp_path, 'dance = { account = "ana" }')

    finished = connects(torn, unplayable, tmp_path / "absent.toml", held)

    assert finished.returncode == 2
    assert "torn.toml" in finished.stderr
    assert "story.toml: step 3: dance" in finished.stderr
    assert "absent.toml" in finished.stderr
    assert "3 of 4 files could not be read." in finished.stderr
    assert "Traceback" not in finished.stderr
    assert finished.stdout.startswith("ok ")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("expected", "holds"),
    [
        ('["connects-granted"]', True),
        ('["connects-granted", "connects-granted"]', True),
        ("[]", False),
        ('["policy-change"]', False),
        ('["connects-granted", "connects-granted", "connects-granted"]', False),
    ],
)
def test_notices_are_expected_in_order_with_others_between(
    tmp_path: Path, expected: str, holds: bool
) -> None:
    failures = played(
        tmp_path,
        'promo = { account = "ana", code = "ONE", connects = 1 }',
        'grant = { account = "ana", credits = 2, reason = "sorry" }',
        f'expect = {{ account = "ana", notices = {expected} }}',
    )

    assert (failures == ()) is holds


def test_every_verb_is_documented() -> None:
    page = (ROOT / "docs" / "scenarios.md").read_text()

    assert [verb for verb in VERBS if f"`{verb}`" not in page] == []

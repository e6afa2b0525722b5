"""A change of plan says what is lost first, what comes, and how to lose less."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from connects.policy.shelf import shipped
from connects.statements.checks.plans import PlanChange, check_of_plan, check_of_purchase
from connects.statements.returns_table import opening_text
from connects.vocabulary.amounts import Money

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
UPGRADE = PlanChange(
    title="Plus",
    held="Basic",
    at_once=True,
    begins=NOON,
    balance=212,
    lost=72,
    connects=70,
    limit=140,
    worth=Money(10_80, "USD"),
    due=Money(14_99, "USD"),
    renews=NOON + timedelta(days=30),
    same_plan=False,
)


def test_an_upgrade_that_loses_connects_says_so_in_its_heading_box_and_button() -> None:
    check = check_of_plan(UPGRADE)

    assert check.means == "You would lose 72 of your 212 Connects today"
    assert check.because == (
        "A new month begins when you change, and under your rules at most 140 Connects roll over."
        " They are worth $10.80, and cannot be brought back."
    )
    assert check.agree == "I understand that 72 Connects will be gone"
    assert (check.button, check.keep) == (
        "Upgrade and lose 72 Connects",
        "Keep Basic, lose nothing",
    )
    assert [line.value for line in check.bills[0].lines] == ["212", "−72", "+70", "210"]


def test_better_ways_are_to_spend_before_and_to_wait_for_rules_that_keep_all() -> None:
    later = replace(UPGRADE, spared=NOON + timedelta(days=3), spared_by="Fair Connects 2026")
    alone, (wait, fewer) = check_of_plan(UPGRADE).others, check_of_plan(later).others

    assert alone == (fewer,)
    assert (fewer.title, fewer.page) == ("How to lose fewer", "find-work")
    assert wait.words.startswith("Wait until 30 November")
    assert "Fair Connects 2026" in wait.words
    assert check_of_plan(replace(later, lost=0)).others == ()


def test_a_change_that_loses_nothing_asks_for_no_box() -> None:
    check = check_of_plan(replace(UPGRADE, lost=0, worth=None))

    assert check.means == "You keep all of your 212 Connects"
    assert (check.loses, check.agree) == (False, "")
    assert check.button == "Pay $14.99 and begin Plus"


def test_a_change_at_the_end_of_the_month_can_be_taken_back_until_then() -> None:
    ends = NOON + timedelta(days=30)
    check = check_of_plan(
        replace(
            UPGRADE, title="Basic", held="Plus", at_once=False, begins=ends, due=Money(0, "USD")
        )
    )

    assert check.means == "You would lose 72 of your 212 Connects on 27 December 2026"
    assert check.undo.endswith("you can change your mind: choose Plus again.")
    assert "What you use before then is not lost." in check.because


def test_a_purchase_says_what_the_next_renewal_would_take_of_it() -> None:
    renews, expires = NOON + timedelta(days=3), NOON + timedelta(days=365)
    due = Money(1_50, "USD")
    safe = check_of_purchase(10, due, 90, expires, 0, renews)
    risky = check_of_purchase(10, due, 140, None, 10, renews)

    assert (safe.means, safe.button) == ("You will have 100 Connects", "Pay $1.50")
    assert safe.because.startswith("They expire on 27 November 2027")
    assert risky.means.startswith("You would lose 10 Connects on 30 November")
    assert risky.because.endswith("They do not expire.")
    assert risky.agree


def test_a_client_reads_what_opening_a_letter_takes_from_its_sender() -> None:
    fair, paid = (opening_text(shipped(name)) for name in ("fair-2026", "upwork-2019-05"))

    assert (
        "people you never opened get 100% of their Connects back; people you opened get 50%" in fair
    )
    assert paid == "Opening a letter tells its sender that you have seen it."

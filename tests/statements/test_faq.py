"""The answers are made from the rule book, so they change with it and are never missing."""

import pytest

from connects.policy.parse import parse_rule_book
from connects.policy.shelf import shipped, shipped_names, shipped_text
from connects.policy.terms import RuleBook
from connects.statements.faq import faq

SEED = "upwork-2019-05"


def answers(book: RuleBook) -> dict[str, str]:
    return {question.asked: " ".join(question.answer) for question in faq(book)}


def changed(before: str, after: str) -> RuleBook:
    text = shipped_text(SEED)
    assert before in text
    return parse_rule_book(text.replace(before, after), "changed")


@pytest.mark.parametrize("name", shipped_names())
def test_every_question_has_an_answer_under_every_rule_book(name: str) -> None:
    for question in faq(shipped(name)):
        assert question.answer, question.asked
        assert all(line.strip() for line in question.answer), question.asked


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("What does a Connect cost?", "$0.15 each, in every bundle"),
        ("What does a Connect cost?", "You cannot buy them one by one."),
        ("Which bundles are there?", "80 Connects for $12.00"),
        ("Do I still get free Connects each month?", "Basic: none. Plus: 70 a month"),
        ("What do the memberships cost?", "Plus: $14.99 a month, agencies $20.00 a month."),
        (
            "What happens when I move to a more expensive plan within a month?",
            "the full price",
        ),
        ("What do some typical jobs cost, at average demand?", "A $3,000 fixed-price job: 5"),
        ("What about jobs with a $5 budget?", "We take a stated budget as it is."),
        ("Which proposals are free?", "Answers to a client's invitation are free."),
        (
            "Which proposals are free?",
            "Apart from that, every client's jobs on the open",
        ),
        ("Do Connects expire?", "one year after you got them"),
        ("How many can I have?", "At most 350 (agencies 400)"),
        (
            "How many roll over into the next month?",
            "at most 140 for freelancers, 160 for agencies",
        ),
        (
            "When do Connects come back, and when not?",
            "neither hires nor closes: nothing comes back",
        ),
        ("What do newcomers get?", "20 Connects, once"),
        ("What do the best get?", "60 Connects, once, for top-rated and premium"),
        ("How can I pay?", "up to $20.00 of your earnings"),
        ("What if the payment for my membership fails?", "ends at once"),
        ("When will this reach me, and how am I told?", "about 7 days before"),
        ("What happens to the Connects that I have?", "stay yours"),
    ],
)
def test_what_the_announcement_of_2019_was_asked_is_answered(asked: str, said: str) -> None:
    assert said in answers(shipped(SEED))[asked]


def test_answers_about_bundles_expiry_and_what_is_free_do_not_contradict_each_other() -> None:
    said = answers(shipped("peopleperhour"))

    assert said["What does a Connect cost?"].startswith("$0.75 to $0.80 each, by the bundle.")
    assert (
        "The first proposal to a job is free. Apart from that," in said["Which proposals are free?"]
    )
    assert said["Do Connects expire?"] == "Connects do not expire."
    assert "with the expiry date" not in said["Where do they come back to?"]
    assert said["How many roll over into the next month?"].startswith("Basic: none.")


@pytest.mark.parametrize(
    ("before", "after", "asked"),
    [
        ('price = "1.50"', 'price = "2.00"', "What does a Connect cost?"),
        ('freelancer = "14.99"', 'freelancer = "9.99"', "What do the memberships cost?"),
        ("signup = { freelancer = 20", "signup = { freelancer = 30", "What do newcomers get?"),
        ("within_days = 14", "within_days = 21", "What do the best get?"),
        (
            'prorating = "none"',
            'prorating = "by_days"',
            "What happens when I move to a more expensive plan within a month?",
        ),
        (
            "never_closed = { percent = 0 }",
            "never_closed = { percent = 50 }",
            "When do Connects come back, and when not?",
        ),
        (
            "low = 5, high = 6",
            "low = 7, high = 8",
            "What do some typical jobs cost, at average demand?",
        ),
        (
            'failed_renewal = "at_once"',
            'failed_renewal = "dunning"',
            "What if the payment for my membership fails?",
        ),
        ("years = 1", "years = 2", "Do Connects expire?"),
        ("notice_days = 7\n", "notice_days = 9\n", "When will this reach me, and how am I told?"),
    ],
)
def test_an_answer_changes_with_the_rule_book(before: str, after: str, asked: str) -> None:
    assert answers(changed(before, after))[asked] != answers(shipped(SEED))[asked]

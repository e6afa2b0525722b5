"""Answer the questions that a change of rules raises, from the rule book itself.

No answer is written by hand: each is made of the clauses that decide, so that none can be out of date.
The questions are those that the announcement of 2019 was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from connects.policy.explain import Section, explain, plan_price
from connects.policy.terms import RuleBook
from connects.statements.examples import example_prices
from connects.vocabulary.amounts import Money


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answer, sentence by sentence."""

    asked: str
    answer: tuple[str, ...]


def faq(book: RuleBook) -> tuple[Question, ...]:
    """All questions with their answers under this rule book."""
    return tuple(Question(asked, tuple(answer(book))) for asked, answer in _QUESTIONS)


Lines = Iterator[str]


def _money(book: RuleBook, cents: int) -> str:
    return str(Money(cents, book.currency))


def _section(title: str) -> Callable[[RuleBook], Lines]:
    """The answer is a topic of the rule book in plain words."""

    def lines(book: RuleBook) -> Lines:
        found: Section = next(section for section in explain(book) if section.title == title)
        yield from found.lines

    return lines


def _cost(book: RuleBook) -> Lines:
    bundles = book.bundles
    if bundles.offers:
        each = {divmod(bundle.price, bundle.connects) for bundle in bundles.offers}
        if len(each) == 1 and next(iter(each))[1] == 0:
            yield f"{_money(book, next(iter(each))[0])} each, in every bundle."
        sizes = [bundle.connects for bundle in bundles.offers]
        yield f"You can buy bundles of {', '.join(map(str, sizes))}."
    if bundles.price_per_connect is not None:
        yield f"{_money(book, bundles.price_per_connect)} each, in any number."
    elif not bundles.offers:
        yield "Connects are not sold here."
    else:
        yield "You cannot buy them one by one."
    if bundles.paid_plans_only:
        yield "Only members on a paid plan can buy."


def _free_each_month(book: RuleBook) -> Lines:
    for plan in book.plans:
        numbers = plan.connects_per_month
        if plan.drip is not None:
            quota = plan.drip.quota.freelancer
            hours = f"{plan.drip.every_minutes / 60:g}"
            yield f"{plan.title}: one every {hours} hours, until you have {quota} of the plan's own."
        elif numbers.freelancer or numbers.agency:
            yield (
                f"{plan.title}: {numbers.freelancer} a month for freelancers,"
                f" {numbers.agency} for agencies."
            )
        else:
            yield f"{plan.title}: none."


def _plan_prices(book: RuleBook) -> Lines:
    for plan in book.plans:
        yield f"{plan.title}: {plan_price(book, plan)}."


_PRORATED = {
    "none": (
        "Your month begins anew that day. You pay the full price and get all of the plan's Connects."
    ),
    "by_days": (
        "Your month goes on. You pay the difference of the prices for the days that are left,"
        " and get the difference of the Connects for those days, rounded up."
    ),
    "difference": "Your month goes on. You pay the whole difference and get the whole difference.",
}


def _upgrade(book: RuleBook) -> Lines:
    yield _PRORATED[book.cycles.prorating]
    for plan in book.plans:
        if not plan.is_free and plan.rolls_over is not None:
            yield f"Up to {plan.rolls_over.freelancer} of the Connects that you have then roll over."
    yield "A cheaper plan begins when your month ends; until then you keep what you paid for."


def _examples(book: RuleBook) -> Lines:
    for words, connects in example_prices(book):
        yield f"{words}: {connects}"


def _placeholder(book: RuleBook) -> Lines:
    rule = book.value.placeholder
    if book.value.doubt is not None:
        yield (
            "Where a budget is low for what the post asks, we ask the client. You pay by what is stated,"
            " until the client says that the budget is open."
        )
        return
    if rule is None:
        yield "We take a stated budget as it is."
        return
    yield (
        f"We take a budget of {_money(book, rule.up_to)} or less for a stand-in, and so one that does not"
        " fit the rest of the post. The price then follows from the job's level, length and hours, and"
        " says so."
    )


def _demand(book: RuleBook) -> Lines:
    if book.card.demand is None:
        yield "No. How many letters a job gets plays no part in its price."
        return
    yield (
        "Yes, where a job has two prices. You pay the higher one in a category that gets more letters for"
        " each open job than the whole marketplace. In all others you pay the lower one."
    )
    yield f"A category with fewer than {book.card.demand.fewest_jobs} jobs counts as average."
    if book.card.demand.average_jobs:
        yield (
            f"We add {book.card.demand.average_jobs} average jobs to each category, so that few jobs say"
            " little."
        )


def _seen_before(_book: RuleBook) -> Lines:
    yield "Every job shows its price and every step that led to it, before you write a word."
    yield (
        "The price is fixed when the job goes live. If the client edits the job it may change for"
        " later letters. You never pay more than the price that you were shown."
    )


def _free(book: RuleBook) -> Lines:
    yield from _section("What is free")(book)
    yield "Every client's jobs on the open marketplace cost Connects."


def _rollover(book: RuleBook) -> Lines:
    for plan in book.plans:
        if plan.rolls_over is None:
            yield f"{plan.title}: all of them."
        else:
            freelancer, agency = plan.rolls_over.freelancer, plan.rolls_over.agency
            yield f"{plan.title}: at most {freelancer} for freelancers, {agency} for agencies."
    order = "You lose those that came with a plan first, then what you were given"
    bought = "then what you bought" if book.limits.trims_bought else "and never what you bought"
    if any(plan.rolls_over is not None for plan in book.plans):
        yield f"{order}, {bought}. We tell you seven days before."


def _returned_where(book: RuleBook) -> Lines:
    yield (
        "To where they came from, with the expiry date that they had. If that has passed, or is nearer"
        f" than {book.returns.grace_days} days, you have {book.returns.grace_days} days to use them."
    )


def _serious(book: RuleBook) -> Lines:
    yield "Our moderators remove jobs that break the rules."
    percent = book.returns.removed_for_terms.unopened
    back = "all of their Connects" if percent == 100 else f"{percent}% of their Connects"
    yield f"When we remove one, everyone who proposed gets {back} back."


def _badges(book: RuleBook) -> Lines:
    if not book.grants.badges:
        yield "These rules bring nothing extra to holders of badges."
    for grant in book.grants.badges:
        yield (
            f"{grant.connects} Connects, once, for {' and '.join(grant.badges)}, no later than"
            f" {grant.within_days} days after your own account's move."
        )


def _newcomers(book: RuleBook) -> Lines:
    signup = book.grants.signup
    if signup.freelancer or signup.agency:
        yield f"{signup.freelancer} Connects, once (agencies {signup.agency})."
    else:
        yield "Nothing beside what the plan brings each month."
    if book.free.newcomers is not None:
        few = book.free.newcomers
        yield f"Your first {few.proposals} proposals cost {few.percent}% of the price."


_METHODS = {
    "card": "card",
    "prepaid": "prepaid card",
    "paypal": "PayPal, where the country allows it",
    "earnings": "your earnings",
}


def _payment(book: RuleBook) -> Lines:
    yield f"With {', '.join(_METHODS[method] for method in book.payment.methods)}."
    if "earnings" in book.payment.methods and book.payment.earnings_kept_back:
        yield (
            f"If you choose so, we keep up to {_money(book, book.payment.earnings_kept_back)} of your"
            " earnings back from automatic withdrawals, to pay for Connects."
        )


def _failed(book: RuleBook) -> Lines:
    if book.payment.failed_renewal == "at_once":
        yield "Your membership ends at once, and you are on the free plan."
    else:
        tries, days = book.payment.dunning.tries, book.payment.dunning.days
        yield f"We try {tries} times in {days} days. Only then does your membership end."
    yield "You keep all of your Connects."


def _when(book: RuleBook) -> Lines:
    yield (
        "Accounts move one after another. We tell you by e-mail and in your notices about"
        f" {book.rollout.notice_days} days before yours does. Find Work says so once it has."
    )
    yield "Your Membership page says what applies to you now, what will change, and when."


def _kept(_book: RuleBook) -> Lines:
    yield "They stay yours, each with the expiry date that it has."
    yield (
        "What you have when you move stays under the rollover limit that you collected it under. So the"
        " move itself takes nothing away."
    )


_QUESTIONS: tuple[tuple[str, Callable[[RuleBook], Lines]], ...] = (
    ("What does a Connect cost?", _cost),
    ("Which bundles are there?", _section("Buying Connects")),
    ("Do I still get free Connects each month?", _free_each_month),
    ("What do the memberships cost?", _plan_prices),
    ("What happens when I move to a more expensive plan within a month?", _upgrade),
    ("How many Connects does a proposal cost?", _section("What a proposal costs")),
    ("What do some typical jobs cost, at average demand?", _examples),
    ("Does demand change the price?", _demand),
    ("What about jobs with a $5 budget?", _placeholder),
    ("Do I see the price before I propose, and can it change?", _seen_before),
    ("Which proposals are free?", _free),
    ("Do Connects expire?", _section("When Connects expire")),
    ("How many can I have?", _section("How many you can have")),
    ("How many roll over into the next month?", _rollover),
    ("When do Connects come back, and when not?", _section("What comes back")),
    ("Where do they come back to?", _returned_where),
    ("What do you do about jobs that are not serious?", _serious),
    ("What do newcomers get?", _newcomers),
    ("What do the best get?", _badges),
    ("How can I pay?", _payment),
    ("What if the payment for my membership fails?", _failed),
    ("When will this reach me, and how am I told?", _when),
    ("What happens to the Connects that I have?", _kept),
)

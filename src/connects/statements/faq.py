"""Answer the questions that a change of rules raises, from the rule book itself.

No answer is written by hand: each is made of the clauses that decide, so that none can be out of date.
The questions are those that the announcement of 2019 was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from connects.policy.explain import Section, explain, plan_price, share_text
from connects.policy.terms import RuleBook
from connects.statements.examples import example_prices
from connects.vocabulary.amounts import Money
from connects.wording.messages import gettext as _
from connects.wording.messages import mark


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answer, sentence by sentence."""

    asked: str
    answer: tuple[str, ...]


def faq(book: RuleBook) -> tuple[Question, ...]:
    """All questions with their answers under this rule book."""
    return tuple(Question(_(asked), tuple(answer(book))) for asked, answer in _QUESTIONS)


Lines = Iterator[str]


def _money(book: RuleBook, cents: int) -> str:
    return str(Money(cents, book.currency))


def _section(title: str) -> Callable[[RuleBook], Lines]:
    """The answer is a topic of the rule book in plain words."""

    def lines(book: RuleBook) -> Lines:
        found: Section = next(section for section in explain(book) if section.title == _(title))
        yield from found.lines

    return lines


def _cost(book: RuleBook) -> Lines:
    bundles = book.bundles
    if bundles.offers:
        each = sorted(Fraction(bundle.price, bundle.connects) for bundle in bundles.offers)
        least, most = (_money(book, round(price)) for price in (each[0], each[-1]))
        if each[0] == each[-1] == int(each[0]):
            yield _("{money} each, in every bundle.", money=least)
        elif least == most:
            yield _("About {money} each, in every bundle.", money=least)
        else:
            yield _("{least} to {most} each, by the bundle.", least=least, most=most)
        sizes = [bundle.connects for bundle in bundles.offers]
        yield _("You can buy bundles of {sizes}.", sizes=", ".join(map(str, sizes)))
    if bundles.price_per_connect is not None:
        yield _("{money} each, in any number.", money=_money(book, bundles.price_per_connect))
    elif not bundles.offers:
        yield _("Connects are not sold here.")
    else:
        yield _("You cannot buy them one by one.")
    if bundles.paid_plans_only:
        yield _("Only members on a paid plan can buy.")


def _free_each_month(book: RuleBook) -> Lines:
    for plan in book.plans:
        numbers = plan.connects_per_month
        if plan.drip is not None:
            quota = plan.drip.quota.freelancer
            hours = f"{plan.drip.every_minutes / 60:g}"
            yield _(
                "{title}: one every {hours} hours, until you have {quota} of the plan's own.",
                title=plan.title,
                hours=hours,
                quota=quota,
            )
        elif numbers.freelancer == numbers.agency:
            yield _monthly(plan.title, numbers.agency)
        else:
            yield (
                _(
                    "{title}: {freelancer} a month for freelancers, {agency} for agencies.",
                    title=plan.title,
                    freelancer=numbers.freelancer,
                    agency=numbers.agency,
                )
            )


def _monthly(title: str, connects: int) -> str:
    """What a plan brings to freelancers and agencies alike."""
    if not connects:
        return _("{title}: none.", title=title)
    return _("{title}: {connects} a month.", title=title, connects=connects)


def _plan_prices(book: RuleBook) -> Lines:
    for plan in book.plans:
        yield f"{plan.title}: {plan_price(book, plan)}."


_PRORATED = {
    "none": (
        mark(
            "Your month begins anew that day. You pay the full price and get all of"
            " the plan's Connects."
        )
    ),
    "by_days": (
        mark(
            "Your month goes on. You pay the difference of the prices for the days"
            " that are left, and get the difference of the Connects for those days,"
            " rounded up."
        )
    ),
    "difference": mark(
        "Your month goes on. You pay the whole difference and get the whole difference."
    ),
}


def _upgrade(book: RuleBook) -> Lines:
    yield _(_PRORATED[book.cycles.prorating])
    for plan in book.plans:
        if not plan.is_free and plan.rolls_over is not None:
            yield _(
                "Up to {freelancer} of the Connects that you have then roll over.",
                freelancer=plan.rolls_over.freelancer,
            )
    yield _("A cheaper plan begins when your month ends; until then you keep what you paid for.")


def _examples(book: RuleBook) -> Lines:
    for words, connects in example_prices(book):
        yield f"{words}: {connects}"


def _placeholder(book: RuleBook) -> Lines:
    rule = book.value.placeholder
    if book.value.doubt is not None:
        yield (
            _(
                "Where a budget is low for what the post asks, we ask the client. You pay"
                " by what is stated, until the client says that the budget is open."
            )
        )
        return
    if rule is None:
        yield _("We take a stated budget as it is.")
        return
    yield (
        _(
            "We take a budget of {money} or less for a stand-in, and so one that does"
            " not fit the rest of the post. The price then follows from the job's"
            " level, length and hours, and says so.",
            money=_money(book, rule.up_to),
        )
    )


def _demand(book: RuleBook) -> Lines:
    if book.card.demand is None:
        yield _("No. How many letters a job gets plays no part in its price.")
        return
    yield (
        _(
            "Yes, where a job has two prices. You pay the higher one in a category"
            " that gets more letters for each open job than the whole marketplace. In"
            " all others you pay the lower one."
        )
    )
    yield _(
        "A category with fewer than {fewest_jobs} jobs counts as average.",
        fewest_jobs=book.card.demand.fewest_jobs,
    )
    if book.card.demand.average_jobs:
        yield (
            _(
                "We add {average_jobs} average jobs to each category, so that few jobs say little.",
                average_jobs=book.card.demand.average_jobs,
            )
        )


def _seen_before(_book: RuleBook) -> Lines:
    yield _("Every job shows its price and every step that led to it, before you write a word.")
    yield (
        _(
            "The price is fixed when the job goes live. If the client edits the job"
            " it may change for later letters. You never pay more than the price that"
            " you were shown."
        )
    )


def _free(book: RuleBook) -> Lines:
    yield from _section(mark("What is free"))(book)
    yield _("Apart from that, every client's jobs on the open marketplace cost Connects.")


def _rollover(book: RuleBook) -> Lines:
    for plan in book.plans:
        if plan.rolls_over is None:
            yield _("{title}: all of them.", title=plan.title)
        elif plan.rolls_over.freelancer == plan.rolls_over.agency:
            yield _at_most(plan.title, plan.rolls_over.agency)
        else:
            freelancer, agency = plan.rolls_over.freelancer, plan.rolls_over.agency
            yield _(
                "{title}: at most {freelancer} for freelancers, {agency} for agencies.",
                title=plan.title,
                freelancer=freelancer,
                agency=agency,
            )
    if all(plan.rolls_over is None for plan in book.plans):
        return
    if book.limits.trims_bought:
        yield _(
            "You lose those that came with a plan first, then what you were given, then what you bought."
        )
    else:
        yield _(
            "You lose those that came with a plan first, then what you were given, and never what you"
            " bought."
        )
    yield _("We tell you seven days before.")


def _at_most(title: str, connects: int) -> str:
    """What rolls over for freelancers and agencies alike."""
    if not connects:
        return _("{title}: none.", title=title)
    return _("{title}: at most {connects}.", title=title, connects=connects)


def _returned_where(book: RuleBook) -> Lines:
    if book.expiry.years is None:
        yield _("To where they came from.")
        yield _("Those that have an expiry date from earlier rules keep it.")
        return
    yield (
        _(
            "To where they came from, with the expiry date that they had. If that has"
            " passed, or is nearer than {grace_days} days, you have {grace_days} days"
            " to use them.",
            grace_days=book.returns.grace_days,
        )
    )


def _serious(book: RuleBook) -> Lines:
    yield _("Our moderators remove jobs that break the rules.")
    percent = book.returns.removed_for_terms.unopened
    if percent == 100:
        yield _("When we remove one, everyone who proposed gets all of their Connects back.")
    else:
        yield _(
            "When we remove one, everyone who proposed gets {share} of their Connects back.",
            share=share_text(percent),
        )


def _badges(book: RuleBook) -> Lines:
    if not book.grants.badges:
        yield _("These rules bring nothing extra to holders of badges.")
    for grant in book.grants.badges:
        yield (
            _(
                "{connects} Connects, once, for {badges}, no later than {within_days} days"
                " after your own account's move.",
                connects=grant.connects,
                badges=_(" and ").join(grant.badges),
                within_days=grant.within_days,
            )
        )


def _newcomers(book: RuleBook) -> Lines:
    signup = book.grants.signup
    if signup.freelancer == signup.agency > 0:
        yield _("{connects} Connects, once.", connects=signup.agency)
    elif signup.freelancer or signup.agency:
        yield _(
            "{freelancer} Connects, once (agencies {agency}).",
            freelancer=signup.freelancer,
            agency=signup.agency,
        )
    else:
        yield _("Nothing beside what the plan brings each month.")
    if book.free.newcomers is not None:
        few = book.free.newcomers
        yield _(
            "Your first {proposals} proposals cost {share} of the price.",
            proposals=few.proposals,
            share=share_text(few.percent),
        )


_METHODS = {
    "card": mark("card"),
    "prepaid": mark("prepaid card"),
    "paypal": mark("PayPal, where the country allows it"),
    "earnings": mark("your earnings"),
}


def _payment(book: RuleBook) -> Lines:
    yield _("With {methods}.", methods=", ".join(_(_METHODS[m]) for m in book.payment.methods))
    if "earnings" in book.payment.methods and book.payment.earnings_kept_back:
        yield (
            _(
                "If you choose so, we keep up to {money} of your earnings back from"
                " automatic withdrawals, to pay for Connects.",
                money=_money(book, book.payment.earnings_kept_back),
            )
        )


def _failed(book: RuleBook) -> Lines:
    if book.payment.failed_renewal == "at_once":
        yield _("Your membership ends at once, and you are on the free plan.")
    else:
        tries, days = book.payment.dunning.tries, book.payment.dunning.days
        yield _(
            "We try {tries} times in {days} days. Only then does your membership end.",
            tries=tries,
            days=days,
        )
    yield _("You keep all of your Connects.")


def _when(book: RuleBook) -> Lines:
    yield (
        _(
            "Accounts move one after another. We tell you by e-mail and in your"
            " notices about {notice_days} days before yours does. Find Work says so"
            " once it has.",
            notice_days=book.rollout.notice_days,
        )
    )
    yield _("Your Membership page says what applies to you now, what will change, and when.")


def _kept(_book: RuleBook) -> Lines:
    yield _("They stay yours, each with the expiry date that it has.")
    yield (
        _(
            "What you have when you move stays under the rollover limit that you"
            " collected it under. So the move itself takes nothing away."
        )
    )


_QUESTIONS: tuple[tuple[str, Callable[[RuleBook], Lines]], ...] = (
    (mark("What does a Connect cost?"), _cost),
    (mark("Which bundles are there?"), _section(mark("Buying Connects"))),
    (mark("Do I still get free Connects each month?"), _free_each_month),
    (mark("What do the memberships cost?"), _plan_prices),
    (mark("What happens when I move to a more expensive plan within a month?"), _upgrade),
    (mark("How many Connects does a proposal cost?"), _section(mark("What a proposal costs"))),
    (mark("What do some typical jobs cost, at average demand?"), _examples),
    (mark("Does demand change the price?"), _demand),
    (mark("What about jobs with a $5 budget?"), _placeholder),
    (mark("Do I see the price before I propose, and can it change?"), _seen_before),
    (mark("Which proposals are free?"), _free),
    (mark("Do Connects expire?"), _section(mark("When Connects expire"))),
    (mark("How many can I have?"), _section(mark("How many you can have"))),
    (mark("How many roll over into the next month?"), _rollover),
    (mark("When do Connects come back, and when not?"), _section(mark("What comes back"))),
    (mark("Where do they come back to?"), _returned_where),
    (mark("What do you do about jobs that are not serious?"), _serious),
    (mark("What do newcomers get?"), _newcomers),
    (mark("What do the best get?"), _badges),
    (mark("How can I pay?"), _payment),
    (mark("What if the payment for my membership fails?"), _failed),
    (mark("When will this reach me, and how am I told?"), _when),
    (mark("What happens to the Connects that I have?"), _kept),
)

"""A rule book in plain words, made from the rule book itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from connects.policy.adjustment_words import adjustment_text
from connects.policy.card import Band
from connects.policy.returns import Returns
from connects.policy.terms import ByKind, InterviewReward, Plan, RuleBook
from connects.vocabulary.amounts import Money
from connects.vocabulary.facts import JobKind
from connects.vocabulary.returns import JOB_ENDS, ReturnCause


@dataclass(frozen=True, slots=True)
class Section:
    """One topic: its title, its sentences, and where the rule comes from."""

    title: str
    lines: tuple[str, ...]
    source: str


def explain(book: RuleBook) -> tuple[Section, ...]:
    """What a member should know of a rule book, topic by topic."""
    return (
        Section("What a proposal costs", tuple(_card_lines(book)), book.card.source),
        Section("What is free", tuple(_free_lines(book)), book.free.source),
        Section("Buying Connects", tuple(_bundle_lines(book)), book.bundles.source),
        Section("Memberships", tuple(_plan_lines(book)), book.plans[0].source),
        Section("Given to newcomers and others", tuple(_grant_lines(book)), book.grants.source),
        Section("How many you can have", tuple(_limit_lines(book)), book.limits.source),
        Section("When Connects expire", tuple(_expiry_lines(book)), book.expiry.source),
        Section("What comes back", tuple(_return_lines(book)), book.returns.source),
    )


def _money(book: RuleBook, cents: int) -> str:
    return str(Money(cents, book.currency))


def _card_lines(book: RuleBook) -> Iterator[str]:
    for band in book.card.bands:
        low, high = band.connects.low, band.connects.high
        price = (
            f"{low}"
            if low == high
            else f"{low}, or {high} where jobs get more letters than average"
        )
        yield f"{band.name}: {price} ({band_words(book, band)})"
    for adjustment in book.card.adjustments:
        yield adjustment_text(adjustment, book.currency)


def band_words(book: RuleBook, band: Band) -> str:
    """Which posts a band prices."""
    parts = []
    if band.kinds != tuple(JobKind):
        parts.append(" or ".join(band.kinds))
    if band.value is not None:
        span = band.value
        for word, cents in (
            ("over", span.over),
            ("from", span.at_least),
            ("up to", span.up_to),
            ("under", span.under),
        ):
            if cents is not None:
                parts.append(f"{word} {_money(book, cents).removesuffix('.00')}")
    if band.duration is not None:
        days = band.duration.under_days
        bound = band.duration.not_under_days
        parts.append(f"under {days} days" if days else f"{bound} days or more, or not said")
    if band.hours_per_week is not None:
        least = band.hours_per_week.at_least
        bound = band.hours_per_week.not_at_least
        parts.append(
            f"{least} hours a week or more" if least else f"under {bound} hours, or not said"
        )
    return ", ".join(parts) or "every job"


def _free_lines(book: RuleBook) -> Iterator[str]:
    yes_no = {True: "are free", False: "cost Connects like any other"}
    yield f"Answers to a client's invitation {yes_no[book.free.invitations]}."
    yield f"Jobs in a private talent cloud, for its members, {yes_no[book.free.private_cloud]}."
    if book.free.first_proposal:
        yield "The first proposal to a job is free."
    if book.free.client_record is not None:
        rule = book.free.client_record
        yield (
            f"Letters to clients who leave jobs open cost up to {rule.most_percent}% less,"
            f" once {rule.fewest_posts} of their jobs have ended."
        )
    if book.free.newcomers is not None:
        few = book.free.newcomers
        yield f"Your first {few.proposals} letters cost {few.percent}% of the price, rounded up."


def _bundle_lines(book: RuleBook) -> Iterator[str]:
    for bundle in book.bundles.offers:
        who = " (agencies)" if bundle.agencies_only else ""
        yield f"{bundle.connects} Connects for {_money(book, bundle.price)}{who}"
    if book.bundles.price_per_connect is not None:
        yield f"Any number at {_money(book, book.bundles.price_per_connect)} each"
    if not book.bundles.offers and book.bundles.price_per_connect is None:
        yield "You cannot buy Connects."
    if book.bundles.paid_plans_only:
        yield "Only members on a paid plan can buy."


def _plan_lines(book: RuleBook) -> Iterator[str]:
    for plan in book.plans:
        price = plan_price(book, plan)
        yield f"{plan.title} ({price}): {_by_kind(plan.connects_per_month)} Connects per month"
        if plan.rolls_over is not None:
            yield f"{plan.title}: at most {_by_kind(plan.rolls_over)} roll over into the next month"
        if plan.drip is not None:
            yield (
                f"{plan.title}: one Connect every {_hours(plan.drip.every_minutes)} hours,"
                f" until you have {_by_kind(plan.drip.quota)} of the plan's own"
            )
        if plan.balance is not None:
            yield f"{plan.title}: you can have at most {_by_kind(plan.balance)} Connects"
    yield _PRORATING[book.cycles.prorating]
    if book.cycles.upgrade_fills_quota:
        yield "You also get the difference of the two plans' limits at once."
    if not book.cycles.ended_plan_rolls_over:
        yield "When a plan ends, the plan that follows decides how many roll over."
    yield _FAILED[book.payment.failed_renewal].format(book.payment.dunning)


def plan_price(book: RuleBook, plan: Plan) -> str:
    """What a month of a plan costs, in words; agencies apart where they pay another price."""
    prices = plan.price_per_month
    words = "free" if not prices.freelancer else f"{_money(book, prices.freelancer)} a month"
    if prices.freelancer == prices.agency:
        return words
    return f"{words}, agencies {_money(book, prices.agency)} a month"


_PRORATING = {
    "none": "A more expensive plan begins a new month that day, for its full price.",
    "by_days": "For a more expensive plan you pay, and get, the difference for the days that are left.",
    "difference": "For a more expensive plan you pay, and get, the whole difference at once.",
}

_FAILED = {
    "at_once": "If a monthly payment fails, your membership ends at once.",
    "dunning": (
        "If a monthly payment fails, we try {0.tries} times in {0.days} days. Then your membership ends."
    ),
}


def _hours(minutes: int) -> str:
    return f"{minutes / 60:g}"


def _by_kind(numbers: ByKind) -> str:
    if numbers.freelancer == numbers.agency:
        return str(numbers.freelancer)
    return f"{numbers.freelancer} (agencies {numbers.agency})"


def _grant_lines(book: RuleBook) -> Iterator[str]:
    yield f"Newcomers get {_by_kind(book.grants.signup)} Connects, once."
    for grant in book.grants.badges:
        badges = " or ".join(grant.badges)
        yield (
            f"{grant.connects} Connects, once, for {badges}, "
            f"within {grant.within_days} days of the account's move to these rules."
        )
    reward = book.grants.interview
    if reward is not None:
        yield from _interview_lines(reward)


def _interview_lines(reward: InterviewReward) -> Iterator[str]:
    answered = " and you answered" if reward.needs_answer else ""
    yield (
        f"{reward.connects} Connects for an interview that a paid proposal won{answered},"
        f" at most {reward.at_most} in any {reward.in_days} days."
    )
    if reward.client_verified:
        yield "No Connects for interviews with clients whose payment method is not verified."
    if reward.not_over_paid:
        yield "An interview never brings more than its proposal cost."
    if reward.vests_after_days:
        yield f"They arrive {reward.vests_after_days} days after the interview."
    if reward.taken_back_if_returned:
        yield "If the proposal's Connects come back to you, we take those for its interview back."


def _limit_lines(book: RuleBook) -> Iterator[str]:
    if book.limits.balance is None:
        if all(plan.balance is None for plan in book.plans):
            yield "There is no limit."
        else:
            yield "Each plan has a limit of its own."
        return
    yield f"At most {_by_kind(book.limits.balance)} Connects."
    if not book.limits.counts_plan_connects:
        yield "The Connects that come with a plan do not count towards it."


def _expiry_lines(book: RuleBook) -> Iterator[str]:
    if book.expiry.years is None:
        yield "Connects do not expire."
        return
    years = "one year" if book.expiry.years == 1 else f"{book.expiry.years} years"
    days = " and ".join(map(str, book.expiry.notice_days))
    yield f"Connects expire {years} after you got them. We tell you {days} days before."


_ENDS = {
    ReturnCause.CLOSED_WITHOUT_HIRE: "The client closes the job without hiring",
    ReturnCause.CLOSED_LATE: "The client closes it later",
    ReturnCause.CLOSED_AFTER_HIRE: "The client hires someone else and closes the job",
    ReturnCause.REMOVED_FOR_TERMS: "We remove the job because it broke our rules",
    ReturnCause.CLIENT_SUSPENDED: "We suspend the client",
    ReturnCause.NEVER_CLOSED: "The client neither hires nor closes",
}


def _end_words(returns: Returns, cause: ReturnCause) -> str:
    if cause is ReturnCause.CLOSED_WITHOUT_HIRE and returns.closed_late is not None:
        return f"{_ENDS[cause]}, within {returns.closed_late.after_days} days of posting it"
    return _ENDS[cause]


def _return_lines(book: RuleBook) -> Iterator[str]:
    returns = book.returns
    for cause in JOB_ENDS:
        if cause is ReturnCause.CLOSED_LATE and returns.closed_late is None:
            continue
        share = returns.share(cause)
        if share.is_flat:
            yield f"{_end_words(returns, cause)}: {_percent_words(share.unopened)}."
        else:
            yield (
                f"{_end_words(returns, cause)}: {_percent_words(share.unopened)} of a proposal that"
                f" was not opened, {_percent_words(share.opened)} of one that was,"
                f" {_percent_words(share.engaged)} after a short list or a message."
            )
    if returns.unread is not None:
        yield (
            f"The client has not opened your proposal within {_span(returns.unread.after_hours)}:"
            f" {_percent_words(returns.unread.percent)}."
        )
    if returns.invited_later:
        yield f"You paid and are invited afterwards: {_percent_words(returns.invited_later)}."
    if returns.withdrawn is not None:
        yield (
            f"You withdraw an unopened proposal within {returns.withdrawn.within_minutes} minutes:"
            f" {_percent_words(returns.withdrawn.percent)}."
        )
    else:
        yield "You withdraw your proposal: nothing comes back."
    yield _again_line(book)
    if not returns.removed_after_withdrawal:
        yield "If you withdraw, nothing comes back when we remove the job later, either."
    yield from _silence_lines(book)


def _again_line(book: RuleBook) -> str:
    if not book.sends_again:
        return "Once you withdraw, you cannot write to the same job again."
    free = ", which is free if the first one was" if book.again_free_if_free else ""
    return f"Once you withdraw, you can write to the same job again{free}."


def _silence_lines(book: RuleBook) -> Iterator[str]:
    if book.posts is None:
        return
    if book.posts.silent_after_days is not None:
        yield (
            f"If a client does nothing about a job for {book.posts.silent_after_days} days, we close it,"
            f" after {len(book.posts.reminders_after_days)} reminders."
        )
    if book.posts.expires_after_days is not None:
        yield f"A job without a hire ends after {book.posts.expires_after_days} days."


def _span(hours: int) -> str:
    return f"{hours // 24} days" if hours % 24 == 0 and hours > 48 else f"{hours} hours"


def _percent_words(percent: int) -> str:
    words = {0: "nothing comes back", 100: "all Connects come back"}
    return words.get(percent, f"{percent}% comes back")

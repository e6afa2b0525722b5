"""A rule book in plain words, made from the rule book itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from connects.policy.adjustment_words import adjustment_text
from connects.policy.card import Band
from connects.policy.returns import Returns
from connects.policy.terms import ByKind, InterviewReward, Plan, RuleBook
from connects.vocabulary.amounts import Money
from connects.vocabulary.facts import JobKind
from connects.vocabulary.returns import JOB_ENDS, ReturnCause
from connects.wording import figures
from connects.wording.messages import gettext as _
from connects.wording.messages import mark, ngettext


@dataclass(frozen=True, slots=True)
class Section:
    """One topic: its title, its sentences, and where the rule comes from."""

    title: str
    lines: tuple[str, ...]
    source: str


def explain(book: RuleBook) -> tuple[Section, ...]:
    """What a member should know of a rule book, topic by topic."""
    return (
        Section(_("What a proposal costs"), tuple(_card_lines(book)), book.card.source),
        Section(_("What is free"), tuple(_free_lines(book)), book.free.source),
        Section(_("Buying Connects"), tuple(_bundle_lines(book)), book.bundles.source),
        Section(_("Memberships"), tuple(_plan_lines(book)), book.plans[0].source),
        Section(_("Given to newcomers and others"), tuple(_grant_lines(book)), book.grants.source),
        Section(_("How many you can have"), tuple(_limit_lines(book)), book.limits.source),
        Section(_("When Connects expire"), tuple(_expiry_lines(book)), book.expiry.source),
        Section(_("What comes back"), tuple(_return_lines(book)), book.returns.source),
    )


_NUMBERED = re.compile(r"step \d+")
"""Bands whose names only count them, which says nothing to a reader."""


def _money(book: RuleBook, cents: int) -> str:
    return str(Money(cents, book.currency))


def _card_lines(book: RuleBook) -> Iterator[str]:
    for band in book.card.bands:
        low, high = band.connects.low, band.connects.high
        price = (
            f"{low}"
            if low == high
            else _("{low}, or {high} where jobs get more letters than average", low=low, high=high)
        )
        if _NUMBERED.fullmatch(band.name) and low == high:
            connects = ngettext("{n} Connect", "{n} Connects", low)
            yield f"{band_words(book, band)}: {connects}"
        else:
            yield f"{band.name}: {price} ({band_words(book, band)})"
    for adjustment in book.card.adjustments:
        yield adjustment_text(adjustment, book.currency)


KINDS = {JobKind.FIXED: mark("fixed"), JobKind.HOURLY: mark("hourly")}
_NONE = ByKind(freelancer=0, agency=0)


def share_text(percent: int) -> str:
    """A share, such as `40%`."""
    return figures.percent(Decimal(percent) / 100)


def band_words(book: RuleBook, band: Band) -> str:
    """Which posts a band prices."""
    parts = []
    if band.kinds != tuple(JobKind):
        parts.append(_(" or ").join(_(KINDS[kind]) for kind in band.kinds))
    if band.value is not None:
        span = band.value
        for words, cents in (
            (mark("over {amount}"), span.over),
            (mark("from {amount}"), span.at_least),
            (mark("up to {amount}"), span.up_to),
            (mark("under {amount}"), span.under),
        ):
            if cents is not None:
                parts.append(_(words, amount=Money(cents, book.currency).whole))
    if band.duration is not None:
        days = band.duration.under_days
        bound = band.duration.not_under_days
        parts.append(
            _("under {days} days", days=days)
            if days
            else _("{bound} days or more, or not said", bound=bound)
        )
    if band.hours_per_week is not None:
        least = band.hours_per_week.at_least
        bound = band.hours_per_week.not_at_least
        parts.append(
            _("{least} hours a week or more", least=least)
            if least
            else _("under {bound} hours, or not said", bound=bound)
        )
    return ", ".join(parts) or _("every job")


def _free_lines(book: RuleBook) -> Iterator[str]:
    if book.free.invitations:
        yield _("Answers to a client's invitation are free.")
    else:
        yield _("Answers to a client's invitation cost Connects like any other.")
    if book.free.private_cloud:
        yield _("Jobs in a private talent cloud, for its members, are free.")
    else:
        yield _("Jobs in a private talent cloud, for its members, cost Connects like any other.")
    if book.free.first_proposal:
        yield _("The first proposal to a job is free.")
    if book.free.client_record is not None:
        rule = book.free.client_record
        yield (
            _(
                "Letters to clients who leave jobs open cost up to {share} less,"
                " once {fewest_posts} of their jobs have ended.",
                share=share_text(rule.most_percent),
                fewest_posts=rule.fewest_posts,
            )
        )
    if book.free.newcomers is not None:
        few = book.free.newcomers
        yield _(
            "Your first {proposals} letters cost {share} of the price, rounded up.",
            proposals=few.proposals,
            share=share_text(few.percent),
        )


def _bundle_lines(book: RuleBook) -> Iterator[str]:
    for bundle in book.bundles.offers:
        words = (
            mark("{connects} Connects for {money} (agencies)")
            if bundle.agencies_only
            else mark("{connects} Connects for {money}")
        )
        yield _(words, connects=bundle.connects, money=_money(book, bundle.price))
    if book.bundles.price_per_connect is not None:
        yield _("Any number at {money} each", money=_money(book, book.bundles.price_per_connect))
    if not book.bundles.offers and book.bundles.price_per_connect is None:
        yield _("You cannot buy Connects.")
    if book.bundles.paid_plans_only:
        yield _("Only members on a paid plan can buy.")


def _plan_lines(book: RuleBook) -> Iterator[str]:
    for plan in book.plans:
        price = plan_price(book, plan)
        yield _(
            "{title} ({price}): {by_kind} Connects per month",
            title=plan.title,
            price=price,
            by_kind=_by_kind(plan.connects_per_month),
        )
        if plan.rolls_over == _NONE:
            yield _("{title}: nothing rolls over into the next month", title=plan.title)
        elif plan.rolls_over is not None:
            yield _(
                "{title}: at most {by_kind} roll over into the next month",
                title=plan.title,
                by_kind=_by_kind(plan.rolls_over),
            )
        if plan.drip is not None:
            yield (
                _(
                    "{title}: one Connect every {hours} hours, until you have {by_kind} of"
                    " the plan's own",
                    title=plan.title,
                    hours=_hours(plan.drip.every_minutes),
                    by_kind=_by_kind(plan.drip.quota),
                )
            )
        if plan.balance is not None:
            yield _(
                "{title}: you can have at most {by_kind} Connects",
                title=plan.title,
                by_kind=_by_kind(plan.balance),
            )
    yield _(_PRORATING[book.cycles.prorating])
    if book.cycles.upgrade_fills_quota:
        yield _("You also get the difference of the two plans' limits at once.")
    if not book.cycles.ended_plan_rolls_over:
        yield _("When a plan ends, the plan that follows decides how many roll over.")
    dunning = book.payment.dunning
    yield _(_FAILED[book.payment.failed_renewal], tries=dunning.tries, days=dunning.days)


def plan_price(book: RuleBook, plan: Plan) -> str:
    """What a month of a plan costs, in words; agencies apart where they pay another price."""
    prices = plan.price_per_month
    words = (
        _("free")
        if not prices.freelancer
        else _("{money} a month", money=_money(book, prices.freelancer))
    )
    if prices.freelancer == prices.agency:
        return words
    return _("{words}, agencies {money} a month", words=words, money=_money(book, prices.agency))


_PRORATING = {
    "none": mark("A more expensive plan begins a new month that day, for its full price."),
    "by_days": mark(
        "For a more expensive plan you pay, and get, the difference for the days that are left."
    ),
    "difference": mark("For a more expensive plan you pay, and get, the whole difference at once."),
}

_FAILED = {
    "at_once": mark("If a monthly payment fails, your membership ends at once."),
    "dunning": (
        mark(
            "If a monthly payment fails, we try {tries} times in {days} days."
            " Then your membership ends."
        )
    ),
}


def _hours(minutes: int) -> str:
    return f"{minutes / 60:g}"


def _by_kind(numbers: ByKind) -> str:
    if numbers.freelancer == numbers.agency:
        return str(numbers.freelancer)
    return _(
        "{freelancer} (agencies {agency})", freelancer=numbers.freelancer, agency=numbers.agency
    )


def _grant_lines(book: RuleBook) -> Iterator[str]:
    if book.grants.signup == _NONE:
        yield _("Newcomers get no Connects to start with.")
    else:
        yield _("Newcomers get {by_kind} Connects, once.", by_kind=_by_kind(book.grants.signup))
    for grant in book.grants.badges:
        badges = _(" or ").join(grant.badges)
        yield (
            _(
                "{connects} Connects, once, for {badges}, within {within_days} days of"
                " the account's move to these rules.",
                connects=grant.connects,
                badges=badges,
                within_days=grant.within_days,
            )
        )
    reward = book.grants.interview
    if reward is not None:
        yield from _interview_lines(reward)


def _interview_lines(reward: InterviewReward) -> Iterator[str]:
    words = (
        mark(
            "{connects} Connects for an interview that a paid proposal won and you answered, at most"
            " {at_most} in any {in_days} days."
        )
        if reward.needs_answer
        else mark(
            "{connects} Connects for an interview that a paid proposal won, at most {at_most} in any"
            " {in_days} days."
        )
    )
    yield _(words, connects=reward.connects, at_most=reward.at_most, in_days=reward.in_days)
    if reward.client_verified:
        yield _("No Connects for interviews with clients whose payment method is not verified.")
    if reward.not_over_paid:
        yield _("An interview never brings more than its proposal cost.")
    if reward.vests_after_days:
        yield _(
            "They arrive {vests_after_days} days after the interview.",
            vests_after_days=reward.vests_after_days,
        )
    if reward.taken_back_if_returned:
        yield _(
            "If the proposal's Connects come back to you, we take those for its interview back."
        )


def _limit_lines(book: RuleBook) -> Iterator[str]:
    if book.limits.balance is None:
        if all(plan.balance is None for plan in book.plans):
            yield _("There is no limit.")
        else:
            yield _("Each plan has a limit of its own.")
        return
    yield _("At most {by_kind} Connects.", by_kind=_by_kind(book.limits.balance))
    if not book.limits.counts_plan_connects:
        yield _("The Connects that come with a plan do not count towards it.")


def _expiry_lines(book: RuleBook) -> Iterator[str]:
    if book.expiry.years is None:
        yield _("Connects do not expire.")
        return
    years = _("one year") if book.expiry.years == 1 else _("{years} years", years=book.expiry.years)
    days = _(" and ").join(map(str, book.expiry.notice_days))
    yield _(
        "Connects expire {years} after you got them. We tell you {days} days before.",
        years=years,
        days=days,
    )


_ENDS = {
    ReturnCause.CLOSED_WITHOUT_HIRE: mark("The client closes the job without hiring"),
    ReturnCause.CLOSED_LATE: mark("The client closes it later"),
    ReturnCause.CLOSED_AFTER_HIRE: mark("The client hires someone else and closes the job"),
    ReturnCause.REMOVED_FOR_TERMS: mark("We remove the job because it broke our rules"),
    ReturnCause.CLIENT_SUSPENDED: mark("We suspend the client"),
    ReturnCause.NEVER_CLOSED: mark("The client neither hires nor closes"),
}


def _end_words(returns: Returns, cause: ReturnCause) -> str:
    if cause is ReturnCause.CLOSED_WITHOUT_HIRE and returns.closed_late is not None:
        return _(
            "{value}, within {after_days} days of posting it",
            value=_(_ENDS[cause]),
            after_days=returns.closed_late.after_days,
        )
    return _(_ENDS[cause])


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
                _(
                    "{end_words}: {back} of a proposal that was not opened,"
                    " {back_opened} of one that was, {back_engaged} after a short list"
                    " or a message.",
                    end_words=_end_words(returns, cause),
                    back=_percent_words(share.unopened),
                    back_opened=_percent_words(share.opened),
                    back_engaged=_percent_words(share.engaged),
                )
            )
    if returns.unread is not None:
        yield (
            _(
                "The client has not opened your proposal within {span}: {back}.",
                span=span_text(returns.unread.after_hours),
                back=_percent_words(returns.unread.percent),
            )
        )
    if returns.invited_later:
        yield _(
            "You paid and are invited afterwards: {back}.",
            back=_percent_words(returns.invited_later),
        )
    if returns.withdrawn is not None:
        yield (
            _(
                "You withdraw an unopened proposal within {within_minutes} minutes: {back}.",
                within_minutes=returns.withdrawn.within_minutes,
                back=_percent_words(returns.withdrawn.percent),
            )
        )
    else:
        yield _("You withdraw your proposal: nothing comes back.")
    yield _again_line(book)
    if not returns.removed_after_withdrawal:
        yield _("If you withdraw, nothing comes back when we remove the job later, either.")
    yield from _silence_lines(book)


def _again_line(book: RuleBook) -> str:
    if not book.sends_again:
        return _("Once you withdraw, you cannot write to the same job again.")
    if book.again_free_if_free:
        return _(
            "Once you withdraw, you can write to the same job again, which is free if the first one was."
        )
    return _("Once you withdraw, you can write to the same job again.")


def _silence_lines(book: RuleBook) -> Iterator[str]:
    if book.posts is None:
        return
    if book.posts.silent_after_days is not None:
        yield (
            _(
                "If a client does nothing about a job for {silent_after_days} days, we"
                " close it, after {reminders} reminders.",
                silent_after_days=book.posts.silent_after_days,
                reminders=len(book.posts.reminders_after_days),
            )
        )
    if book.posts.expires_after_days is not None:
        yield _(
            "A job without a hire ends after {expires_after_days} days.",
            expires_after_days=book.posts.expires_after_days,
        )


def span_text(hours: int) -> str:
    """A number of hours, in days where people would count it so."""
    if hours % 24 == 0 and hours > 48:
        return ngettext("{n} day", "{n} days", hours // 24)
    return ngettext("{n} hour", "{n} hours", hours)


def _percent_words(percent: int) -> str:
    if not percent:
        return _("nothing comes back")
    if percent == 100:
        return _("all Connects come back")
    return _("{share} comes back", share=share_text(percent))

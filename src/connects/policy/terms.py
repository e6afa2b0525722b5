"""A rule book: the versioned, dated, unchanging terms that a marketplace runs under.

Each clause is a table of the TOML file and says its source. `docs/rule-books.md` explains every key.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, StrictStr, model_validator

from connects.policy.card import PriceCard
from connects.policy.clause import (
    CentsFromText,
    Clause,
    Count,
    Percent,
    Positive,
    Terms,
    in_its_place,
    names_of_their_own,
)
from connects.policy.projection import ValueRules
from connects.policy.returns import Returns
from connects.vocabulary.amounts import Cents, Connects
from connects.vocabulary.moments import add_years
from connects.vocabulary.parties import AccountKind

BOOK_NAME = r"^[a-z0-9][a-z0-9-]{0,60}$"
Name = Annotated[StrictStr, Field(pattern=BOOK_NAME)]


def _as_said(title: str) -> str:
    """A title as sentences carry it: `Fair Connects 2026`, without the comma before a year."""
    return re.sub(r", (?=\d{4}$)", " ", title)


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class ByKind(Terms):
    """A number for freelancers and one for agencies."""

    freelancer: Count
    agency: Count

    def of(self, kind: AccountKind) -> Connects:
        return self.agency if kind is AccountKind.AGENCY else self.freelancer


class MoneyByKind(Terms):
    """An amount for freelancers and one for agencies; written as one amount where they are equal."""

    freelancer: CentsFromText
    agency: CentsFromText

    @model_validator(mode="before")
    @classmethod
    def _one_for_both(cls, value: Any) -> Any:
        return {"freelancer": value, "agency": value} if isinstance(value, str) else value

    def of(self, kind: AccountKind) -> Cents:
        return self.agency if kind is AccountKind.AGENCY else self.freelancer


class Newcomers(Terms):
    """The first `proposals` of an account cost `percent` of their price, rounded up."""

    proposals: Positive
    percent: Percent


class ClientRecordDiscount(Terms):
    """Proposals to clients who leave posts open cost up to `most_percent` less, never more.

    The share of posts left open, times `most_percent`, is taken off, once `fewest_posts` have ended.
    """

    most_percent: Percent
    fewest_posts: Positive


class FreeProposals(Clause):
    """Which proposals cost nothing, or less than the card says.

    `first_proposal`: whether the first proposal to a job is free.
    """

    invitations: StrictBool
    private_cloud: StrictBool
    first_proposal: StrictBool = False
    newcomers: Newcomers | None = None
    client_record: ClientRecordDiscount | None = None


class ProposalRules(Clause):
    """Which proposals a job takes. Without this clause it takes one of each account.

    `send_again`: whether who withdrew may send another proposal to the same job. `again_free_if_free`:
    whether that one is free where the one that was withdrawn was.
    """

    send_again: StrictBool = False
    again_free_if_free: StrictBool = False

    @model_validator(mode="after")
    def _free_only_where_sent(self) -> ProposalRules:
        if self.again_free_if_free and not self.send_again:
            raise ValueError("send_again = true where again_free_if_free is")
        return self


class Bundle(Terms):
    """Connects that are sold together, and their price in all."""

    connects: Positive
    price: CentsFromText
    agencies_only: StrictBool = False


class BundleRules(Clause):
    """What is for sale: bundles, or any number at a price for each."""

    offers: list[Bundle] = []
    price_per_connect: CentsFromText | None = None
    paid_plans_only: StrictBool = False

    @model_validator(mode="after")
    def _each_size_once(self) -> BundleRules:
        sizes = [bundle.connects for bundle in self.offers]
        if len(sizes) != len(set(sizes)):
            raise ValueError("each size of bundle once")
        return self

    def offered_to(self, kind: AccountKind) -> tuple[Bundle, ...]:
        """The bundles that an account of that kind may buy."""
        return tuple(b for b in self.offers if kind is AccountKind.AGENCY or not b.agencies_only)

    def price_of(self, credits: Connects, kind: AccountKind) -> Cents | None:
        """What that many Connects cost in all, in cents; None where they are not sold."""
        for bundle in self.offered_to(kind):
            if bundle.connects == credits:
                return bundle.price
        if self.price_per_connect is None or not 1 <= credits <= 10_000:
            return None
        return self.price_per_connect * credits


class Drip(Terms):
    """One Connect every so many minutes, until the plan's own Connects fill the quota."""

    every_minutes: Positive
    quota: ByKind


class Plan(Clause):
    """A membership. `rolls_over` is the most that is carried into the next cycle; left out: all.

    `balance` is the most that a member on this plan may hold, in place of the limits clause's.
    """

    name: Name
    title: Annotated[StrictStr, Field(min_length=1, max_length=60)]
    price_per_month: MoneyByKind
    connects_per_month: ByKind
    rolls_over: ByKind | None = None
    balance: ByKind | None = None
    drip: Drip | None = None

    @property
    def is_free(self) -> bool:
        """Whether it is free, for every kind of account."""
        return self.price_per_month.freelancer == self.price_per_month.agency == 0

    def price(self, kind: AccountKind) -> Cents:
        """What a month costs an account of that kind."""
        return self.price_per_month.of(kind)

    def monthly_connects(self, kind: AccountKind) -> Connects:
        return self.connects_per_month.of(kind)

    def rollover(self, kind: AccountKind) -> Connects | None:
        """The most that an account of that kind carries into the next cycle; None: all."""
        return None if self.rolls_over is None else self.rolls_over.of(kind)

    def quota(self, kind: AccountKind) -> Connects:
        """Up to how many Connects drip in; 0 on a plan without a drip."""
        return 0 if self.drip is None else self.drip.quota.of(kind)


class Cycles(Clause):
    """What happens when a member moves to a more expensive plan within a cycle, or a plan ends.

    `prorating`: "none" begins a new cycle at once, with the full price and the full Connects; "by_days"
    keeps the cycle and takes the differences by the days that are left of it; "difference" keeps the
    cycle and takes the whole differences. `ended_plan_rolls_over`: whether the rollover of a plan that
    ends still counts where it is better than that of the plan that follows. `upgrade_fills_quota`:
    whether an upgrade brings the difference of the two plans' drip quotas at once.
    """

    prorating: Literal["none", "by_days", "difference"]
    ended_plan_rolls_over: StrictBool = True
    upgrade_fills_quota: StrictBool = False


class BadgeGrant(Terms):
    """Connects for holders of one of the badges when their account moves to this rule book.

    Grants of one `name` are made once in an account's life, whichever rule book makes them.
    """

    name: Name = "badges"
    badges: Annotated[tuple[StrictStr, ...], BeforeValidator(_as_tuple), Field(min_length=1)]
    connects: Positive
    within_days: Positive


class InterviewReward(Terms):
    """Connects for an interview that a paid proposal won; at most so many within any so many days.

    `needs_answer`: whether the freelancer must have answered the client's message. `client_verified`:
    whether nothing is given where the client's payment method is known not to be verified.
    `not_over_paid`: whether it is never more than the proposal cost. `vests_after_days`: it is issued
    only then. `taken_back_if_returned`: whether it goes when the proposal's Connects come back.
    """

    connects: Positive
    at_most: Positive
    in_days: Positive
    needs_answer: StrictBool = False
    client_verified: StrictBool = False
    not_over_paid: StrictBool = False
    vests_after_days: Count = 0
    taken_back_if_returned: StrictBool = False

    def earned(self, paid: Connects, given: Connects) -> Connects:
        """What an interview brings whose proposal cost `paid`, with `given` in the days before."""
        most = min(self.connects, paid) if self.not_over_paid else self.connects
        return min(most, max(self.at_most - given, 0))


class Grants(Clause):
    """What is given without being bought."""

    signup: ByKind
    badges: list[BadgeGrant] = []
    interview: InterviewReward | None = None

    def signup_connects(self, kind: AccountKind) -> Connects:
        return self.signup.of(kind)


class Limits(Clause):
    """How much may be held; without `balance` nothing limits it, unless a plan says otherwise.

    `counts_plan_connects`: whether the plan's own Connects count towards the limit. `trims_bought`:
    whether a rollover may take Connects that were bought.
    """

    balance: ByKind | None = None
    counts_plan_connects: StrictBool = True
    trims_bought: StrictBool


class Expiry(Clause):
    """When issued Connects expire, and how many days before that their owner is told."""

    years: Annotated[int, Field(ge=1, le=50, strict=True)] | None = None
    notice_days: Annotated[tuple[Positive, ...], BeforeValidator(_as_tuple)]

    def of_issue(self, issued: datetime) -> datetime | None:
        """When Connects issued at that instant expire: same date and time, years later; None: never."""
        return None if self.years is None else add_years(issued, self.years)


Country = Annotated[StrictStr, Field(pattern=r"^[A-Z]{2}$")]

PaymentSource = Literal["card", "prepaid", "paypal", "earnings"]


class Dunning(Terms):
    """How often a failed payment is tried in all, and over how many days the tries are spread."""

    tries: Annotated[int, Field(ge=2, le=10, strict=True)] = 3
    days: Annotated[int, Field(ge=1, le=27, strict=True)] = 7


class Payment(Clause):
    """How members may pay, and what happens when a membership's payment fails.

    `not_in`: the countries (ISO 3166) from which a method cannot be used. `failed_renewal`: "at_once"
    ends the membership with the first failure, "dunning" with the last try.
    """

    methods: Annotated[tuple[PaymentSource, ...], BeforeValidator(_as_tuple), Field(min_length=1)]
    not_in: dict[PaymentSource, Annotated[tuple[Country, ...], BeforeValidator(_as_tuple)]] = {}
    earnings_kept_back: CentsFromText
    failed_renewal: Literal["at_once", "dunning"]
    dunning: Dunning = Dunning()

    def allows(self, method: str, country: str) -> bool:
        """Whether members may pay so from that country; "" is one that is not known."""
        shut_out = next(
            (where for source, where in self.not_in.items() if str(source) == method), ()
        )
        return method in self.methods and country not in shut_out


class Posts(Clause):
    """What becomes of posts that their clients forget.

    After `silent_after_days` without an act of its client a post is closed; the client is reminded
    after each of `reminders_after_days`, and may open it again within `reopen_within_days`. A post
    without a hire ends `expires_after_days` after it was published. From `asks_from_proposals` on a post
    takes more proposals only when its client says so. What is left out does not happen.
    """

    silent_after_days: Positive | None = None
    reminders_after_days: Annotated[tuple[Positive, ...], BeforeValidator(_as_tuple)] = ()
    reopen_within_days: Count = 0
    expires_after_days: Positive | None = None
    asks_from_proposals: Positive | None = None


class Rollout(Clause):
    """How an account is told that it will move to this rule book."""

    notice_days: Count


class RuleBook(Clause):
    """The whole of it. `digest` is the SHA-256 of the file that it was read from."""

    name: Name
    version: Positive
    title: Annotated[StrictStr, Field(min_length=1, max_length=120), AfterValidator(_as_said)]
    effective: date
    currency: Literal["USD", "EUR", "GBP", "AUD", "CAD", "CHF", "JPY", "KRW", "KWD"]
    value: ValueRules
    card: PriceCard
    free: FreeProposals
    proposals: ProposalRules | None = None
    bundles: BundleRules
    plans: Annotated[list[Plan], Field(min_length=1)]
    cycles: Cycles
    grants: Grants
    limits: Limits
    expiry: Expiry
    returns: Returns
    posts: Posts | None = None
    payment: Payment
    rollout: Rollout
    digest: StrictStr = ""

    @model_validator(mode="after")
    def _plans_are_told_apart(self) -> RuleBook:
        wrong = names_of_their_own("plans", [plan.name for plan in self.plans])
        if not any(plan.is_free for plan in self.plans):
            wrong.append((("plans",), "a plan without a price, for everyone to begin on", "none"))
        if wrong:
            raise in_its_place(*wrong)
        return self

    @property
    def label(self) -> str:
        """Name and version, as journal lines say them."""
        return f"{self.name}@{self.version}"

    @property
    def default_plan(self) -> str:
        """The plan that everyone begins on: the first one without a price."""
        return next(plan.name for plan in self.plans if plan.is_free)

    @property
    def sends_again(self) -> bool:
        """Whether who withdrew a proposal may send its job another."""
        return self.proposals is not None and self.proposals.send_again

    @property
    def again_free_if_free(self) -> bool:
        """Whether one that is sent again is free where the one that was withdrawn was."""
        return self.proposals is not None and self.proposals.again_free_if_free

    def plan(self, name: str) -> Plan:
        """The plan of that name. Raises KeyError where there is none."""
        for plan in self.plans:
            if plan.name == name:
                return plan
        raise KeyError(name)

    def has_plan(self, name: str) -> bool:
        return any(plan.name == name for plan in self.plans)

    def balance_limit(self, plan: str, kind: AccountKind) -> Connects | None:
        """The most that an account of that kind may hold on that plan; None: no limit."""
        balance = self.plan(plan).balance or self.limits.balance
        return None if balance is None else balance.of(kind)

    def plan_or_default(self, name: str) -> Plan:
        """The plan of that name, or the one that everyone begins on where this rule book has none."""
        return self.plan(name if self.has_plan(name) else self.default_plan)

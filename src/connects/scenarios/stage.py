"""The stage: each verb calls the very service that the pages call.

Names in a story (`ana`, `logo`) become rows; a service's refusal is handed back as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, TypeAlias

from connects.bootstrap.clock import now as clock_now
from connects.market.earnings import services as earnings
from connects.market.grants import badges, courtesy
from connects.market.jobs import clouds, ending
from connects.market.jobs import services as jobs
from connects.market.jobs.facts import fields_of
from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import CloseReason, Cloud, Job
from connects.market.moderation import services as moderation
from connects.market.moderation.models import FlagReason
from connects.market.payments.methods import set_method
from connects.market.people import services as people
from connects.market.people import teams
from connects.market.people.models import Account
from connects.market.plans import services as plans
from connects.market.proposals import client_acts, invitations, messages, withdrawing
from connects.market.proposals import services as proposals
from connects.market.proposals.models import Proposal
from connects.market.proposals.selectors import own_proposal, proposal_for_agency
from connects.market.purchases import services as purchases
from connects.market.rollout import moves
from connects.market.settlement import refunds
from connects.vocabulary.facts import JobKind, Level, Range
from connects.vocabulary.moments import as_moment, parse_span
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import RefusalCode, Refused


class UnknownNameError(LookupError):
    """A step speaks of someone or something that the story has not brought in."""


@dataclass(slots=True)
class Stage:
    """Who and what a story has brought in so far, by its names for them."""

    policy: str
    accounts: dict[str, Account] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    purchases: dict[str, Any] = field(default_factory=dict)
    clouds: dict[str, Cloud] = field(default_factory=dict)

    def account(self, name: str) -> Account:
        account: Account = _known(self.accounts, name, "account")
        account.refresh_from_db()
        return account

    def job(self, name: str) -> Job:
        """The job as it stands now."""
        job: Job = _known(self.jobs, name, "job")
        job.refresh_from_db()
        return job

    def proposal(self, keys: Mapping[str, Any]) -> Proposal:
        account, job = self.account(keys["account"]), self.job(keys["job"])
        found = own_proposal(account, job) or proposal_for_agency(account, job)
        if found is None:
            raise UnknownNameError(f"{keys['account']} has sent no proposal to {keys['job']}")
        return found


Verb: TypeAlias = Callable[[Stage, int, Mapping[str, Any]], object]


def _known(names: dict[str, Any], name: str, what: str) -> Any:
    if name not in names:
        raise UnknownNameError(f"no {what} {name!r} in this story so far")
    return names[name]


def _invalid(key: str, problem: str) -> Refused:
    return Refused(RefusalCode.INVALID, {"field": key, "problem": problem})


def _cents(amount: int | Decimal) -> int:
    return int(Decimal(amount) * 100)


def register(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    if keys["kind"] not in set(AccountKind):
        return _invalid("kind", "unknown")
    answer = people.register(
        people.Registration(
            name=keys["account"],
            handle=keys["account"],
            kind=AccountKind(keys["kind"]),
            country=keys.get("country", ""),
            rule_book=keys.get("policy", stage.policy),
            badges=tuple(keys.get("badges", ())),
        )
    )
    if isinstance(answer, Account):
        stage.accounts[keys["account"]] = answer
        if "owner" in keys:
            return teams.join_team(stage.account(keys["owner"]), answer, Role.AGENCY_OWNER)
    return answer


def join(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return teams.join_team(stage.account(keys["account"]), stage.account(keys["agency"]))


def leave(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return teams.leave_team(stage.account(keys["account"]), stage.account(keys["agency"]))


def cloud(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    members = [stage.account(name) for name in keys["members"]]
    answer = clouds.make_cloud(keys["name"], stage.account(keys["client"]), members)
    if isinstance(answer, Cloud):
        stage.clouds[keys["name"]] = answer
    return answer


def badge(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    if ("add" in keys) == ("remove" in keys):
        return _invalid("badge", "required")
    if "add" in keys:
        return badges.add_badge(account, keys["add"])
    return badges.remove_badge(account, keys["remove"])


def enrol(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    return moves.enrol(account, keys["policy"], notice=keys.get("notice", True))


def subscribe(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    return plans.subscribe(account, keys["plan"], f"step-{number}", keys.get("pay_with"))


def cancel(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return plans.cancel(stage.account(keys["account"]), keys.get("plan"))


def method(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    set_method(account, keys.get("default"), keys.get("declines"))
    return account


def buy(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    credits = keys.get("bundle", keys.get("credits"))
    if credits is None:
        return _invalid("bundle", "required")
    answer = purchases.order(account, credits, f"step-{number}", keys.get("pay_with"))
    if "as" in keys and not isinstance(answer, Refused):
        stage.purchases[keys["as"]] = answer
    return answer


def refund(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return refunds.refund(_known(stage.purchases, keys["purchase"], "purchase"), None, "")


def chargeback(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return refunds.charge_back(_known(stage.purchases, keys["purchase"], "purchase"))


def earn(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    return earnings.credit(account, _cents(keys["amount"]), f"step-{number}")


def reserve(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return earnings.keep_back(stage.account(keys["account"]), _cents(keys["amount"]))


def payout(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    cents = _cents(keys["amount"]) if "amount" in keys else None
    return earnings.withdraw(stage.account(keys["account"]), f"step-{number}", cents)


def grant(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    expires = as_moment(keys["expires"]) if "expires" in keys else None
    return courtesy.grant(account, keys["credits"], keys["reason"], None, f"step-{number}", expires)


def _post_fields(keys: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of `post` and `edit`, as the fields of a post."""
    fields: dict[str, Any] = {}
    if "kind" in keys:
        fields["kind"] = JobKind(keys["kind"])
    if "budget" in keys:
        fields["budget_cents"] = _cents(keys["budget"])
    if "hourly" in keys:
        fields["hourly_min_cents"], fields["hourly_max_cents"] = map(_cents, keys["hourly"])
    if "duration" in keys:
        fields["duration"] = Range.exactly(parse_span(keys["duration"]).days)
    if "hours_per_week" in keys:
        fields["hours_per_week"] = Range.exactly(keys["hours_per_week"])
    if "level" in keys:
        fields["level"] = Level(keys["level"])
    if "category" in keys:
        fields["category"] = keys["category"]
    return fields


def _unknown_word(keys: Mapping[str, Any]) -> Refused | None:
    for key, words in (("kind", set(JobKind)), ("level", set(Level))):
        if key in keys and keys[key] not in words:
            return _invalid(key, "unknown")
    return None


def post(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    client = stage.account(keys["client"])
    unknown = _unknown_word(keys)
    if unknown is not None:
        return unknown
    cloud = _known(stage.clouds, keys["cloud"], "cloud") if "cloud" in keys else None
    answer = jobs.post(JobFields(title=keys["job"], **_post_fields(keys)), client, cloud)
    if isinstance(answer, Job):
        stage.jobs[keys["job"]] = answer
    return answer


def edit(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    job = stage.job(keys["job"])
    unknown = _unknown_word(keys)
    if unknown is not None:
        return unknown
    return jobs.edit(job, replace(fields_of(job), **_post_fields(keys)), job.client)


def demand(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    index = Decimal(keys["index"]) * 1000
    if index < 0:
        return _invalid("index", "negative")
    # Rounded away from the average, so that 1.0001 is still above it.
    rounding = ROUND_CEILING if index > 1000 else ROUND_FLOOR
    jobs.set_demand(keys["category"], int(index.to_integral_value(rounding)))
    return keys["category"]


def quote(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    job, account = stage.job(keys["job"]), stage.account(keys["account"])
    if "as_agency" not in keys:
        return proposals.quote(job, account)
    agency = stage.account(keys["as_agency"])
    if teams.member_of(agency, account, clock_now()) is None:
        return Refused(RefusalCode.NOT_MEMBER, {"agency": agency.name})
    return proposals.quote(job, agency)


def invite(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    job = stage.job(keys["job"])
    return invitations.invite(job, stage.account(keys["account"]), job.client)


def decline_invite(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return invitations.decline_invitation(stage.job(keys["job"]), stage.account(keys["account"]))


def withdraw(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return withdrawing.withdraw(stage.proposal(keys), stage.account(keys["account"]))


def propose(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    form = proposals.ProposalForm(
        key=keys.get("key", f"step-{number}"),
        max_connects=keys.get("max_connects"),
        agency=stage.account(keys["as_agency"]) if "as_agency" in keys else None,
    )
    return proposals.submit(stage.job(keys["job"]), stage.account(keys["account"]), form)


def _client_act(act: Callable[[Proposal, Account], object]) -> Verb:
    """A verb by which the client does something with a proposal."""

    def play(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
        return act(stage.proposal(keys), stage.job(keys["job"]).client)

    return play


def answer(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return messages.answer(stage.proposal(keys), stage.account(keys["account"]), "Yes.")


def verify_client(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return people.note_payment_verified(stage.account(keys["account"]))


def close(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    job = stage.job(keys["job"])
    reason = keys.get("reason", CloseReason.NOT_HIRING.value)
    if reason not in CloseReason.values:
        return _invalid("reason", "unknown")
    return ending.close(job, job.client, CloseReason(reason))


def flag(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    job, said = stage.job(keys["job"]), keys.get("reason", FlagReason.OTHER.value)
    is_reason = said in FlagReason.values
    reason = FlagReason(said) if is_reason else FlagReason.OTHER
    if "by" not in keys:
        return moderation.flag_by_system(job, reason, said, clock_now())
    text = "" if is_reason else said
    return moderation.flag(job, stage.account(keys["by"]), reason, text)


def remove(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    said = f"broke the terms {keys.get('by', '')}".strip()
    return moderation.uphold(stage.job(keys["job"]), None, keys.get("reason", said))


def dismiss(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return moderation.dismiss(stage.job(keys["job"]), None, keys.get("reason", ""))


def suspend(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return moderation.suspend(stage.account(keys["account"]), None, "")


def wait(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    """Time has been moved on already, before the verb was played."""
    return keys["for"]


PLAY: dict[str, Verb] = {
    "register": register,
    "badge": badge,
    "enrol": enrol,
    "subscribe": subscribe,
    "cancel": cancel,
    "method": method,
    "buy": buy,
    "refund": refund,
    "chargeback": chargeback,
    "earn": earn,
    "reserve": reserve,
    "payout": payout,
    "grant": grant,
    "post": post,
    "edit": edit,
    "demand": demand,
    "join": join,
    "leave": leave,
    "cloud": cloud,
    "invite": invite,
    "decline_invite": decline_invite,
    "quote": quote,
    "propose": propose,
    "withdraw": withdraw,
    "flag": flag,
    "dismiss": dismiss,
    "suspend": suspend,
    "open": _client_act(client_acts.open_proposal),
    "shortlist": _client_act(client_acts.shortlist),
    "message": _client_act(client_acts.message),
    "answer": answer,
    "verify_client": verify_client,
    "decline": _client_act(client_acts.decline),
    "hire": _client_act(client_acts.hire),
    "close": close,
    "remove": remove,
    "wait": wait,
}

"""Jobs: posted, edited, ended, flagged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from connects.acts.jobs import end, set_demand
from connects.acts.jobs import flag as flagging
from connects.acts.jobs import publish as jobs
from connects.acts.jobs import reopen as reopening
from connects.acts.proposals import appeal as appeals
from connects.acts.staff import moderate as moderation
from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.facts import fields_of
from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import CloseReason, Job
from connects.market.moderation.models import FlagReason
from connects.market.people.models import Account
from connects.scenarios.stage import Stage, UnknownNameError, Verb, own_cents, row_named
from connects.vocabulary.facts import JobKind, Level, Range
from connects.vocabulary.moments import parse_span
from connects.vocabulary.parties import Role
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid


def _post_fields(keys: Mapping[str, Any], client: Account) -> dict[str, Any]:
    """The keys of `post` and `edit`, as the fields of a client's post."""
    fields: dict[str, Any] = {}
    if "kind" in keys:
        fields["kind"] = JobKind(keys["kind"])
    if "budget" in keys:
        fields["budget_cents"] = own_cents(client, keys["budget"])
    if "budget_open" in keys:
        fields["budget_open"] = keys["budget_open"]
    if "hourly" in keys:
        fields["hourly_min_cents"], fields["hourly_max_cents"] = (
            own_cents(client, rate) for rate in keys["hourly"]
        )
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
            return invalid(Problem.UNKNOWN, field=key)
    return None


def post(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    client = stage.account(keys["client"])
    unknown = _unknown_word(keys)
    if unknown is not None:
        return unknown
    cloud = row_named(stage.clouds, keys["cloud"], "cloud") if "cloud" in keys else None
    answer = jobs.post(JobFields(title=keys["job"], **_post_fields(keys, client)), client, cloud)
    if isinstance(answer, Job):
        stage.jobs[keys["job"]] = answer
    return answer


def edit(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    job = stage.job(keys["job"])
    unknown = _unknown_word(keys)
    if unknown is not None:
        return unknown
    return jobs.edit(job, replace(fields_of(job), **_post_fields(keys, job.client)), job.client)


def demand(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    index = Decimal(keys["index"]) * 1000
    if index < 0:
        return invalid(Problem.NEGATIVE, field="index")
    # Rounded away from the average, so that 1.0001 is still above it.
    rounding = ROUND_CEILING if index > 1000 else ROUND_FLOOR
    set_demand.set_demand(keys["category"], int(index.to_integral_value(rounding)))
    return keys["category"]


def close(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    job = stage.job(keys["job"])
    reason = keys.get("reason", CloseReason.NOT_HIRING.value)
    if reason not in CloseReason.values:
        return invalid(Problem.UNKNOWN, field="reason")
    return end.close(job, job.client, CloseReason(reason))


def flag(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    job, said = stage.job(keys["job"]), keys.get("reason", FlagReason.OTHER.value)
    is_reason = said in FlagReason.values
    reason = FlagReason(said) if is_reason else FlagReason.OTHER
    if "by" not in keys:
        return flagging.flag_by_system(job, reason, said, clock_now())
    text = "" if is_reason else said
    return flagging.flag_job(job, stage.account(keys["by"]), reason, text)


def remove(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    said = f"broke the terms {keys.get('by', '')}".strip()
    return moderation.uphold_flags(stage.job(keys["job"]), None, keys.get("reason", said))


def dismiss(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return moderation.dismiss_flags(stage.job(keys["job"]), None, keys.get("reason", ""))


def reopen(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    job = stage.job(keys["job"])
    return reopening.reopen(job, job.client)


def appeal(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    proposal, account = stage.proposal(keys), stage.account(keys["account"])
    return appeals.file_appeal(proposal, account, keys.get("reason", "Please look at it again."))


def decide(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    found = appeals.appeal_of(stage.proposal(keys))
    if found is None:
        raise UnknownNameError(f"{keys['account']} has not appealed about {keys['job']}")
    if keys["outcome"] not in ("return", "keep"):
        return invalid(Problem.UNKNOWN, field="outcome")
    first, second = (stage.staff(Role.MODERATOR, name) for name in ("first", "second"))
    grants = keys["outcome"] == "return"
    proposed = appeals.propose_decision(found, first, "decided in the story", grants=grants)
    if isinstance(proposed, Refused):
        return proposed
    return appeals.decide_appeal(proposed, second, agrees=True)


PLAY: dict[str, Verb] = {
    "post": post,
    "edit": edit,
    "demand": demand,
    "close": close,
    "flag": flag,
    "remove": remove,
    "dismiss": dismiss,
    "reopen": reopen,
    "appeal": appeal,
    "decide": decide,
}

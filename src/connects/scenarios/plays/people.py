"""People and accounts: who takes part, in which team and cloud, under which rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connects.market.grants import badges
from connects.market.jobs import clouds
from connects.market.jobs.models import Cloud
from connects.market.moderation import services as moderation
from connects.market.people import services as people
from connects.market.people import teams
from connects.market.people.models import Account
from connects.market.plans import freezing
from connects.market.proposals.limits import set_spending_limit
from connects.market.rollout import moves
from connects.scenarios.stage import Stage, Verb, invalid
from connects.vocabulary.parties import AccountKind, Role


def register(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    if keys["kind"] not in set(AccountKind):
        return invalid("kind", "unknown")
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
        return invalid("badge", "required")
    if "add" in keys:
        return badges.add_badge(account, keys["add"])
    return badges.remove_badge(account, keys["remove"])


def enrol(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    return moves.enrol(account, keys["policy"], notice=keys.get("notice", True))


def suspend(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return moderation.suspend(stage.account(keys["account"]), None, "")


def verify_client(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return people.note_payment_verified(stage.account(keys["account"]))


def reinstate(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return moderation.reinstate(stage.account(keys["account"]), None, "")


def freeze(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return freezing.freeze(stage.account(keys["account"]))


def revive(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return freezing.revive(stage.account(keys["account"]))


def limit(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account, most = stage.account(keys["account"]), keys["connects"]
    if most < 0:
        return invalid("connects", "negative")
    if "member" in keys:
        member = stage.account(keys["member"])
        return teams.set_member_terms(account, member, most, may_spend=True)
    set_spending_limit(account, most)
    return account


PLAY: dict[str, Verb] = {
    "register": register,
    "join": join,
    "leave": leave,
    "cloud": cloud,
    "badge": badge,
    "enrol": enrol,
    "suspend": suspend,
    "verify_client": verify_client,
    "reinstate": reinstate,
    "freeze": freeze,
    "revive": revive,
    "limit": limit,
}

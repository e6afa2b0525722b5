"""People and accounts: who takes part, and under which rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connects.acts.accounts import register as people
from connects.acts.accounts import team
from connects.acts.credits import award_badge
from connects.acts.memberships import freeze as freezing
from connects.acts.rules import move_accounts
from connects.acts.staff import moderate as moderation
from connects.market.people.models import Account
from connects.scenarios.stage import Stage, Verb
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import invalid


def register(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    if keys["kind"] not in set(AccountKind):
        return invalid(Problem.UNKNOWN, field="kind")
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
            return team.join_team(stage.account(keys["owner"]), answer, Role.AGENCY_OWNER)
    return answer


def badge(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    if ("add" in keys) == ("remove" in keys):
        return invalid(Problem.REQUIRED, field="badge")
    if "add" in keys:
        return award_badge.add_badge(account, keys["add"])
    return award_badge.remove_badge(account, keys["remove"])


def enrol(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    return move_accounts.enrol(account, keys["policy"], notice=keys.get("notice", True))


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


PLAY: dict[str, Verb] = {
    "register": register,
    "badge": badge,
    "enrol": enrol,
    "suspend": suspend,
    "verify_client": verify_client,
    "reinstate": reinstate,
    "freeze": freeze,
    "revive": revive,
}

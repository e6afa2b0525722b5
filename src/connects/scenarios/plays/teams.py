"""Teams and clouds: who acts for whom, within which limit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connects.acts.accounts import team
from connects.acts.accounts.leave_team import leave_team
from connects.acts.accounts.set_member_terms import set_member_terms
from connects.acts.jobs import make_cloud
from connects.acts.proposals.limit_spending import set_spending_limit
from connects.market.jobs.models import Cloud
from connects.scenarios.stage import Stage, Verb
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import invalid


def join(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return team.join_team(stage.account(keys["account"]), stage.account(keys["agency"]))


def leave(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return leave_team(stage.account(keys["account"]), stage.account(keys["agency"]))


def cloud(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    members = [stage.account(name) for name in keys["members"]]
    answer = make_cloud.make_cloud(keys["name"], stage.account(keys["client"]), members)
    if isinstance(answer, Cloud):
        stage.clouds[keys["name"]] = answer
    return answer


def limit(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account, most = stage.account(keys["account"]), keys["connects"]
    if most < 0:
        return invalid(Problem.NEGATIVE, field="connects")
    if "member" in keys:
        member = stage.account(keys["member"])
        return set_member_terms(account, member, most, may_spend=True)
    set_spending_limit(account, most)
    return account


PLAY: dict[str, Verb] = {
    "join": join,
    "leave": leave,
    "cloud": cloud,
    "limit": limit,
}

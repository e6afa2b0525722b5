"""Money: memberships, purchases, what goes back, earnings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connects.market.earnings import services as earnings
from connects.market.payments.methods import set_method
from connects.market.plans import services as plans
from connects.market.purchases import services as purchases
from connects.market.settlement import refunds
from connects.scenarios.stage import Stage, Verb, cents_of, invalid, known
from connects.vocabulary.refusals import Refused


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
        return invalid("bundle", "required")
    answer = purchases.order(account, credits, f"step-{number}", keys.get("pay_with"))
    if "as" in keys and not isinstance(answer, Refused):
        stage.purchases[keys["as"]] = answer
    return answer


def refund(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return refunds.refund(known(stage.purchases, keys["purchase"], "purchase"), None, "")


def chargeback(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return refunds.charge_back(known(stage.purchases, keys["purchase"], "purchase"))


def earn(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    return earnings.credit(account, cents_of(keys["amount"]), f"step-{number}")


def reserve(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return earnings.keep_back(stage.account(keys["account"]), cents_of(keys["amount"]))


def payout(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    cents = cents_of(keys["amount"]) if "amount" in keys else None
    return earnings.withdraw(stage.account(keys["account"]), f"step-{number}", cents)


PLAY: dict[str, Verb] = {
    "subscribe": subscribe,
    "cancel": cancel,
    "method": method,
    "buy": buy,
    "refund": refund,
    "chargeback": chargeback,
    "earn": earn,
    "reserve": reserve,
    "payout": payout,
}

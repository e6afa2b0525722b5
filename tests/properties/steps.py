"""What may happen in a member's life, as steps: a verb of stories and its keys, each with its choices.

Where a story would name a job or a payment, a step has a number: whichever of those that there are.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any, TypeAlias

from connects.policy.parse import parse_rule_book
from connects.policy.shelf import shipped_labels, shipped_names, shipped_text

Step: TypeAlias = tuple[str, Mapping[str, Any]]
Choices: TypeAlias = tuple[str, Mapping[str, Sequence[Any]]]

EURO_TEXT = shipped_text("fair-2026").replace('"fair-2026"', '"euro"').replace('"USD"', '"EUR"')
EURO = parse_rule_book(EURO_TEXT, "euro.toml")

BOOKS = (*shipped_names(), *shipped_names(), *shipped_labels(), "euro")

_ANY = range(10)
_YES_NO = (True, False)
_PAY_WITH = (None, None, None, "earnings", "test-declines")
_PART = (None, None, Decimal("0.5"), Decimal("0.25"), Decimal("0.01"))


def _step(verb: str, **keys: Sequence[Any]) -> Choices:
    return verb, keys


_TIME = (
    _step("wait", minutes=range(1, 45 * 24 * 60)),
    _step("wait", minutes=(1, 10, 60, 24 * 60, 15 * 24 * 60, 31 * 24 * 60)),
    _step("wait_for", what=("renewal", "expiry"), beyond=(-1, 0, 1)),
)

_PLANS = (
    *3 * (_step("subscribe", plan=_ANY, pay_with=_PAY_WITH),),
    _step("cancel"),
    _step("cancel", at_once=(True,)),
    _step("end_with_money_back"),
    _step("freeze"),
    _step("revive"),
)

_BUYING = (
    *4 * (_step("buy", bundle=_ANY, pay_with=_PAY_WITH),),
    _step("top_up", below=(0, 5, 30, 200), bundle=_ANY, most=(Decimal(2), Decimal(100))),
    _step("method", declines=(True, False, False)),
    _step("method", default=("card", "card", "earnings", "paypal")),
    _step("provider", state=("silent", "declines", "answers", "answers", "answers")),
    _step("earn", amount=(Decimal(3), Decimal(50))),
    _step("reserve", amount=(Decimal(0), Decimal(3))),
    _step("payout"),
)

_GOING_BACK = (
    *2 * (_step("refund", payment=_ANY, part=_PART),),
    *2 * (_step("refund_at_provider", payment=_ANY, part=_PART),),
    *2 * (_step("refund_fails", payment=_ANY),),
    *2 * (_step("chargeback", payment=_ANY, part=_PART),),
    *2 * (_step("dispute_won", payment=_ANY),),
    _step("write_off", part=(1, 2)),
)

_PROPOSING = (
    *2 * (_step("propose", budget=(30, 300, 3_000)),),
    *2 * (_step("propose", budget=(300, 3_000), times=range(2, 15)),),
    _step("invite", job=_ANY),
    _step("limit", connects=(0, 1_000, 1_000, 1_000)),
)

_ANSWERED = (
    *2 * (_step("withdraw", job=_ANY),),
    _step("open", job=_ANY),
    _step("shortlist", job=_ANY),
    *2 * (_step("message", job=_ANY),),
    *2 * (_step("answer", job=_ANY),),
    _step("decline", job=_ANY),
    _step("offer", job=_ANY),
    _step("accept", job=_ANY),
    _step("hire", job=_ANY),
    *2 * (_step("close", job=_ANY),),
    _step("close", job=_ANY, reason=("not_hiring", "filled")),
    *2 * (_step("remove", job=_ANY),),
    _step("reopen", job=_ANY),
    _step("edit", job=_ANY, budget=(10, 700)),
    *2 * (_step("appeal", job=_ANY),),
    *2 * (_step("decide", job=_ANY, outcome=("return", "keep")),),
)

_GIVEN = (
    _step("grant", credits=(1, 30, 400), days=(None, 1, 40)),
    _step(
        "grant_later",
        credits=(7, 300),
        hours=(1, 100, 1_000),
        days=(None, 1, 40),
    ),
    _step("promo", code=("SPRING", "AUTUMN")),
    _step("void", reason=("a slip",), credits=(1, 20, 300)),
    _step("write_off", part=(1, 2)),
    _step("badge", add=("top-rated", "premium")),
)

_STANDING = (
    _step("suspend", account=("ana", "ana", "acme")),
    *3 * (_step("reinstate", account=("ana", "acme")),),
    _step("verify_client", account=("acme",)),
    _step("enrol", policy=BOOKS, notice=_YES_NO),
    *2 * (_step("enrol", policy=BOOKS, notice=(False,)),),
)

_FIRST = (_PLANS, _BUYING, _PROPOSING, _GIVEN)
_ALL = (
    *(_TIME, _TIME, _TIME, _PLANS, _BUYING, _BUYING, _GOING_BACK, _GOING_BACK),
    *(_PROPOSING, _PROPOSING, _ANSWERED, _ANSWERED, _GIVEN, _STANDING),
)


def random_steps(random: Random) -> list[Step]:
    """What happens in one life, in which order: little can go back of one that has not begun."""
    groups = [*random.choices(_FIRST, k=6), *random.choices(_ALL, k=random.randint(10, 50))]
    chosen = [random.choice(group) for group in groups]
    return [
        (verb, {key: random.choice(choices) for key, choices in keys.items()})
        for verb, keys in chosen
    ]

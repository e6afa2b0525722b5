"""A replay's report: what everyone did, under other rules, made from its answer alone.

It is one HTML file for those who decide on rules: what would be paid and come back, who is refused, and
whom it hits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from connects.studies.market.forest import Dot, forest
from connects.studies.report_page import figure, heading, page, paragraph, table
from connects.vocabulary.amounts import Money
from connects.wording.figures import signed

Sums = Mapping[str, int]
Group = Mapping[str, Any]

MINUS = "\N{MINUS SIGN}"
MEASURES = {
    "proposals": "proposals sent",
    "free": "of them free",
    "refused": "refused for want of Connects",
    "closed": "refused since the post had ended",
    "paid": "Connects paid",
    "returned": "Connects returned",
    "burned": "Connects burned (paid and not returned)",
    "given": "Connects given",
    "bought": "Connects bought",
    "revenue_cents": "revenue",
    "expired": "Connects expired",
    "forfeited": "Connects not rolled over",
    "would_buy": "Connects they would have had to buy",
    "would_buy_cents": "what those would have cost",
    "balance": "Connects held at the end",
    "debt": "Connects owed at the end",
}
PLACES = {
    "sqlite": "in this marketplace",
    "postgresql": "in this marketplace",
    "files": "in the files",
}
SEGMENTS = {
    "decile": "By what they spent: the first tenth spent least",
    "newcomers": "Newcomers",
    "country": "By country",
    "plan": "By plan",
}
HOW_TO_READ = (
    "“Recorded” is what happened; every balance of the journal came out as it stands there before"
    " anything else was asked. “Mechanical” lets everyone do what they did, as far as their Connects"
    " suffice, and asks the other rules for prices, refusals, what comes back, months and expiry."
    " “Behavioural” lets people propose more where it is cheaper and less where it is more expensive,"
    " and who has bought before buys what they lack."
)
BY_GROUP = (
    "Connects burned are those paid that did not come back, here per account: as recorded, as they would"
    " have been had everyone done what they did (“would burn”), and as people react. “Refused” counts"
    " proposals that would not have been sent. Plots show by how much “would burn” differs from what was"
    " recorded."
)
BELIEVE = (
    "The recorded and the mechanical reading follow the rule books exactly; what people would have done"
    " instead is not in them. The behavioural reading is a model: take its direction, and its size only"
    " roughly. Neither says how hires would have changed: for that, play a study (connects lab"
    " run, or “Ask the laboratory” on the page of a rollout)."
)


def report(told: Mapping[str, Any]) -> str:
    """The whole file."""
    readings, currency = told["readings"], told["currency"]
    days = "" if told["days"] is None else f" Only its last {told['days']} days are counted."
    body = [
        paragraph(
            f"All that is recorded {PLACES.get(told['source'], told['source'])} until"
            f" {told['until'][:10]}, under the rules of {told['policy']}:"
            f" {told['reproduced']['proposals']:,} proposals to {told['reproduced']['posts']:,} posts,"
            f" {told['reproduced']['wallets']:,} wallets.{days}"
            f" {told['wallets_under_other_rules']:,} wallets lived under other rules at some"
            " time and are played anew; the others stay as they are."
        ),
        paragraph(HOW_TO_READ, quiet=True),
        heading("In short"),
        *(paragraph(sentence) for sentence in in_short(readings, currency)),
        heading("The three readings"),
        _readings(readings, currency),
    ]
    body += [heading("Whom it hits"), paragraph(BY_GROUP, quiet=True)]
    for name, words in SEGMENTS.items():
        if told["by"].get(name):
            body += _segment(words, told["by"][name])
    body += [heading("What can be believed"), paragraph(BELIEVE)]
    return page(f"What was recorded, under {told['policy']}", body)


def in_short(readings: Mapping[str, Sums], currency: str) -> Iterator[str]:
    """What there is to know of a replay, in sentences."""
    was, would, reacts = (readings[each] for each in ("recorded", "mechanical", "behavioural"))
    yield (
        f"Had everyone done what they did, proposals would have cost {would['paid']:,} Connects"
        f" instead of {was['paid']:,}{_percent(was['paid'], would['paid'])}. What did not come back"
        f" of them would have been {would['burned']:,} instead of {was['burned']:,}"
        f"{_percent(was['burned'], would['burned'])}."
    )
    refused = would["refused"] + would["closed"]
    if refused:
        asked = would["proposals"] + refused
        yield (
            f"{refused:,} of {asked:,} proposals ({100 * refused / asked:.1f} %) would not have been"
            f" sent: {would['refused']:,} for want of Connects, {would['closed']:,} since their posts"
            " would have ended earlier."
        )
    if would["would_buy"]:
        cost = written("would_buy_cents", would["would_buy_cents"], currency)
        yield (
            f"To send those that want for Connects, people would have had to buy"
            f" {would['would_buy']:,} for {cost}."
        )
    before, after = was["revenue_cents"], reacts["revenue_cents"]
    yield (
        f"As people react, they would have sent {reacts['proposals']:,} proposals instead of"
        f" {was['proposals']:,}{_percent(was['proposals'], reacts['proposals'])}, and the marketplace"
        f" would have taken {written('revenue_cents', after, currency)} for Connects and plans"
        f" instead of {written('revenue_cents', before, currency)}{_percent(before, after)}."
    )


def written(name: str, amount: int, currency: str) -> str:
    """A sum as people write it: money with its currency, less than nothing with a minus sign."""
    told = str(Money(amount, currency)) if name.endswith("_cents") else f"{amount:,}"
    return told.replace("-", MINUS)


def _percent(before: int, after: int) -> str:
    return f" ({signed(100 * (after - before) / before, 1)} %)" if before else ""


def _readings(readings: Mapping[str, Sums], currency: str) -> str:
    three = [readings[each] for each in ("recorded", "mechanical", "behavioural")]
    rows = [
        (words, *(written(name, each[name], currency) for each in three))
        for name, words in MEASURES.items()
        if any(each[name] for each in three)
    ]
    return table(
        "The three readings", ("all accounts", "recorded", "mechanical", "behavioural"), rows
    )


def _segment(words: str, groups: list[Group]) -> list[str]:
    """How each group's burned Connects change, and who of them is refused."""
    dots = [
        Dot(str(group["name"]), percent, f"{signed(percent, 1)} %")
        for group in groups
        if (percent := _burned_change(group)) is not None
    ]
    name = f"{words}: Connects burned, change"
    columns = ("group", "accounts", "burned", "would burn", "as they react", "refused")
    rows = [
        (
            str(group["name"]),
            f"{group['accounts']:,}",
            *(
                f"{group[reading]['burned'] / max(group['accounts'], 1):,.1f}"
                for reading in ("recorded", "mechanical", "behavioural")
            ),
            f"{group['mechanical']['refused'] + group['mechanical']['closed']:,}",
        )
        for group in groups
    ]
    return [
        heading(words, 3),
        figure(name, forest(name, dots, "change, %")),
        table(words, columns, rows),
    ]


def _burned_change(group: Group) -> float | None:
    before, after = group["recorded"]["burned"], group["mechanical"]["burned"]
    return 100.0 * (after - before) / before if before > 0 else None

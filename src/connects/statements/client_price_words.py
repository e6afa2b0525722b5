"""Words for the steps of a price as they are said to the post's own client, who is “you” there."""

from __future__ import annotations

from connects.pricing import reasons
from connects.statements.price_words import StepParameters, Words
from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext


def _few_jobs(parameters: StepParameters) -> str:
    jobs = int(parameters["jobs"] or 0)
    if not jobs:
        return _("No such job lately, so none to compare with. It is the lower of two prices.")
    return ngettext(
        "Only {n} such job lately, too few to compare. It is the lower of two prices.",
        "Only {n} such jobs lately, too few to compare. It is the lower of two prices.",
        jobs,
    )


def _too_little(parameters: StepParameters) -> str:
    return _(
        "You left {left_open} of {posts} jobs open, which is too little to change the price.",
        left_open=parameters["left_open"],
        posts=parameters["posts"],
    )


RECORD_TOO_LITTLE: Words = _too_little

TO_CLIENT: dict[str, Words] = {
    reasons.VALUE_FROM_BUDGET: lambda p: _("You offer {budget}.", budget=p.money("budget_cents")),
    reasons.BUDGET_MISSING: lambda _p: _("You have not named a budget."),
    reasons.BUDGET_OPEN: lambda p: _(
        "You say {budget}, and that the budget is open.", budget=p.money("budget_cents")
    ),
    reasons.PRICE_FOLLOWS_BUDGET: lambda p: _(
        "Unless you say that the budget is open, a proposal costs what a {budget} job’s does.",
        budget=p.money("budget_cents"),
    ),
    reasons.DEMAND_TOO_FEW_JOBS: _few_jobs,
    reasons.CLIENT_RECORD: lambda p: _(
        "You left {left_open} of {posts} jobs open, so freelancers pay {share} less.",
        left_open=p["left_open"],
        posts=p["posts"],
        share=p.share("percent"),
    ),
    reasons.TOLD_BY_HOST: lambda p: _(
        "By the marketplace's count, {posts} of your jobs have ended. You"
        " left {left_open} of them open, and hired on {hires}.",
        posts=p["posts"],
        left_open=p["left_open"],
        hires=p["hires"],
    ),
}
"""Where nothing stands, a client hears what everyone does."""

"""Words for limits on spending: how much is possible, and what is left."""

from __future__ import annotations

from connects.statements.words import some_connects
from connects.vocabulary.refusals import Parameters
from connects.wording import figures
from connects.wording.messages import gettext as _


def most_of_own(parameters: Parameters) -> str:
    """How much that is, where it is known."""
    most = parameters.get("most")
    return "" if most is None else _(": {most} a month", most=some_connects(most))


def ceiling_under_price(field: str, parameters: Parameters) -> str:
    """What a ceiling must be at least, where the price is known."""
    price = parameters.get("price")
    if price is None:
        return _("{field}: enter more; buying once costs more than this.", field=field)
    return _(
        "{field}: enter at least {price}, which is what buying once costs.",
        field=field,
        price=price,
    )


def over_spending_limit(parameters: Parameters) -> str:
    """What the letter costs, and what is left of the limit."""
    most, spent = int(parameters["most"] or 0), int(parameters["spent"] or 0)
    if "needed" not in parameters:
        return _("This would go over your monthly limit. Raise it, or wait for the new month.")
    left = max(most - spent, 0)
    words = {"needed": parameters["needed"], "left": left, "most": some_connects(most)}
    if parameters.get("of") == "member":
        return _(
            "This letter costs {needed}, and you have {left} left of the {most} that {agency} lets you"
            " spend this month. Ask its owner for more, or wait for the new month.",
            agency=parameters["agency"],
            **words,
        )
    if parameters.get("of") == "agency":
        return _(
            "This letter costs {needed}, and {agency} has {left} left of its {most} for this month."
            " Its owner can raise the limit. Or wait for the new month.",
            agency=parameters["agency"],
            **words,
        )
    return _(
        "This letter costs {needed}, and you have {left} left of your {most} for"
        " this month. Raise your limit, or wait for the new month.",
        **words,
    )


def not_a_limit(parameters: Parameters) -> str:
    """What to enter, and what still applies."""
    most, still = int(parameters["most"] or 0), parameters["still"]
    enter = _(
        "Enter a whole number up to {most}, such as 60, or leave it empty for no limit.",
        most=figures.number(most),
    )
    return f"{enter} {still}"

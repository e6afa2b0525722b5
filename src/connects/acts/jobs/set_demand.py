"""Set a category's demand by hand."""

from __future__ import annotations

from connects.market.jobs.models import DemandByHand


def set_demand(category: str, index_thousandths: int) -> None:
    """Set a category's demand index by hand (1,000 is the market's average)."""
    DemandByHand.objects.update_or_create(
        category=category, defaults={"index_thousandths": index_thousandths}
    )

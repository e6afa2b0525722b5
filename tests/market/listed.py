"""What lists show to who asks with those filters."""

from typing import Any

from connects.market.listing.listings import Listing, asked_of, slice_of
from connects.vocabulary.typed_input import Typed


def listed(listing: Listing[Any], **asked: str) -> list[Any]:
    """The rows of the list's first slice."""
    return list(slice_of(listing, asked_of(listing, Typed(asked))).rows)

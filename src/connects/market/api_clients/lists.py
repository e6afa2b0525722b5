"""All API clients, for operators."""

from __future__ import annotations

from django.db.models import Prefetch, Q

from connects.market.api_clients.models import ApiClient, ApiClientKey
from connects.market.listing.filters import Choice, Days, Rows, Words
from connects.market.listing.listings import NEWEST, OLDEST, Listing, Sort


def _rows(source: type[ApiClient]) -> Rows:
    keys = ApiClientKey.objects.filter(revoked=None).order_by("made", "id")
    return source.objects.prefetch_related(Prefetch("keys", keys, to_attr="live_keys"))


API_CLIENTS = Listing(
    sources=(ApiClient,),
    rows=_rows,
    filters=(
        Words("q", "Name", lambda rows, text: rows.filter(name__icontains=text)),
        Choice(
            "state",
            "State",
            {
                "active": ("Active", Q(revoked=None)),
                "revoked": ("Revoked", Q(revoked__isnull=False)),
            },
        ),
        Days("made", "Made", "made"),
    ),
    sorts={
        "name": Sort("Name", ("name",), is_descending=False),
        "newest": NEWEST,
        "oldest": OLDEST,
    },
)

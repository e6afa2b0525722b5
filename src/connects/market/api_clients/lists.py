"""All API clients, for operators."""

from __future__ import annotations

from django.db.models import Prefetch, Q

from connects.market.api_clients.models import ApiClient, ApiClientKey
from connects.market.listing.filters import Choice, Days, Rows, Words
from connects.market.listing.listings import NEWEST, OLDEST, Listing, Sort
from connects.wording.messages import mark


def _rows(source: type[ApiClient]) -> Rows:
    keys = ApiClientKey.objects.filter(revoked=None).order_by("made", "id")
    return source.objects.prefetch_related(Prefetch("keys", keys, to_attr="live_keys"))


API_CLIENTS = Listing(
    sources=(ApiClient,),
    rows=_rows,
    filters=(
        Words("q", mark("Name"), lambda rows, text: rows.filter(name__icontains=text)),
        Choice(
            "state",
            mark("State"),
            {
                "active": (mark("Active"), Q(revoked=None)),
                "revoked": (mark("Revoked"), Q(revoked__isnull=False)),
            },
        ),
        Days("made", mark("Made"), "made"),
    ),
    sorts={
        "name": Sort(mark("Name"), ("name",), is_descending=False),
        "newest": NEWEST,
        "oldest": OLDEST,
    },
)

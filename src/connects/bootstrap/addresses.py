"""Addresses of the site's pages, for links that are sent away: by name, as the pages have them."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from connects.statements.notices.table import Link


def path_of(link: Link) -> str:
    """The path of the page that a notice leads to."""
    return reverse(link.page, args=[link.of] if link.of else [])


def address_of(link: Link) -> str:
    """The same with the site's own address, for an e-mail."""
    return f"{settings.ADDRESS}{path_of(link)}"

"""Where people write to who are stuck: pages and e-mails say "write to us", and this is where."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

_MAILTO = "mailto:"


def contact_link(environment: Mapping[str, str]) -> str:
    """A link to `CONNECTS_CONTACT`, an e-mail address or a page of https; "" where none is named.

    Raises ValueError for anything else.
    """
    said = environment.get("CONNECTS_CONTACT", "").strip()
    if not said:
        return ""
    if _is_page(said):
        return said
    if _is_address(said):
        return f"{_MAILTO}{said}"
    raise ValueError(
        f"CONNECTS_CONTACT is {said!r}; expected an e-mail address, as help@connects.example, or a page,"
        " as https://connects.example/help"
    )


def _is_page(said: str) -> bool:
    try:
        page = urlsplit(said)
    except ValueError:
        return False
    return page.scheme == "https" and bool(page.hostname) and " " not in said


def _is_address(said: str) -> bool:
    """Whether it is an address alone: no name beside it, no second one, nothing added to a link."""
    name, _, host = said.partition("@")
    is_plain = said.isascii() and not set(said) & set(' <>,;:?&#%/\\"')
    return is_plain and bool(name) and "." in host and "@" not in host


def reply_to(contact: str) -> list[str]:
    """Where answers to e-mails go: a contact's address, or nowhere else than to their sender."""
    return [contact.removeprefix(_MAILTO)] if contact.startswith(_MAILTO) else []

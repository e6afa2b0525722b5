"""Read a setting that is a URL, and name the setting where it cannot be read."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

FILES = ("sqlite",)


def parts_of(name: str, url: str) -> SplitResult:
    """The parts of the URL that the setting `name` holds; that of a file has no host and port.

    Raises ValueError with the setting's name, never with its text: a password may be in it.
    """
    try:
        parts = urlsplit(url)
        _ = parts.scheme in FILES or (parts.port, parts.hostname)
    except ValueError as error:
        raise ValueError(f"{name} cannot be read: check its host and port") from error
    return parts

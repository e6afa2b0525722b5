"""What people call the browser and the system that a `User-Agent` header names."""

from __future__ import annotations

from connects.wording.messages import gettext as _

# Most browsers also name those that they want to be taken for, so the order counts.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
CHARACTERS_MOST = 60


def browser_words(agent: str) -> str:
    """`Firefox on Windows`; the beginning of what the browser said of itself where it is a rare one."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    if browser and system:
        return _("{browser} on {system}", browser=browser, system=system)
    return browser or agent[:CHARACTERS_MOST] or _("An unknown browser")

"""The currencies in which a workbook shows cells by their format, which reading them does not see."""

from __future__ import annotations

import re
from html import unescape

from connects.posts.money import CODES, SYMBOLS

_FORMAT = re.compile(r'<numFmt\b(?=[^>]*\bnumFmtId="(\d+)")(?=[^>]*\bformatCode="([^"]*)")')
_USED = re.compile(r"<cellXfs\b.*?</cellXfs>", re.DOTALL)


def currencies_shown(styles: str) -> list[str]:
    """The currencies other than dollars that formats in use put beside figures."""
    used = _USED.search(styles)
    ids = set(re.findall(r'numFmtId="(\d+)"', used[0])) if used else set()
    codes = {_currency(unescape(code)) for number, code in _FORMAT.findall(styles) if number in ids}
    return sorted(codes - {"", "USD"})


def _currency(code: str) -> str:
    named = next((word for word in re.findall(r"\b[A-Z]{3}\b", code) if word in CODES), "")
    sign = next(
        (each for each in sorted(SYMBOLS, key=len, reverse=True) if each in _shown(code)), ""
    )
    return named or SYMBOLS.get(sign, "")


def _shown(code: str) -> str:
    """A format without what only marks a currency: `[$€-407]` shows €."""
    return re.sub(r"\[\$([^\]-]*)[^\]]*\]", r"\1", code)

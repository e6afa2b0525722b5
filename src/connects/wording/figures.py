"""Numbers, shares and money as people write them in the language that is spoken now."""

from __future__ import annotations

import math
import re
from decimal import Decimal, localcontext

from babel.numbers import format_currency, format_decimal, format_percent

from connects.wording.languages import SOURCE, language, locale

_MINUS = "\N{MINUS SIGN}"
_TELLING = re.compile("[1-9]")
_DIGITS = 1_000
"""More than anybody types: what is asked for is shown before it is refused."""


def number(value: float | Decimal) -> str:
    """`1,218` or `0.5`."""
    if isinstance(value, int) and language() == SOURCE:
        return _with_minus(f"{value:,}")  # as Babel writes it, in a hundredth of the time
    with localcontext(prec=_DIGITS):
        return _with_minus(format_decimal(value, locale=locale()))


def decimals(value: float, places: int) -> str:
    """With exactly so many digits after the point: `3.90`."""
    pattern = f"#,##0.{'0' * places}" if places else "#,##0"
    return _with_minus(format_decimal(value, pattern, locale()))


def signed(value: float, places: int = 0) -> str:
    """A change, with its sign unless it is rounded to nothing: `+9.5`, `−2.6`, `0.0`."""
    told = decimals(value, places)
    return f"+{told}" if value > 0 and _TELLING.search(told) else told


def leading(value: float, digits: int) -> str:
    """With at most so many digits that say something: `0.125`."""
    return _with_minus(f"{value:.{digits}g}")


def telling(value: float, digits: int = 2) -> str:
    """Digits that say something, however small the figure: `3.90`, `0.27`, `0.054`, `0.0030`."""
    near = float(f"{value:.{digits}g}")  # 0.0996 is 0.10, not 0.100
    small = 0 < near < 0.1
    return decimals(value, digits - 1 - math.floor(math.log10(near)) if small else digits)


def percent(share: float | Decimal) -> str:
    """A share of 0.125 as `12.5%`."""
    if language() == SOURCE:
        return _with_minus(f"{float(share * 100):g}%")
    with localcontext(prec=_DIGITS):
        return _with_minus(format_percent(share, locale=locale(), decimal_quantization=False))


def kept_together(text: str) -> str:
    """A text in which no line begins with the sign of its number's unit."""
    return text.replace(" %", "\N{NO-BREAK SPACE}%")


def money(amount: Decimal, currency: str) -> str:
    """`$1,218.00`; in English all currencies but the dollar are named by their code: `EUR 9.50`.

    The amount has as many decimals as its currency, and as many digits as it likes.
    """
    if language() == SOURCE:
        return _in_english(amount, currency)
    with localcontext(prec=_DIGITS):
        return _with_minus(format_currency(amount, currency, locale=locale()))


def whole_money(amount: Decimal, currency: str) -> str:
    """An amount as people say it: without a fraction where there is none, `$1,218`."""
    if amount != int(amount):
        return money(amount, currency)
    whole = Decimal(int(amount))
    if language() == SOURCE:
        return _in_english(whole, currency)
    pattern = str(locale().currency_formats["standard"].pattern).replace("0.00", "0")
    with localcontext(prec=_DIGITS):
        told = format_currency(whole, currency, pattern, locale(), currency_digits=False)
    return _with_minus(told)


def _in_english(amount: Decimal, currency: str) -> str:
    symbol = "$" if currency == "USD" else f"{currency} "
    return f"{_MINUS if amount < 0 else ''}{symbol}{amount.copy_abs():,}"


def _with_minus(digits: str) -> str:
    """A number with the sign that people write; what is rounded to nothing has none."""
    return digits.replace("-", _MINUS if _TELLING.search(digits) else "")

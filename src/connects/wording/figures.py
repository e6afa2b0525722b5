"""Numbers, shares and money as people write them in the language that is spoken now."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_currency, format_decimal, format_percent

from connects.wording.languages import SOURCE, language, locale


def number(value: float | Decimal) -> str:
    """`1,218` or `0.5`."""
    return format_decimal(value, locale=locale())


def percent(share: float | Decimal) -> str:
    """A share of 0.125 as `12.5%`."""
    if language() == SOURCE:
        return f"{float(share * 100):g}%"
    return format_percent(share, locale=locale(), decimal_quantization=False)


def money(amount: Decimal, currency: str) -> str:
    """`$1,218.00`; in English all currencies but the dollar are named by their code: `EUR 9.50`.

    The amount has as many decimals as its currency.
    """
    return _in_english(amount, currency) or format_currency(amount, currency, locale=locale())


def whole_money(amount: Decimal, currency: str) -> str:
    """An amount as people say it: without a fraction where there is none, `$1,218`."""
    if amount != amount.to_integral():
        return money(amount, currency)
    whole = amount.quantize(Decimal(1))
    pattern = str(locale().currency_formats["standard"].pattern).replace("0.00", "0")
    return _in_english(whole, currency) or format_currency(
        whole, currency, pattern, locale(), currency_digits=False
    )


def _in_english(amount: Decimal, currency: str) -> str:
    """How the source writes an amount; empty in other languages."""
    if language() != SOURCE:
        return ""
    symbol = "$" if currency == "USD" else f"{currency} "
    return f"{'-' if amount < 0 else ''}{symbol}{abs(amount):,}"

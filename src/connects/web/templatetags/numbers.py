"""Filters that write numbers as the reader's language does; every template has them."""

from __future__ import annotations

from decimal import Decimal

from django import template

from connects.statements.words import some_connects
from connects.wording import figures

register = template.Library()
register.filter("some_connects", some_connects)


@register.filter
def figure(number: object) -> object:
    """`1,218`; what is no whole number stays as it is."""
    return figures.number(number) if isinstance(number, int) else number


@register.filter
def basis_points(rate: int) -> str:
    """A rate of 2000 basis points as 20%."""
    return figures.percent(Decimal(rate) / 10_000)


@register.filter
def percent(number: int) -> str:
    """`23%`."""
    return figures.percent(Decimal(number) / 100)


@register.filter
def tenth(number: float) -> str:
    """`4.4`: a middle number, as exactly as it says something."""
    return figures.number(round(number, 1))


@register.filter
def signed(number: int) -> str:
    return figures.signed(number)

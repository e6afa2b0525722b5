"""Numbers as the reader's language writes them; every template has these filters, and the tag."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.template.base import FilterExpression, Node, Parser, Token, TokenType
from django.template.context import Context
from django.templatetags.i18n import BlockTranslateNode, do_block_translate

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
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return f"{sign}{figures.number(abs(number))}"


class _Written(int):
    """A whole number that a message writes as the reader's language does."""

    def __str__(self) -> str:
        return figures.number(int(self))

    __html__ = __str__


class _Value(FilterExpression):
    """A value that a message takes: a whole number is still one, by which the message counts."""

    def __init__(self, value: FilterExpression) -> None:
        self.token, self.filters = value.token, value.filters
        self.var, self.is_var = value.var, value.is_var

    def resolve(self, context: Context, ignore_failures: bool = False) -> object:
        found = super().resolve(context, ignore_failures)
        is_number = isinstance(found, int) and not isinstance(found, bool)
        return _Written(found) if is_number else found


@register.tag
def blocktranslate(parser: Parser, token: Token) -> Node:
    """Django's own, but that it writes its whole numbers as `figure` does."""
    node = do_block_translate(parser, token)
    assert isinstance(node, BlockTranslateNode)
    node.counter = node.counter and _Value(node.counter)
    taken = {name: parser.compile_filter(name) for name in _names(node) - {node.countervar}}
    node.extra_context = {
        name: _Value(value) for name, value in (taken | node.extra_context).items()
    }
    return node


def _names(node: BlockTranslateNode) -> set[str]:
    tokens = [*node.singular, *(node.plural or ())]
    return {token.contents for token in tokens if token.token_type == TokenType.VAR}

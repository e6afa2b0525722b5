"""Django's `blocktranslate`, whose whole numbers are written as the reader's language writes them."""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, Node, Parser, Token, TokenType
from django.template.context import Context
from django.templatetags.i18n import BlockTranslateNode, do_block_translate

from connects.wording import figures

register = template.Library()


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

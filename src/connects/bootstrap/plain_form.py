"""Django's forms with our words in place of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


class PlainForm(forms.Form):
    """A form whose fields say what to enter, where Django would say which rule was broken.

    What a field says of itself stays.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            own = _own_messages(field)
            field.error_messages.update({**_WHAT_TO_ENTER, **_invalid(field), **own})


def _own_messages(field: forms.Field) -> dict[str, Any]:
    """The messages that a field was made with, beside Django's."""
    django: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        django.update(getattr(kind, "default_error_messages", {}))
    return {
        key: words for key, words in field.error_messages.items() if words is not django.get(key)
    }


def _invalid(field: forms.Field) -> dict[str, Any]:
    for kind, words in _EXAMPLES.items():
        if isinstance(field, kind):
            return {"invalid": words}
    return {}


_EXAMPLES: dict[type[forms.Field], Any] = {
    forms.DecimalField: gettext_lazy("Enter a number, such as 14 or 14.5."),
    forms.IntegerField: gettext_lazy("Enter a whole number, such as 14."),
    forms.EmailField: gettext_lazy("Enter an e-mail address, such as ana@example.com."),
    forms.DateField: gettext_lazy("Enter a day, such as 2026-12-31."),
}
_WHAT_TO_ENTER = {
    "required": gettext_lazy("Fill this in."),
    "max_length": gettext_lazy(
        "Shorten this to at most %(limit_value)d characters; it has %(show_value)d."
    ),
    "min_value": gettext_lazy("Enter %(limit_value)s or more."),
    "max_value": gettext_lazy("Enter %(limit_value)s or less."),
    "max_decimal_places": gettext_lazy("Enter at most %(max)s digits after the point."),
    "invalid_choice": gettext_lazy("Choose one of those offered."),
}

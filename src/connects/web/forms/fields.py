"""Fields for what people type."""

from __future__ import annotations

import re
from typing import Any

from babel.numbers import get_group_symbol
from django import forms

from connects.vocabulary.amounts import (
    Cents,
    cents_from_decimal,
    decimal_from_cents,
    decimals_of,
    example_amount,
)
from connects.vocabulary.names import NAME_CHARACTERS, name_problem, tidied_name
from connects.vocabulary.problems import Problem
from connects.vocabulary.typed_input import has_control_characters, several_lines
from connects.wording.languages import locale
from connects.wording.messages import gettext as _
from connects.wording.messages import mark


class MoneyField(forms.CharField):
    """An amount of money, typed as `1,200`, `$600`, `14.99` or `14,99`; cleaned to whole minor units.

    The form sets the currency of its amounts (`in_currency`).
    """

    currency = ""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault(Problem.REQUIRED, False)
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value: Any) -> Cents | None:
        text = super().clean(value).strip().removeprefix("$").removeprefix(self.currency).strip()
        if not text:
            return None
        try:
            return cents_from_decimal(plain_decimal(text, self.currency), self.currency)
        except ValueError as error:
            example = example_amount(self.currency)
            message = _(
                "Enter an amount such as 600 or {example}, without a minus sign.", example=example
            )
            raise forms.ValidationError(message) from error

    def prepare_value(self, value: Any) -> Any:
        return decimal_from_cents(value, self.currency) if isinstance(value, int) else value


def plain_decimal(text: str, currency: str) -> str:
    """An amount with a point before its fraction and nothing between its thousands.

    `1,200.50` and `1.200,50` are the same, and `14,99` is `14.99`. The hard case is a single mark before
    three digits: it ends thousands where the reader's language says so, or where no fraction of the
    currency has three digits.
    """
    for sign, other in ((",", "."), (".", ",")):
        groups = re.fullmatch(rf"[0-9]{{1,3}}(?:\{sign}[0-9]{{3}})+(?:\{other}[0-9]+)?", text)
        doubtful = text.count(sign) == 1 and other not in text
        usual = get_group_symbol(locale()) == sign
        if groups and (usual or not doubtful or (sign == "," and decimals_of(currency) != 3)):
            return text.replace(sign, "").replace(other, ".")
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


def in_currency(form: forms.Form, currency: str) -> None:
    """Say in which currency the amounts of a form are typed, and show it beside their labels."""
    for field in form.fields.values():
        if isinstance(field, MoneyField):
            field.currency = currency
            name = _(CURRENCY_NAMES.get(currency, currency))
            field.label = f"{field.label} ({name})"


CURRENCY_NAMES = {
    "USD": mark("US dollars"),
    "EUR": mark("euros"),
    "GBP": mark("pounds sterling"),
    "JPY": mark("yen"),
}


class PlainTextField(forms.CharField):
    """A text as it is kept, without characters that no one types."""

    def to_python(self, value: Any) -> str:
        return several_lines(super().to_python(value) or "").strip()

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if has_control_characters(text):
            raise forms.ValidationError(
                _("This holds characters that cannot be shown. Remove them.")
            )
        return text


class NameField(forms.CharField):
    """The name of a person or an account: what others read is what is there."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", NAME_CHARACTERS)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text = tidied_name(super().clean(value))
        match name_problem(text):
            case Problem.HIDDEN_CHARACTERS:
                raise forms.ValidationError(
                    _(
                        "This holds a character that cannot be seen, such as a line break. Type"
                        " the name by hand instead of pasting it."
                    )
                )
            case Problem.NO_LETTER:
                raise forms.ValidationError(_("Enter a name with at least one letter or digit."))
        return text

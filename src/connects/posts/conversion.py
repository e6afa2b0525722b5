"""A row's amounts in the rule book's currency.

An amount that names no currency is taken to be in the rule book's. One that names another is converted by
the row's own rate, where the rule book counts in dollars and the file has one, or by a rate that the
mapping states; where there is neither, the row has no price, and says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from connects.posts.mapping import ColumnMap
from connects.posts.money import CODES, USUAL
from connects.posts.rows import NOTHING, Money, Sums
from connects.posts.unreadable import CellProblem
from connects.vocabulary.amounts import Cents

_RATE_MOST = Decimal(10) ** 9


class Currencies:
    """What it takes to say all amounts of a file in one currency.

    `stated` is the currency of amounts that name none, empty where the mapping does not say.
    """

    def __init__(self, currency: str, mapping: ColumnMap) -> None:
        self.currency, self._mapping = currency, mapping
        self.stated = mapping.currency

    def of(self, said: Mapping[str, Any]) -> Money:
        """The amounts of a row. Raises CellProblem where one cannot be converted."""
        either = said.get("amount", NOTHING)
        low, high = said.get("amount_min", NOTHING), said.get("amount_max", NOTHING)
        if not either and (low or high):
            either = Sums(low.low, high.high, low.currency or high.currency, low.hourly)
        return Money(
            *(self._converted(said.get("budget_usd", NOTHING), "budget_usd", said),
              self._converted(either, "amount", said)),
            *(self._converted(said.get(name, NOTHING), name, said)
              for name in ("hourly_min", "hourly_max", "hourly_mid")),
        )  # fmt: skip

    def _converted(self, sums: Sums, name: str, said: Mapping[str, Any]) -> Sums:
        if not sums:
            return sums
        currency = sums.currency or said.get("currency", "") or self.stated
        if currency and currency not in CODES:
            currency = self._one_of_several(currency, name, said)
        if not currency or currency == self.currency:
            return sums
        rate = self._rate(currency, said)
        if rate is None:
            column = self._mapping.columns.get(name, name)
            raise CellProblem(
                f"{column}: in {currency}, and the rule book counts in {self.currency}; state under"
                f" [rates] in a mapping what one {currency} is worth in {self.currency}"
            )
        return Sums(_times(sums.low, rate), _times(sums.high, rate), self.currency, sums.hourly)

    def _one_of_several(self, sign: str, name: str, said: Mapping[str, Any]) -> str:
        """Whose money a name such as `kr` means: as the row or the mapping says."""
        currency: str = said.get("currency", "") or self.stated or USUAL.get(sign, "")
        if currency:
            return currency
        column = self._mapping.columns.get(name, name)
        raise CellProblem(
            f"{column}: in {sign}, which several countries have; state whose in a mapping, such as"
            ' currency = "SEK"'
        )

    def _rate(self, currency: str, said: Mapping[str, Any]) -> Decimal | None:
        stated = self._mapping.rates.get(currency)
        if stated is not None or self.currency != "USD" or not said.get("usd_per_unit"):
            return stated
        rate = Decimal(said["usd_per_unit"])
        if not 0 < rate < _RATE_MOST:
            raise CellProblem(f"{self._mapping.columns['usd_per_unit']}: expected a rate above 0")
        return rate


def _times(cents: Cents | None, rate: Decimal) -> Cents | None:
    return None if cents is None else int((cents * rate).to_integral_value())

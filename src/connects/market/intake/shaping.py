"""Lines become rows that can be put aside: field by field, then what each line says as a whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connects.journal.moments import microseconds
from connects.ledger.lots import LotKind, share
from connects.market.events.documents import instant
from connects.market.intake.differences import Code, Difference, Found, shown
from connects.market.intake.fields import SHAPES, Unfit
from connects.market.intake.lines import Line, shape_of
from connects.market.intake.staging import Staging


@dataclass(slots=True)
class Shaping:
    """Reads lines into the staging; `found` hears of each field that does not fit."""

    staged: Staging
    found: Found
    as_of: datetime

    def add(self, file: str, line: Line) -> None:
        """Put a line aside, if all of it fits."""
        shape = shape_of(file)
        values, fits = self._values(file, line, shape)
        # An account with a fault is known all the same, or each of its lots would be told of, too.
        is_known = shape == "accounts" and values.get("account") and values.get("kind")
        if fits or is_known:
            _ADDING[shape](self, _Place(file, line.number), values)

    def _values(self, file: str, line: Line, shape: str) -> tuple[dict[str, Any], bool]:
        """The line's fields as values, those that fit, and whether all do."""
        told, fields = line.values, SHAPES[shape]
        if shape == "accounts" and "id" in told and "account" not in told:
            told = {"account": told["id"], **{name: told[name] for name in told if name != "id"}}
        values: dict[str, Any] = {}
        fits = True
        for name, field in fields.items():
            value = told.get(name)
            if value is None:
                if field.required or (field.present and name not in told):
                    fits = self._wrong(_Place(file, line.number), name, Code.MISSING)
                values[name] = None
                continue
            try:
                values[name] = field.read(value)
            except Unfit as unfit:
                place = _Place(file, line.number)
                fits = self._wrong(place, name, unfit.code, **unfit.parameters)
                values[name] = None
        if len(told) > len(fields) or not told.keys() <= fields.keys():
            for name in sorted(told.keys() - fields.keys()):
                fits = self._wrong(_Place(file, line.number), shown(name), Code.UNKNOWN_FIELD)
        return values, fits

    def _wrong(self, place: _Place, field: str, code: Code, **parameters: object) -> bool:
        self.found(Difference(place.file, place.line, field, code, parameters))
        return False

    def add_account(self, place: _Place, values: Mapping[str, Any]) -> None:
        registered = values["registered_at"]
        if registered is not None and registered > self.as_of:
            self._wrong(place, "registered_at", Code.IN_THE_FUTURE)
        facts = {name: value for name, value in values.items() if value is not None}
        if registered is not None:
            facts["registered_at"] = registered.isoformat()
        row = (values["account"], values["kind"], json.dumps(facts), place.file, place.line)
        self.staged.add("account", row)

    def add_lot(self, place: _Place, values: Mapping[str, Any]) -> None:
        credits, cost = values["credits"], values["cost_cents"]
        if cost is None and values["kind"] == LotKind.PURCHASE:
            self._wrong(place, "cost_cents", Code.MISSING)
        of = values["of"] or credits
        if of < credits:
            self._wrong(place, "credits", Code.MORE_THAN_OF, of=f"{of:,}")
            of = credits
        self._lot_times(place, values["issued"], values["expires"])
        told = cost or 0
        # What was spent before has taken its share, rounded down as the ledger does.
        left = told - share(told, of, of - credits)
        expires = values["expires"]
        row = (
            values["account"],
            values["lot"],
            values["kind"],
            credits,
            left,
            told,
            values["currency"],
            microseconds(values["issued"]),
            None if expires is None else microseconds(expires),
            place.file,
            place.line,
        )
        self.staged.add("lot", row)

    def _lot_times(self, place: _Place, issued: datetime, expires: datetime | None) -> None:
        as_of = instant(self.as_of)
        if issued > self.as_of:
            self._wrong(place, "issued", Code.ISSUED_LATER, as_of=as_of)
        if expires is None:
            return
        if expires <= issued:
            self._wrong(place, "expires", Code.EXPIRES_BEFORE_ISSUED)
        elif expires <= self.as_of:
            self._wrong(place, "expires", Code.EXPIRED_ALREADY, as_of=as_of)

    def add_record(self, place: _Place, values: Mapping[str, Any]) -> None:
        ended, left_open, hires = (
            values[name] or 0 for name in ("posts_ended", "left_open", "hires")
        )
        for name, number in (("left_open", left_open), ("hires", hires)):
            if number > ended:
                self._wrong(place, name, Code.MORE_THAN_ENDED, ended=f"{ended:,}")
        row = (values["account"], ended, left_open, hires, place.file, place.line)
        self.staged.add("record", row)


@dataclass(frozen=True, slots=True)
class _Place:
    file: str
    line: int


_ADDING: dict[str, Callable[[Shaping, _Place, Mapping[str, Any]], None]] = {
    "accounts": Shaping.add_account,
    "lots": Shaping.add_lot,
    "client_records": Shaping.add_record,
}

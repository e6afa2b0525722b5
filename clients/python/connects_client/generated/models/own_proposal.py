from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.proposal_state import ProposalState
from ..models.released import Released
from ..models.stage import Stage

if TYPE_CHECKING:
    from ..models.wallet_document import WalletDocument


T = TypeVar("T", bound="OwnProposal")


@_attrs_define
class OwnProposal:
    """A proposal of yours, and the most of it that may still come back.

    Attributes:
        account (str): Whose wallet paid: the agency's, where it was sent for one.
        confirm_by (datetime.datetime | None): When what is held comes back by itself; null where nothing is.
        connects (int):
        days (int | None): How many days the freelancer needs.
        entry (int | None): The number of the line that paid, or holds; null where it is free.
        held (int): Connects that are held for it until it is submitted.
        hourly_cents (int | None): What the freelancer asks an hour.
        id (str):
        job (str):
        may_come_back (int):
        price_cents (int | None): What the freelancer asks for the whole job.
        proposer (str): Who sent it: of an agency's, the member of its team.
        released (None | Released): Why a reserved proposal was not sent; null where it stands, or was sent.
        return_reason (None | str):
        returned (int):
        revision (int): The job's revision that it was sent to.
        rule_book (str):
        stage (Stage): How far a proposal got with its client: engaged is shortlisted, or written to.
        status (ProposalState): `words` is what people read.
        submitted (datetime.datetime | None): Null for one that is reserved only.
        title (str): The job's title.
        wallet (WalletDocument): What an account holds.
    """

    account: str
    confirm_by: datetime.datetime | None
    connects: int
    days: int | None
    entry: int | None
    held: int
    hourly_cents: int | None
    id: str
    job: str
    may_come_back: int
    price_cents: int | None
    proposer: str
    released: None | Released
    return_reason: None | str
    returned: int
    revision: int
    rule_book: str
    stage: Stage
    status: ProposalState
    submitted: datetime.datetime | None
    title: str
    wallet: WalletDocument
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        confirm_by: None | str
        if isinstance(self.confirm_by, datetime.datetime):
            confirm_by = self.confirm_by.isoformat()
        else:
            confirm_by = self.confirm_by

        connects = self.connects

        days: int | None
        days = self.days

        entry: int | None
        entry = self.entry

        held = self.held

        hourly_cents: int | None
        hourly_cents = self.hourly_cents

        id = self.id

        job = self.job

        may_come_back = self.may_come_back

        price_cents: int | None
        price_cents = self.price_cents

        proposer = self.proposer

        released: None | str
        if isinstance(self.released, Released):
            released = self.released.value
        else:
            released = self.released

        return_reason: None | str
        return_reason = self.return_reason

        returned = self.returned

        revision = self.revision

        rule_book = self.rule_book

        stage = self.stage.value

        status = self.status.value

        submitted: None | str
        if isinstance(self.submitted, datetime.datetime):
            submitted = self.submitted.isoformat()
        else:
            submitted = self.submitted

        title = self.title

        wallet = self.wallet.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "confirm_by": confirm_by,
                "connects": connects,
                "days": days,
                "entry": entry,
                "held": held,
                "hourly_cents": hourly_cents,
                "id": id,
                "job": job,
                "may_come_back": may_come_back,
                "price_cents": price_cents,
                "proposer": proposer,
                "released": released,
                "return_reason": return_reason,
                "returned": returned,
                "revision": revision,
                "rule_book": rule_book,
                "stage": stage,
                "status": status,
                "submitted": submitted,
                "title": title,
                "wallet": wallet,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.wallet_document import WalletDocument  # noqa: PLC0415

        d = dict(src_dict)
        account = d.pop("account")

        def _parse_confirm_by(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                confirm_by_type_0 = datetime.datetime.fromisoformat(data)

                return confirm_by_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        confirm_by = _parse_confirm_by(d.pop("confirm_by"))

        connects = d.pop("connects")

        def _parse_days(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        days = _parse_days(d.pop("days"))

        def _parse_entry(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        entry = _parse_entry(d.pop("entry"))

        held = d.pop("held")

        def _parse_hourly_cents(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        hourly_cents = _parse_hourly_cents(d.pop("hourly_cents"))

        id = d.pop("id")

        job = d.pop("job")

        may_come_back = d.pop("may_come_back")

        def _parse_price_cents(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        price_cents = _parse_price_cents(d.pop("price_cents"))

        proposer = d.pop("proposer")

        def _parse_released(data: object) -> None | Released:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                released_type_0 = Released(data)

                return released_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Released, data)

        released = _parse_released(d.pop("released"))

        def _parse_return_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        return_reason = _parse_return_reason(d.pop("return_reason"))

        returned = d.pop("returned")

        revision = d.pop("revision")

        rule_book = d.pop("rule_book")

        stage = Stage(d.pop("stage"))

        status = ProposalState(d.pop("status"))

        def _parse_submitted(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                submitted_type_0 = datetime.datetime.fromisoformat(data)

                return submitted_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        submitted = _parse_submitted(d.pop("submitted"))

        title = d.pop("title")

        wallet = WalletDocument.from_dict(d.pop("wallet"))

        own_proposal = cls(
            account=account,
            confirm_by=confirm_by,
            connects=connects,
            days=days,
            entry=entry,
            held=held,
            hourly_cents=hourly_cents,
            id=id,
            job=job,
            may_come_back=may_come_back,
            price_cents=price_cents,
            proposer=proposer,
            released=released,
            return_reason=return_reason,
            returned=returned,
            revision=revision,
            rule_book=rule_book,
            stage=stage,
            status=status,
            submitted=submitted,
            title=title,
            wallet=wallet,
        )

        own_proposal.additional_properties = d
        return own_proposal

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties

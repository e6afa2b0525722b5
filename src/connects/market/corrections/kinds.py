"""Each kind of correction: who may do it and agree to it, and how it is carried out.

A new kind is a member of `CorrectionKind`, a row here, and a service that calls `services.correct`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from connects.market.corrections.models import CorrectionKind
from connects.market.corrections.services import CarryOut
from connects.market.grants import courtesy, taking_back
from connects.market.people.permissions import Act


@dataclass(frozen=True, slots=True)
class Kind:
    """The act that both people must be allowed, and what happens when it is done."""

    act: Act
    carry_out: CarryOut


KINDS: Mapping[CorrectionKind, Kind] = {
    CorrectionKind.GRANT: Kind(Act.GRANT_CONNECTS, courtesy.carry_out),
    CorrectionKind.VOID: Kind(Act.TAKE_BACK_CONNECTS, taking_back.carry_out),
    CorrectionKind.WRITE_OFF: Kind(Act.TAKE_BACK_CONNECTS, taking_back.carry_out),
}

"""Each kind of correction: who may do it and agree to it, and how it is carried out.

A new kind is a member of `CorrectionKind`, a row here, and a service that calls `services.correct`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from connects.acts.staff import grant_courtesy, take_back_grant
from connects.acts.staff.correct import CarryOut
from connects.market.corrections.models import CorrectionKind
from connects.market.people.permissions import Act


@dataclass(frozen=True, slots=True)
class Kind:
    """The act that both people must be allowed, and what happens when it is done."""

    act: Act
    carry_out: CarryOut


KINDS: Mapping[CorrectionKind, Kind] = {
    CorrectionKind.GRANT: Kind(Act.GRANT_CONNECTS, grant_courtesy.carry_out),
    CorrectionKind.VOID: Kind(Act.TAKE_BACK_CONNECTS, take_back_grant.carry_out),
    CorrectionKind.WRITE_OFF: Kind(Act.TAKE_BACK_CONNECTS, take_back_grant.carry_out),
}

"""The parties: kinds of accounts, and roles of people."""

from __future__ import annotations

from enum import StrEnum


class AccountKind(StrEnum):
    """A kind of account. Freelancers and agencies hold wallets; clients do not."""

    FREELANCER = "freelancer"
    AGENCY = "agency"
    CLIENT = "client"

    @property
    def holds_wallet(self) -> bool:
        return self is not AccountKind.CLIENT


class Role(StrEnum):
    """A person's role, for one account or for the whole marketplace (staff)."""

    FREELANCER = "freelancer"
    AGENCY_OWNER = "agency-owner"
    AGENCY_ADMIN = "agency-admin"
    AGENCY_MEMBER = "agency-member"
    CLIENT = "client"
    MODERATOR = "moderator"
    SUPPORT = "support"
    FINANCE = "finance"
    POLICY = "policy"
    OPERATOR = "operator"

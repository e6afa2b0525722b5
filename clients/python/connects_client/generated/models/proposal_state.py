from enum import StrEnum


class ProposalState(StrEnum):
    ANSWERED = "answered"
    CLOSED = "closed"
    DECLINED = "declined"
    HELD = "held"
    HIRED = "hired"
    NOT_CHOSEN = "not_chosen"
    OFFERED = "offered"
    OPENED = "opened"
    SHORTLISTED = "shortlisted"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"

    @classmethod
    def _missing_(cls, value: object) -> "ProposalState":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

from enum import StrEnum


class ReturnCause(StrEnum):
    CLIENT_SUSPENDED = "client_suspended"
    CLOSED_AFTER_HIRE = "closed_after_hire"
    CLOSED_LATE = "closed_late"
    CLOSED_WITHOUT_HIRE = "closed_without_hire"
    INVITED_LATER = "invited_later"
    NEVER_CLOSED = "never_closed"
    REMOVED_FOR_TERMS = "removed_for_terms"
    UNREAD = "unread"
    WITHDRAWN = "withdrawn"

    @classmethod
    def _missing_(cls, value: object) -> "ReturnCause":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

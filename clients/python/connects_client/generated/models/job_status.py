from enum import StrEnum


class JobStatus(StrEnum):
    CLOSED = "closed"
    EXPIRED = "expired"
    OPEN = "open"
    REMOVED = "removed"
    VOID = "void"

    @classmethod
    def _missing_(cls, value: object) -> "JobStatus":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

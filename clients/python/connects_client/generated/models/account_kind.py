from enum import StrEnum


class AccountKind(StrEnum):
    AGENCY = "agency"
    CLIENT = "client"
    FREELANCER = "freelancer"

    @classmethod
    def _missing_(cls, value: object) -> "AccountKind":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

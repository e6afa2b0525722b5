from enum import StrEnum


class Which(StrEnum):
    ACTIVE = "active"
    ALL = "all"
    HIRED = "hired"
    INTERVIEWS = "interviews"
    OFFERS = "offers"
    OVER = "over"
    RESERVED = "reserved"
    WITHDRAWN = "withdrawn"

    @classmethod
    def _missing_(cls, value: object) -> "Which":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

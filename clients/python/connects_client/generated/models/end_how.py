from enum import StrEnum


class EndHow(StrEnum):
    EXPIRED = "expired"
    FILLED = "filled"
    HIRED_ELSEWHERE = "hired_elsewhere"
    NOT_HIRING = "not_hiring"
    REMOVED = "removed"

    @classmethod
    def _missing_(cls, value: object) -> "EndHow":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

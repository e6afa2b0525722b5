from enum import StrEnum


class Stage(StrEnum):
    ENGAGED = "engaged"
    OPENED = "opened"
    UNOPENED = "unopened"

    @classmethod
    def _missing_(cls, value: object) -> "Stage":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

from enum import StrEnum


class GrantStatus(StrEnum):
    DECLINED = "declined"
    DONE = "done"
    WAITING = "waiting"

    @classmethod
    def _missing_(cls, value: object) -> "GrantStatus":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

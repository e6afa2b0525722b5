from enum import StrEnum


class OwnEntriesOrder(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"

    @classmethod
    def _missing_(cls, value: object) -> "OwnEntriesOrder":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

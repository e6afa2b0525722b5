from enum import StrEnum


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"

    @classmethod
    def _missing_(cls, value: object) -> "Order":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

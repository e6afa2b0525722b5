from enum import StrEnum


class Level(StrEnum):
    ENTRY = "entry"
    EXPERT = "expert"
    INTERMEDIATE = "intermediate"

    @classmethod
    def _missing_(cls, value: object) -> "Level":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

from enum import StrEnum


class JobHoursPerWeek(StrEnum):
    OVER_30 = "over_30"
    UNDER_30 = "under_30"

    @classmethod
    def _missing_(cls, value: object) -> "JobHoursPerWeek":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

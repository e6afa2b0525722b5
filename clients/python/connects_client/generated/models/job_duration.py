from enum import StrEnum


class JobDuration(StrEnum):
    DAYS = "days"
    ONE_TO_THREE = "one_to_three"
    OVER_SIX = "over_six"
    THREE_TO_SIX = "three_to_six"
    UNDER_MONTH = "under_month"

    @classmethod
    def _missing_(cls, value: object) -> "JobDuration":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

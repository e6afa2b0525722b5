from enum import StrEnum


class CorrectionState(StrEnum):
    DECLINED = "declined"
    DONE = "done"
    PROPOSED = "proposed"

    @classmethod
    def _missing_(cls, value: object) -> "CorrectionState":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

from enum import StrEnum


class LotKind(StrEnum):
    BONUS = "bonus"
    COURTESY = "courtesy"
    PLAN = "plan"
    PURCHASE = "purchase"
    RETURN = "return"
    SIGNUP = "signup"

    @classmethod
    def _missing_(cls, value: object) -> "LotKind":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

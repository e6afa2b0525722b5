from enum import StrEnum


class EntryKind(StrEnum):
    BONUS = "bonus"
    BOOST = "boost"
    COURTESY = "courtesy"
    EXPIRE = "expire"
    FORFEIT = "forfeit"
    HOLD = "hold"
    PLAN = "plan"
    PURCHASE = "purchase"
    REINSTATE = "reinstate"
    RELEASE = "release"
    RETURN = "return"
    REVERSE = "reverse"
    SIGNUP = "signup"
    SPEND = "spend"
    VOID = "void"
    WRITE_OFF = "write-off"

    @classmethod
    def _missing_(cls, value: object) -> "EntryKind":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

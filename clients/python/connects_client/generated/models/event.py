from enum import StrEnum


class Event(StrEnum):
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    DECLINED = "declined"
    HIRED = "hired"
    MESSAGED = "messaged"
    OFFERED = "offered"
    OPENED = "opened"
    SHORTLISTED = "shortlisted"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"

    @classmethod
    def _missing_(cls, value: object) -> "Event":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

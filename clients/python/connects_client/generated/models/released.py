from enum import StrEnum


class Released(StrEnum):
    JOB_ENDED = "job_ended"
    RAN_OUT = "ran_out"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"

    @classmethod
    def _missing_(cls, value: object) -> "Released":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

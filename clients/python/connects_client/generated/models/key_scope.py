from enum import StrEnum


class KeyScope(StrEnum):
    PROPOSE = "propose"
    QUOTE = "quote"
    READ = "read"

    @classmethod
    def _missing_(cls, value: object) -> "KeyScope":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

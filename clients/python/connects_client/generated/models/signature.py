from enum import StrEnum


class Signature(StrEnum):
    ED25519 = "ed25519"
    HMAC = "hmac"

    @classmethod
    def _missing_(cls, value: object) -> "Signature":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

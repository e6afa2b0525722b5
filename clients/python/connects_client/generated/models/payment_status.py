from enum import StrEnum


class PaymentStatus(StrEnum):
    ABANDONED = "abandoned"
    CHARGED_BACK = "charged-back"
    DECLINED = "declined"
    MISMATCHED = "mismatched"
    PAID = "paid"
    PENDING = "pending"
    REFUNDED = "refunded"
    REFUNDING = "refunding"

    @classmethod
    def _missing_(cls, value: object) -> "PaymentStatus":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

from enum import StrEnum


class DraftPolicy(StrEnum):
    FAIR_2026 = "fair-2026"
    FREELANCER_COM = "freelancer-com"
    PEOPLEPERHOUR = "peopleperhour"
    UNREAD_RETURN = "unread-return"
    UPWORK_2018 = "upwork-2018"
    UPWORK_2019_05 = "upwork-2019-05"
    UPWORK_2019_12 = "upwork-2019-12"
    UPWORK_2023 = "upwork-2023"
    UPWORK_2025 = "upwork-2025"

    @classmethod
    def _missing_(cls, value: object) -> "DraftPolicy":
        """Take a word that a newer server says, as it is."""
        word = str.__new__(cls, str(value))
        word._name_ = word._value_ = str(value)
        return word

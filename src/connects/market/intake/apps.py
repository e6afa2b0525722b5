from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "connects.market.intake"
    label = "intake"

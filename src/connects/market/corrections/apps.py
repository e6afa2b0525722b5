from django.apps import AppConfig


class CorrectionsConfig(AppConfig):
    name = "connects.market.corrections"
    label = "corrections"

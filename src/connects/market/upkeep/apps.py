from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "connects.market.upkeep"
    label = "upkeep"
